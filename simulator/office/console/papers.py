"""The paper on which a contracting party asks for each operation; the member excerpt names none (DIF-08)."""

from __future__ import annotations

from simulator.catalogue import Edition

REQUEST_FORM = "【帳票】ログインＩＤ／パスワード依頼書"
INITIAL_PASSWORD_FORM = "【帳票】初期パスワード届出書（事業主向け）"  # noqa: S105 - the name of a form
LETTER = "契約者からの書面"

OTHER = "その他"
INITIALISE_REASONS = ("マスターユーザーの交代", "パスワードの失念", "メールアドレスの誤登録", OTHER)
REVOKE_REASONS = ("PC変更", "p12を開かなかった", "紛失", OTHER)


def request_form(edition: str) -> str:
    """What a request to initialise the master or to revoke a certificate is written on (ROK-03 to ROK-05)."""
    return REQUEST_FORM if edition == Edition.EMPLOYER else LETTER


def initial_password_form(edition: str) -> str:
    """What a new initial password is filed with (ROK-06)."""
    return INITIAL_PASSWORD_FORM if edition == Edition.EMPLOYER else LETTER


def filed_name(edition: str) -> str:
    """How each edition speaks of the initial password to have at hand (DIF-09)."""
    return "初期パスワード（お手元の控え）" if edition == Edition.EMPLOYER else "申請した初期パスワード"
