"""A name as it was pasted, on its way through pages, search, PDF and CSV (MRG-20, MNU-04, MNU-06, MNU-08, MNU-10)."""

from __future__ import annotations

import csv
from urllib.parse import urlencode

import pytest

from simulator.clock import parse_moment
from simulator.server import Simulator
from simulator.services.bank import set_detail_change
from simulator.services.detail_sending import send_changes
from simulator.services.savings import deliver_generation
from simulator.services.users import users_of
from tests.integration.test_data_export import at as export_at
from tests.integration.test_data_export import lacking, press_download
from tests.integration.test_detail_change_screens import register, seen_in, told
from tests.integration.test_list_output import printed, text_of
from tests.integration.visitors import EMPLOYER, ENTRY, REGISTRATION, USER_ID, Visitor, codes_in, screen_of

VARIANT = "\U000e0100"
PASTED, KEPT, PLAIN = f"葛{VARIANT}⽥−か\u3099", f"葛{VARIANT}田−が", "葛田−が"
MONTH = "2026-12"


@pytest.fixture
def delivered(simulator: Simulator, member: Visitor) -> Visitor:
    """The window of a master whose new contract, with a pasted name, has come back with the next month's data."""
    set_detail_change(simulator.world, EMPLOYER, enabled=True)
    assert "I4303" in told(register(member, name=PASTED, kana="ワ\u3099カ\u3099"))
    send_changes(simulator.world, USER_ID, seen=int(seen_in(member.get("/savings/sending/confirmation"))))
    simulator.clock.set(parse_moment("2026-12-10T10:00"))
    deliver_generation(simulator.world, EMPLOYER, 30)
    member.log_in()
    return member


def test_a_pasted_name_is_found_shown_printed_and_exported(delivered: Visitor) -> None:
    for typed in (PASTED, KEPT, PLAIN, "葛田", f"葛{VARIANT}田", "ヷが", "ヴァガ"):
        page = delivered.get(f"/savings/statements?{urlencode({'name': typed})}")
        assert (codes_in(page), KEPT in page.text) == ([], True), typed
    text, _ = text_of(printed(delivered, month=MONTH))
    assert PLAIN in text
    assert "ヴァガ" in text
    confirmation = delivered.get(export_at("/savings/export/confirmation", month=MONTH))
    assert "900001" not in [line[0] for line in lacking(confirmation)]
    for encoding, codec, name in (("cp932", "cp932", "葛田－が"), ("utf8", "utf-8-sig", KEPT)):
        file = press_download(delivered, month=MONTH, encoding=encoding)
        assert file.headers["content-type"] == f"text/csv; charset={'Shift_JIS' if encoding == 'cp932' else 'utf-8'}"
        rows = csv.reader(file.content.decode(codec).splitlines())
        assert name in [row[1] for row in rows if row[0] == "900001"]


@pytest.mark.parametrize(("typed", "kept"), [(PASTED, KEPT), (f"葛{VARIANT}" * 20, f"葛{VARIANT}" * 20)])
def test_a_user_is_registered_under_a_pasted_name(simulator: Simulator, window: Visitor, typed: str, kept: str) -> None:
    window.initial_login()
    window.submit(REGISTRATION, {**ENTRY, "user_name": typed})
    assert [each.user.name for each in users_of(simulator.world, EMPLOYER)] == [kept]


@pytest.mark.parametrize("blanks", ["　", "　　", "\u3164"])
def test_a_user_name_of_blanks_alone_is_refused(simulator: Simulator, window: Visitor, blanks: str) -> None:
    window.initial_login()
    page = window.submit(REGISTRATION, {**ENTRY, "user_name": blanks})
    assert (codes_in(page), screen_of(page)) == (["E1001"], "master_registration")
    assert not users_of(simulator.world, EMPLOYER)
