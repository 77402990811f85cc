"""The master's screens of contract users over real HTTPS: what they show, keep and refuse (USR, ambiguity 12)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from html import unescape

import httpx
import pytest

from simulator.rules import load_profile
from simulator.server import Simulator
from simulator.services.gate import LOGIN, pass_user_gate
from simulator.services.passwords import change_password
from simulator.services.refusal import Refused
from simulator.services.registration import MasterEntry, register_master
from simulator.services.trail import events
from simulator.services.users import (
    GeneralUserEntry,
    delete_general_user,
    managed_user,
    register_general_user,
    users_of,
)
from simulator.store import User
from tests.integration.visitors import (
    AUTHENTICATION,
    CODE,
    EMPLOYER,
    PASSWORD,
    USER_ID,
    WRONG,
    Visitor,
    at_once,
    certificate_of,
    codes_in,
    screen_of,
    token_in,
    visitor,
)

LIST, REGISTRATION, CHANGE, DELETION = "/users", "/users/registration", "/users/change", "/users/deletion"
GENERAL, TEMPORARY, THEIRS, OTHER_MASTER = "general01", "Kari#123", "theirs01", "master02"
ADDRESS = "general01@sample.co.jp"
ENTRY = {
    "user_id": GENERAL,
    "temporary_password": TEMPORARY,
    "temporary_password_again": TEMPORARY,
    "user_name": "労金　次郎",
    "mail_address": ADDRESS,
    "mail_address_again": ADDRESS,
}
NEW_CONTENTS = {"user_name": "労金　花子", "mail_address": "new@sample.co.jp", "mail_address_again": "new@sample.co.jp"}
NEW_PASSWORD = {"temporary_password": "Betsu#45", "temporary_password_again": "Betsu#45"}
ACTIONS = [
    (f"{CHANGE}/contents", NEW_CONTENTS),
    (f"{CHANGE}/password", NEW_PASSWORD),
    (f"{CHANGE}/release", {}),
    (DELETION, {}),
]
OF_GENERAL_USERS_ONLY = [action for action in ACTIONS if "contents" not in action[0]]
PAGES = [LIST, REGISTRATION, f"{CHANGE}?user={GENERAL}", f"{DELETION}?user={GENERAL}"]


def add(simulator: Simulator, user_id: str = GENERAL, by: str = USER_ID) -> User:
    entry = GeneralUserEntry(user_id, TEMPORARY, "労金　次郎", f"{user_id}@sample.co.jp")
    return register_general_user(simulator.world, by, entry)


def lock(simulator: Simulator, user_id: str = GENERAL) -> None:
    for _ in range(load_profile().failures_before_lock):
        with pytest.raises(Refused):
            pass_user_gate(simulator.world, LOGIN, user_id, WRONG)


def ids(simulator: Simulator) -> list[str]:
    return [found.user.user_id for found in users_of(simulator.world, EMPLOYER)]


def state_of(simulator: Simulator, user_id: str = GENERAL) -> User:
    return managed_user(simulator.world, USER_ID, user_id).user


def told(page: httpx.Response) -> str:
    """The code of what an operation did."""
    found = re.search(r'role="status"><span class="code">(I\d{4})</span>', page.text)
    return found[1] if found else ""


def rows(page: httpx.Response) -> list[list[str]]:
    """The cells of the list of users."""
    body = page.text.partition("<tbody>")[2].partition("</tbody>")[0]
    return [[unescape(cell) for cell in re.findall(r"data-column=[^>]*>([^<]*)<", row)] for row in body.split("</tr>")][
        :-1
    ]


def in_japanese(moment: datetime, *, year: bool = False) -> str:
    return f"{moment.year}年" * year + f"{moment.month}月{moment.day}日"


def post(window: Visitor, path: str, user_id: str, values: dict[str, str], token: str | None = None) -> httpx.Response:
    """Send a form of the change or deletion screen for a user, with the token of a page of this session."""
    return window.submit(f"{path}?user={user_id}", values, token or window.token(LIST))


LOOKING = {"users_looked_up", "user_looked_up"}


def done(simulator: Simulator) -> list[int]:
    """The lines of the audit trail that tell of a change; looking and being refused leave lines, too."""
    return [line.id for line in events(simulator.world) if not line.refusal and line.kind not in LOOKING]


@pytest.fixture
def master(simulator: Simulator) -> Iterator[Visitor]:
    """The window of a master who is logged in; another contract has a master, too."""
    for number, user_id in ((EMPLOYER, USER_ID), ("20000001", OTHER_MASTER)):
        register_master(
            simulator.world, number, MasterEntry(user_id, PASSWORD, "労金　太郎", f"{user_id}@sample.co.jp")
        )
    with visitor(simulator, certificate_of(simulator, USER_ID)) as window:
        window.log_in()
        yield window


@pytest.fixture
def general(simulator: Simulator, master: Visitor) -> Iterator[Visitor]:
    """The window of a general user who is logged in with a password of the own."""
    del master
    add(simulator)
    change_password(simulator.world, GENERAL, TEMPORARY, PASSWORD)
    with visitor(simulator, certificate_of(simulator, GENERAL)) as window:
        window.log_in()
        yield window


# ---- Who gets there ----


def test_the_master_finds_the_list_in_the_menu_bar_and_a_general_user_does_not(
    master: Visitor, general: Visitor
) -> None:
    assert f'action="{LIST}"' in master.get("/information").text
    assert f'action="{LIST}"' not in general.get("/information").text
    assert screen_of(general.get("/information")) == "information"


def test_a_general_user_who_types_the_address_is_told_that_only_the_master_may(general: Visitor) -> None:
    for path in PAGES:
        page = general.get(path)
        assert (page.status_code, codes_in(page), screen_of(page)) == (403, ["E4004"], "operation_error")
        assert ADDRESS not in page.text


def test_a_general_user_who_forges_a_form_changes_nothing(simulator: Simulator, general: Visitor) -> None:
    before, token = done(simulator), general.token("/information")
    for path, values in [(REGISTRATION, ENTRY), *ACTIONS]:
        assert codes_in(post(general, path, GENERAL, values, token)) == ["E4004"]
    assert done(simulator) == before


@pytest.mark.parametrize("path", PAGES)
def test_nobody_gets_there_without_logging_in(window: Visitor, path: str) -> None:
    page = window.get(path)
    assert (page.status_code, codes_in(page)) == (403, ["E9002"])


# ---- The list ----


def test_the_list_tells_of_every_user_role_state_password_and_certificate(
    simulator: Simulator, master: Visitor
) -> None:
    for user_id in ("general02", GENERAL):
        add(simulator, user_id)
    lock(simulator, "general02")
    valid = f"有効期限 {in_japanese(simulator.clock.now() + timedelta(days=365), year=True)}"
    locked = f"ロック中（{in_japanese(simulator.clock.now())} 11:00まで）"
    assert [row[0] for row in rows(master.get(LIST))] == [USER_ID, GENERAL, "general02"]
    assert [row[1:] for row in rows(master.get(LIST))] == [
        ["労金　太郎", f"{USER_ID}@sample.co.jp", "マスターユーザー", "利用可", "設定済", valid],
        ["労金　次郎", ADDRESS, "一般ユーザー", "利用可", "仮パスワード", "未発行"],
        ["労金　次郎", "general02@sample.co.jp", "一般ユーザー", locked, "仮パスワード", "未発行"],
    ]


def test_the_list_follows_the_clock(simulator: Simulator, master: Visitor) -> None:
    add(simulator)
    lock(simulator)
    simulator.clock.set(simulator.clock.now().replace(hour=10, minute=59, second=59))
    master.log_in()
    assert rows(master.get(LIST))[1][4].startswith("ロック中")
    simulator.clock.set(simulator.clock.now().replace(hour=11, minute=0, second=0))
    assert rows(master.get(LIST))[1][4] == "利用可"


def test_users_of_another_contract_are_not_listed_or_counted(simulator: Simulator, master: Visitor) -> None:
    add(simulator, THEIRS, OTHER_MASTER)
    page = master.get(LIST)
    assert [row[0] for row in rows(page)] == [USER_ID]
    assert "登録済み 0名" in page.text


def test_names_are_shown_as_text_and_never_as_markup(simulator: Simulator, master: Visitor) -> None:
    entry = GeneralUserEntry(GENERAL, TEMPORARY, "＜ｂ＞", "<b>@sample.co.jp")
    register_general_user(simulator.world, USER_ID, entry)
    for path in (LIST, *PAGES[2:]):
        assert "<b>@" not in master.get(path).text
        assert "&lt;b&gt;@" in master.get(path).text


# ---- Registration ----


def test_a_registration_leads_to_the_list_that_tells_of_it_once(simulator: Simulator, master: Visitor) -> None:
    page = master.submit(REGISTRATION, ENTRY)
    assert (page.url.path, screen_of(page), told(page)) == (LIST, "user_list", "I4001")
    assert [row[0] for row in rows(page)] == [USER_ID, GENERAL]
    assert told(master.get(LIST)) == ""
    assert state_of(simulator).mail_address == ADDRESS


def test_a_refused_registration_keeps_what_is_no_secret(simulator: Simulator, master: Visitor) -> None:
    page = master.submit(REGISTRATION, {**ENTRY, "user_id": "short", "mail_address_again": "other@sample.co.jp"})
    assert (page.status_code, codes_in(page)) == (422, ["E1002", "E1005"])
    for kept in ("short", ADDRESS, "other@sample.co.jp", "労金　次郎"):
        assert f'value="{kept}"' in page.text
    assert TEMPORARY not in page.text
    assert ids(simulator) == [USER_ID]


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        (dict.fromkeys(ENTRY, ""), ["E1001"] * 6),
        ({"temporary_password_again": "Kari#124"}, ["E1005"]),
        ({"temporary_password": "kari#123", "temporary_password_again": "kari#123"}, ["E1004", "E1004"]),
        ({"user_name": "Taro"}, ["E1006"]),
        ({"user_name": "労" * 21}, ["E1002"]),
        ({"mail_address": "a" * 51, "mail_address_again": "a" * 51}, ["E1002", "E1002"]),
        ({"mail_address": "nowhere", "mail_address_again": "nowhere"}, ["E1007", "E1007"]),
    ],
)
def test_the_rules_of_the_master_s_registration_hold_for_general_users_too(
    simulator: Simulator, master: Visitor, changes: dict[str, str], codes: list[str]
) -> None:
    assert codes_in(master.submit(REGISTRATION, {**ENTRY, **changes})) == codes
    assert ids(simulator) == [USER_ID]


@pytest.mark.parametrize("taken", [USER_ID, OTHER_MASTER])
def test_an_id_that_anybody_has_is_refused_at_its_field(simulator: Simulator, master: Visitor, taken: str) -> None:
    page = master.submit(REGISTRATION, {**ENTRY, "user_id": taken})
    assert (codes_in(page), screen_of(page)) == (["E1003"], "user_registration")
    assert 'class="wrong"' in page.text
    assert ids(simulator) == [USER_ID]


def test_the_same_form_sent_again_registers_nobody_twice(simulator: Simulator, master: Visitor) -> None:
    token = master.token(REGISTRATION)
    pages = at_once(lambda _: master.submit(REGISTRATION, ENTRY, token), 5)
    assert ids(simulator) == [USER_ID, GENERAL]
    assert [line.kind for line in events(simulator.world)].count("general_user_registered") == 1
    assert sorted(screen_of(page) for page in pages) == ["user_list", *["user_registration"] * 4]
    assert [codes_in(page) for page in pages if screen_of(page) == "user_registration"] == [["E1003"]] * 4


def test_a_full_list_is_told_at_the_button_already(simulator: Simulator, master: Visitor) -> None:
    for number in range(load_profile().general_users_maximum):
        assert screen_of(master.get(REGISTRATION)) == "user_registration"
        add(simulator, f"general{number:02}")
    page = master.get(REGISTRATION)
    assert (page.status_code, codes_in(page), screen_of(page)) == (409, ["E4001"], "user_list")
    assert "登録済み 10名" in page.text


def test_the_place_that_another_window_took_is_told(simulator: Simulator, master: Visitor) -> None:
    token = master.token(REGISTRATION)
    for number in range(load_profile().general_users_maximum):
        add(simulator, f"general{number:02}")
    page = master.submit(REGISTRATION, {**ENTRY, "user_id": "eleventh1"}, token)
    assert (page.status_code, codes_in(page), screen_of(page)) == (409, ["E4001"], "user_list")
    assert "eleventh1" not in ids(simulator)


# ---- Change ----


def test_the_change_screen_offers_what_the_user_needs(simulator: Simulator, master: Visitor) -> None:
    add(simulator)

    def actions(user_id: str) -> list[str]:
        return re.findall(rf'action="{CHANGE}/(\w+)\?user={user_id}"', master.get(f"{CHANGE}?user={user_id}").text)

    assert actions(GENERAL) == ["contents", "password"]
    lock(simulator)
    assert actions(GENERAL) == ["contents", "password", "release"]
    lock(simulator, USER_ID)
    assert actions(USER_ID) == ["contents"]
    assert DELETION not in master.get(f"{CHANGE}?user={USER_ID}").text
    assert DELETION in master.get(f"{CHANGE}?user={GENERAL}").text


def test_every_action_does_its_own_and_leads_to_the_list(simulator: Simulator, master: Visitor) -> None:
    add(simulator)
    lock(simulator)
    page = post(master, f"{CHANGE}/contents", GENERAL, NEW_CONTENTS)
    assert (screen_of(page), told(page), rows(page)[1][1:3]) == (
        "user_list",
        "I4002",
        ["労金　花子", "new@sample.co.jp"],
    )
    change_password_of(simulator)
    page = post(master, f"{CHANGE}/password", GENERAL, NEW_PASSWORD)
    assert (told(page), rows(page)[1][5]) == ("I4003", "仮パスワード")
    assert rows(page)[1][4].startswith("ロック中")
    page = post(master, f"{CHANGE}/release", GENERAL, {})
    assert (told(page), rows(page)[1][4]) == ("I4004", "利用可")
    page = post(master, DELETION, GENERAL, {})
    assert (told(page), [row[0] for row in rows(page)]) == ("I4005", [USER_ID])


def change_password_of(simulator: Simulator) -> None:
    with simulator.world.store.transaction() as session:
        session.get_one(User, state_of(simulator).id).password_is_temporary = False


def test_each_section_checks_its_own_fields_only_and_the_others_stay_as_they_are(
    simulator: Simulator, master: Visitor
) -> None:
    add(simulator)
    page = post(master, f"{CHANGE}/contents", GENERAL, {**NEW_CONTENTS, "mail_address_again": ADDRESS})
    assert (page.status_code, codes_in(page), screen_of(page)) == (422, ["E1005"], "user_change")
    assert 'value="労金　花子"' in page.text
    page = post(master, f"{CHANGE}/password", GENERAL, {**NEW_PASSWORD, "user_name": "x"})
    assert told(page) == "I4003"
    page = post(master, f"{CHANGE}/password", GENERAL, {"temporary_password": "Betsu#45"})
    assert (codes_in(page), "Betsu#45" in page.text) == (["E1001"], False)
    assert f'value="{ADDRESS}"' in page.text


def test_the_user_id_cannot_be_changed(simulator: Simulator, master: Visitor) -> None:
    add(simulator)
    post(master, f"{CHANGE}/contents", GENERAL, {**NEW_CONTENTS, "user_id": "renamed01"})
    assert ids(simulator) == [USER_ID, GENERAL]


def test_the_master_changes_the_own_name_and_the_menu_bar_shows_it(master: Visitor) -> None:
    page = post(master, f"{CHANGE}/contents", USER_ID, NEW_CONTENTS)
    assert told(page) == "I4002"
    assert "労金　花子 様" in page.text


def test_two_windows_on_two_users_do_not_mix_them_up(simulator: Simulator, master: Visitor) -> None:
    for user_id in (GENERAL, "general02"):
        add(simulator, user_id)
    first = master.get(f"{CHANGE}?user={GENERAL}")
    second = master.get(f"{DELETION}?user=general02")
    post(master, f"{CHANGE}/contents", GENERAL, NEW_CONTENTS, token_in(first))
    post(master, DELETION, "general02", {}, token_in(second))
    assert ids(simulator) == [USER_ID, GENERAL]
    assert state_of(simulator).name == "労金　花子"


# ---- What is refused ----


@pytest.mark.parametrize("user_id", [THEIRS, OTHER_MASTER, "nobody01", ""])
def test_a_forged_user_of_another_contract_reads_like_nobody_and_nothing_happens(
    simulator: Simulator, master: Visitor, user_id: str
) -> None:
    add(simulator, THEIRS, OTHER_MASTER)
    before, token = done(simulator), master.token(LIST)
    pages = [post(master, path, user_id, values, token) for path, values in ACTIONS]
    for page in pages:
        assert (page.status_code, codes_in(page), screen_of(page)) == (409, ["E4002"], "user_list")
    assert done(simulator) == before


@pytest.mark.parametrize("user_id", [THEIRS, OTHER_MASTER, "nobody01", ""])
def test_a_user_of_another_contract_cannot_be_looked_at(simulator: Simulator, master: Visitor, user_id: str) -> None:
    add(simulator, THEIRS, OTHER_MASTER)
    for path in (CHANGE, DELETION):
        page = master.get(f"{path}?user={user_id}")
        assert (codes_in(page), screen_of(page)) == (["E4002"], "user_list")
        assert "theirs01@sample.co.jp" not in page.text


def test_what_is_the_labour_bank_s_is_refused_for_the_master(master: Visitor) -> None:
    for path, values in OF_GENERAL_USERS_ONLY:
        page = post(master, path, USER_ID, values)
        assert (page.status_code, codes_in(page), screen_of(page)) == (409, ["E4003"], "user_list")
    assert screen_of(master.get(LIST)) == "user_list"


def test_a_forged_token_changes_nothing(simulator: Simulator, master: Visitor) -> None:
    add(simulator)
    lock(simulator)
    before = done(simulator)
    for path, values in [(REGISTRATION, ENTRY), *ACTIONS]:
        page = post(master, path, GENERAL, values, "0" * 32)
        assert (page.status_code, codes_in(page)) == (403, ["E9005"])
    assert done(simulator) == before


def test_the_address_of_an_action_cannot_be_opened(simulator: Simulator, master: Visitor) -> None:
    add(simulator)
    for section in ("contents", "password", "release"):
        assert master.get(f"{CHANGE}/{section}?user={GENERAL}").status_code == 405


def test_a_user_deleted_meanwhile_is_told(simulator: Simulator, master: Visitor) -> None:
    add(simulator)
    token = master.token(LIST)
    delete_general_user(simulator.world, USER_ID, GENERAL)
    for path, values in ACTIONS:
        assert codes_in(post(master, path, GENERAL, values, token)) == ["E4002"]


def test_pressing_delete_twice_deletes_once_and_says_so(simulator: Simulator, master: Visitor) -> None:
    add(simulator)
    token = master.token(LIST)
    pages = at_once(lambda _: post(master, DELETION, GENERAL, {}, token), 4)
    assert sorted(codes_in(page) for page in pages) == [[], *[["E4002"]] * 3]
    assert [line.kind for line in events(simulator.world)].count("user_deleted") == 1


def test_nothing_to_lift_is_told(simulator: Simulator, master: Visitor) -> None:
    add(simulator)
    page = post(master, f"{CHANGE}/release", GENERAL, {})
    assert (codes_in(page), screen_of(page)) == (["E4005"], "user_list")


# ---- What becomes of the user concerned ----


def test_a_deleted_user_s_session_is_worth_nothing(master: Visitor, general: Visitor) -> None:
    post(master, DELETION, GENERAL, {})
    page = general.get("/information")
    assert (page.status_code, codes_in(page), screen_of(page)) == (403, ["E9009"], "operation_error")
    assert codes_in(general.get("/login")) == ["E3006"]


def test_a_user_deleted_while_entering_the_code_has_to_begin_anew(
    simulator: Simulator, master: Visitor, window: Visitor
) -> None:
    add(simulator)
    window.authenticate(GENERAL, TEMPORARY)
    post(master, DELETION, GENERAL, {})
    page = window.submit(CODE, {"code": "123456"})
    assert (page.status_code, codes_in(page)) == (422, ["E2203"])
    assert screen_of(window.get(AUTHENTICATION)) == "user_authentication"
