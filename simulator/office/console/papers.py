"""The paper on which a contracting party asks for each operation; the member excerpt names none (DIF-08)."""

from __future__ import annotations

from simulator.catalogue import Edition, load_catalogue

REQUEST, INITIAL_PASSWORD = "request", "initial_password"
LETTER = "契約者からの書面"

OTHER = load_catalogue().paper.other
INITIALISE_REASONS = load_catalogue().reasons(REQUEST, "initialise")
REVOKE_REASONS = load_catalogue().reasons(REQUEST, "revoke")


def request_form(edition: str) -> str:
    """What a request to initialise the master or to revoke a certificate is written on (ROK-03 to ROK-05)."""
    return _title(REQUEST, edition)


def initial_password_form(edition: str) -> str:
    """What a new initial password is filed with (ROK-06)."""
    return _title(INITIAL_PASSWORD, edition)


def filed_name(edition: str) -> str:
    """How each edition speaks of the initial password to have at hand (DIF-09)."""
    return "初期パスワード（お手元の控え）" if edition == Edition.EMPLOYER else "申請した初期パスワード"


def _title(key: str, edition: str) -> str:
    forms = load_catalogue().forms_for(Edition(edition))
    return next((form.title for form in forms if form.key == key), LETTER)
