from collections.abc import Callable
from datetime import timedelta

import pytest

from simulator.rules import PasswordState
from simulator.services.authentication import authenticate, verify_code
from simulator.services.certificates import IssuedCertificate, issue_certificate
from simulator.services.gate import LOGIN, pass_user_gate, standing_of
from simulator.services.passwords import password_state_of
from simulator.services.refusal import Refused
from simulator.services.registration import register_master
from simulator.services.trail import events
from simulator.services.users import (
    GeneralUserEntry,
    change_user,
    delete_general_user,
    managed_general_user,
    managed_user,
    refuse_eleventh,
    register_general_user,
    release_general_user,
    set_temporary_password,
    users_of,
)
from simulator.store import User
from tests.unit.services.worlds import (
    EMPLOYER,
    MEMBER,
    PASSWORD,
    START,
    USER_ID,
    WRONG,
    Bench,
    entry,
    outcomes,
    refusal_of,
)

GENERAL, TEMPORARY, OTHER_MASTER = "general01", "Kari#123", "master02"
LIMIT = 10
Verb = Callable[[Bench, str, str], object]
VERBS: dict[str, Verb] = {
    "look at": lambda b, by, who: managed_user(b.world, by, who),
    "look at to delete": lambda b, by, who: managed_general_user(b.world, by, who),
    "change": lambda b, by, who: change_user(b.world, by, who, user_name="労金　花子", mail_address="new@sample.co.jp"),
    "set temporary password": lambda b, by, who: set_temporary_password(b.world, by, who, "Betsu#45"),
    "release": lambda b, by, who: release_general_user(b.world, by, who),
    "delete": lambda b, by, who: delete_general_user(b.world, by, who),
}
OF_GENERAL_USERS_ONLY = [name for name in VERBS if name not in {"look at", "change"}]


def general(user_id: str = GENERAL) -> GeneralUserEntry:
    return GeneralUserEntry(user_id, TEMPORARY, "労金　次郎", f"{user_id}@sample.co.jp")


def add(bench: Bench, user_id: str = GENERAL, by: str = USER_ID) -> User:
    return register_general_user(bench.world, by, general(user_id))


def fill(bench: Bench, count: int = LIMIT) -> None:
    for number in range(count):
        add(bench, f"general{number:02}")


def issue(bench: Bench, user_id: str = GENERAL, password: str = TEMPORARY) -> IssuedCertificate:
    code = authenticate(bench.world, user_id, password)
    verify_code(bench.world, code.id, bench.post.code)
    return issue_certificate(bench.world, code.id, password)


def fail(bench: Bench, times: int, user_id: str = GENERAL) -> None:
    for _ in range(times):
        refusal_of(lambda: pass_user_gate(bench.world, LOGIN, user_id, WRONG))


def block(bench: Bench) -> None:
    for _ in range(3):
        bench.clock.advance(timedelta(minutes=60))
        fail(bench, 6)


def state_of(bench: Bench, user_id: str = GENERAL) -> User:
    return managed_user(bench.world, USER_ID, user_id).user


def kinds(bench: Bench, user_id: str = GENERAL) -> list[str]:
    return [line.kind for line in events(bench.world) if line.user_id == user_id]


@pytest.fixture
def office(bench: Bench) -> Bench:
    """Two contracts, each with a master."""
    bench.register()
    register_master(bench.world, MEMBER, entry(OTHER_MASTER))
    bench.post.letters.clear()
    return bench


# ---- Who may do it, and to whom ----


@pytest.mark.parametrize("by", [GENERAL, "nobody01"])
@pytest.mark.parametrize("verb", VERBS)
def test_only_a_master_manages_users(office: Bench, verb: str, by: str) -> None:
    add(office)
    assert refusal_of(lambda: VERBS[verb](office, by, GENERAL)) == "E4004"


@pytest.mark.parametrize("by", [GENERAL, "nobody01"])
def test_only_a_master_registers_users(office: Bench, by: str) -> None:
    add(office)
    assert refusal_of(lambda: add(office, "general02", by)) == "E4004"
    assert refusal_of(lambda: refuse_eleventh(office.world, by)) == "E4004"


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("user_id", ["nobody01", "theirs01", OTHER_MASTER, "GENERAL01"])
def test_users_of_another_contract_read_like_users_that_do_not_exist(office: Bench, verb: str, user_id: str) -> None:
    add(office)
    add(office, "theirs01", OTHER_MASTER)
    assert refusal_of(lambda: VERBS[verb](office, USER_ID, user_id)) == "E4002"


@pytest.mark.parametrize("verb", OF_GENERAL_USERS_ONLY)
def test_what_only_the_labour_bank_does_to_a_master_is_refused(office: Bench, verb: str) -> None:
    assert refusal_of(lambda: VERBS[verb](office, USER_ID, USER_ID)) == "E4003"
    assert pass_user_gate(office.world, LOGIN, USER_ID, PASSWORD).is_master


def test_a_master_that_was_looked_up_as_somebody_to_delete_may_not_be(office: Bench) -> None:
    add(office)
    assert managed_general_user(office.world, USER_ID, GENERAL).user.user_id == GENERAL


# ---- Registration ----


def test_a_general_user_is_registered_with_a_temporary_password(office: Bench) -> None:
    user = add(office)
    assert (user.user_id, user.name, user.mail_address) == (GENERAL, "労金　次郎", "general01@sample.co.jp")
    assert (user.contract_number, user.is_master, user.registered_at) == (EMPLOYER, False, START)
    assert password_state_of(office.world, user) is PasswordState.TEMPORARY
    assert TEMPORARY not in user.secret_hash
    assert pass_user_gate(office.world, LOGIN, GENERAL, TEMPORARY).user_id == GENERAL
    assert kinds(office)[0] == "general_user_registered"


def test_the_new_user_is_told_and_the_mail_does_not_hold_the_password(office: Bench) -> None:
    add(office)
    (letter,) = office.post.letters
    assert (letter.kind, letter.recipient) == ("general_registered", "general01@sample.co.jp")
    assert GENERAL in letter.body
    assert TEMPORARY not in letter.body


def test_ten_general_users_are_registered_beside_the_master_and_the_eleventh_is_refused(office: Bench) -> None:
    fill(office)
    assert len(users_of(office.world, EMPLOYER)) == LIMIT + 1
    assert refusal_of(lambda: refuse_eleventh(office.world, USER_ID)) == "E4001"
    assert refusal_of(lambda: add(office, "eleventh1")) == "E4001"
    assert len(users_of(office.world, EMPLOYER)) == LIMIT + 1


def test_the_tenth_is_not_refused_yet(office: Bench) -> None:
    fill(office, LIMIT - 1)
    refuse_eleventh(office.world, USER_ID)
    assert add(office, "tenth0010").user_id == "tenth0010"


def test_each_contract_has_ten_places_of_its_own(office: Bench) -> None:
    fill(office)
    assert add(office, "theirs01", OTHER_MASTER).contract_number == MEMBER


def test_a_deletion_makes_room_for_one_more(office: Bench) -> None:
    fill(office)
    delete_general_user(office.world, USER_ID, "general04")
    add(office, "eleventh1")
    assert refusal_of(lambda: add(office, "twelfth12")) == "E4001"


@pytest.mark.parametrize("taken", [USER_ID, OTHER_MASTER, GENERAL, "theirs01"])
def test_an_id_in_use_anywhere_in_the_system_is_refused_at_its_field(office: Bench, taken: str) -> None:
    add(office)
    add(office, "theirs01", OTHER_MASTER)
    with pytest.raises(Refused) as caught:
        add(office, taken)
    assert (caught.value.message.code, caught.value.at) == ("E1003", "user_id")
    assert "ユーザーID" in caught.value.message.text
    assert len(users_of(office.world, EMPLOYER)) == 2


def test_a_full_contract_is_told_before_a_taken_id(office: Bench) -> None:
    fill(office)
    assert refusal_of(lambda: add(office, "general00")) == "E4001"


def test_of_twenty_who_want_the_tenth_place_at_once_one_gets_it(office: Bench) -> None:
    fill(office, LIMIT - 1)
    names = iter(f"parallel{number:02}" for number in range(20))
    assert outcomes(lambda: add(office, next(names)), 20) == ["E4001"] * 19 + ["done"]
    assert len(users_of(office.world, EMPLOYER)) == LIMIT + 1


def test_one_id_wanted_many_times_at_once_is_registered_once(office: Bench) -> None:
    masters = iter([USER_ID, OTHER_MASTER] * 4)
    assert outcomes(lambda: add(office, by=next(masters)), 8) == ["E1003"] * 7 + ["done"]


def test_a_mail_server_that_is_down_does_not_stop_a_registration(office: Bench) -> None:
    office.post.is_down = True
    assert add(office).user_id == GENERAL
    assert kinds(office) == ["general_user_registered", "mail_failed"]


# ---- The list ----


def test_the_list_begins_with_the_master_and_goes_on_by_id_whatever_the_order_of_registration(office: Bench) -> None:
    for user_id in ("zebra001", "apple001", "melon001"):
        add(office, user_id)
    listed = [found.user.user_id for found in users_of(office.world, EMPLOYER)]
    assert listed == [USER_ID, "apple001", "melon001", "zebra001"]


def test_a_user_is_listed_with_the_newest_certificate_that_was_not_revoked(office: Bench) -> None:
    add(office)
    assert managed_user(office.world, USER_ID, GENERAL).certificate is None
    first = issue(office)
    office.clock.advance(timedelta(days=340))
    second = issue(office)
    found = managed_user(office.world, USER_ID, GENERAL).certificate
    assert found is not None
    assert (found.name, first.name != second.name) == (second.name, True)


# ---- Change of name and mail address ----


@pytest.mark.parametrize("user_id", [GENERAL, USER_ID])
def test_a_new_address_is_told_to_the_old_and_to_the_new_one(office: Bench, user_id: str) -> None:
    add(office)
    office.post.letters.clear()
    before = state_of(office, user_id).mail_address
    change_user(office.world, USER_ID, user_id, user_name="労金　花子", mail_address="new@sample.co.jp")
    told = [(letter.kind, letter.recipient) for letter in office.post.letters]
    assert told == [("address_changed", before), ("address_changed", "new@sample.co.jp")]
    for letter in office.post.letters:
        assert before in letter.body
        assert "new@sample.co.jp" in letter.body
    assert (state_of(office, user_id).name, state_of(office, user_id).mail_address) == (
        "労金　花子",
        "new@sample.co.jp",
    )


def test_codes_go_to_the_new_address(office: Bench) -> None:
    add(office)
    change_user(office.world, USER_ID, GENERAL, user_name="労金　次郎", mail_address="new@sample.co.jp")
    authenticate(office.world, GENERAL, TEMPORARY)
    assert office.post.letters[-1].recipient == "new@sample.co.jp"


def test_a_new_name_alone_is_told_to_nobody(office: Bench) -> None:
    user = add(office)
    office.post.letters.clear()
    change_user(office.world, USER_ID, GENERAL, user_name="労金　花子", mail_address=user.mail_address)
    assert office.post.letters == []
    assert kinds(office)[-1] == "user_changed"


def test_a_change_leaves_password_lock_and_certificate_alone(office: Bench) -> None:
    add(office)
    issued = issue(office)
    fail(office, 6)
    change_user(office.world, USER_ID, GENERAL, user_name="労金　花子", mail_address="new@sample.co.jp")
    found = managed_user(office.world, USER_ID, GENERAL)
    assert found.certificate is not None
    assert found.certificate.name == issued.name
    assert found.user.password_is_temporary
    assert standing_of(found.user).is_locked(office.clock.now())


# ---- Temporary password ----


def with_own_password(bench: Bench) -> None:
    with bench.world.store.transaction() as session:
        session.get_one(User, state_of(bench).id).password_is_temporary = False


def test_a_temporary_password_takes_the_place_of_the_own_one_and_counts_as_a_first_login(office: Bench) -> None:
    add(office)
    with_own_password(office)
    office.clock.advance(timedelta(days=3))
    set_temporary_password(office.world, USER_ID, GENERAL, "Betsu#45")
    user = state_of(office)
    assert password_state_of(office.world, user) is PasswordState.TEMPORARY
    assert user.password_set_at == office.clock.now()
    assert refusal_of(lambda: pass_user_gate(office.world, LOGIN, GENERAL, TEMPORARY)) == "E3101"
    assert pass_user_gate(office.world, LOGIN, GENERAL, "Betsu#45").user_id == GENERAL


def test_the_user_is_told_of_a_temporary_password_without_it(office: Bench) -> None:
    add(office)
    office.post.letters.clear()
    set_temporary_password(office.world, USER_ID, GENERAL, "Betsu#45")
    (letter,) = office.post.letters
    assert (letter.kind, letter.recipient) == ("temporary_password", "general01@sample.co.jp")
    assert "Betsu#45" not in letter.body
    assert kinds(office)[-2:] == ["temporary_password_set", "mail_sent"]


def test_a_temporary_password_leaves_lock_and_certificate_alone(office: Bench) -> None:
    add(office)
    issued = issue(office)
    fail(office, 6)
    set_temporary_password(office.world, USER_ID, GENERAL, "Betsu#45")
    assert refusal_of(lambda: pass_user_gate(office.world, LOGIN, GENERAL, "Betsu#45")) == "E3102"
    found = managed_user(office.world, USER_ID, GENERAL)
    assert found.certificate is not None
    assert found.certificate.name == issued.name


def test_a_temporary_password_leaves_a_block_alone(office: Bench) -> None:
    add(office)
    block(office)
    set_temporary_password(office.world, USER_ID, GENERAL, "Betsu#45")
    assert refusal_of(lambda: pass_user_gate(office.world, LOGIN, GENERAL, "Betsu#45")) == "E3103"


# ---- Release ----


def test_a_release_lifts_a_lock_and_clears_the_counts(office: Bench) -> None:
    add(office)
    fail(office, 6)
    release_general_user(office.world, USER_ID, GENERAL)
    assert pass_user_gate(office.world, LOGIN, GENERAL, TEMPORARY).user_id == GENERAL
    assert (state_of(office).failures, state_of(office).locks) == (0, 0)
    assert "user_released" in kinds(office)


def test_a_release_lifts_a_block_and_clears_the_locks(office: Bench) -> None:
    add(office)
    block(office)
    release_general_user(office.world, USER_ID, GENERAL)
    fail(office, 6)
    user = state_of(office)
    assert (user.blocked, user.locks) == (False, 1)


def test_nothing_to_lift_is_told(office: Bench) -> None:
    add(office)
    assert refusal_of(lambda: release_general_user(office.world, USER_ID, GENERAL)) == "E4005"


@pytest.mark.parametrize(("wrong", "later"), [(5, 0), (6, 60)], ids=["failures", "a lock that has ended"])
def test_what_was_counted_is_cleared_though_nothing_is_locked(office: Bench, wrong: int, later: int) -> None:
    add(office)
    fail(office, wrong)
    office.clock.advance(timedelta(minutes=later))
    release_general_user(office.world, USER_ID, GENERAL)
    assert (state_of(office).failures, state_of(office).locks) == (0, 0)


def test_a_release_at_once_is_done_once(office: Bench) -> None:
    add(office)
    fail(office, 6)
    assert outcomes(lambda: release_general_user(office.world, USER_ID, GENERAL), 5) == ["E4005"] * 4 + ["done"]


# ---- Deletion ----


def test_a_deletion_revokes_the_certificate_and_the_user_cannot_come_back_with_it(office: Bench) -> None:
    add(office)
    issue(office)
    delete_general_user(office.world, USER_ID, GENERAL)
    assert [found.user.user_id for found in users_of(office.world, EMPLOYER)] == [USER_ID]
    assert refusal_of(lambda: authenticate(office.world, GENERAL, TEMPORARY)) == "E2101"
    assert kinds(office)[-2:] == ["user_deleted", "certificate_revoked"]


def test_a_user_deleted_twice_at_once_is_deleted_once(office: Bench) -> None:
    add(office)
    assert outcomes(lambda: delete_general_user(office.world, USER_ID, GENERAL), 5) == ["E4002"] * 4 + ["done"]


def test_an_id_is_free_after_deletion_even_for_another_contract(office: Bench) -> None:
    add(office)
    delete_general_user(office.world, USER_ID, GENERAL)
    assert add(office, by=OTHER_MASTER).contract_number == MEMBER


def test_a_user_registered_again_begins_anew_with_a_certificate_of_its_own(office: Bench) -> None:
    add(office)
    old = issue(office)
    block(office)
    delete_general_user(office.world, USER_ID, GENERAL)
    add(office)
    assert not state_of(office).blocked
    assert managed_user(office.world, USER_ID, GENERAL).certificate is None
    new = issue(office)
    assert new.name != old.name


def test_a_code_from_before_the_deletion_is_worth_nothing_to_the_user_registered_again(office: Bench) -> None:
    add(office)
    code = authenticate(office.world, GENERAL, TEMPORARY)
    digits = office.post.code
    delete_general_user(office.world, USER_ID, GENERAL)
    assert refusal_of(lambda: verify_code(office.world, code.id, digits)) == "E2203"
    add(office)
    assert authenticate(office.world, GENERAL, TEMPORARY).id != code.id


def test_a_user_deleted_while_the_certificate_is_made_gets_none(office: Bench) -> None:
    add(office)
    code = authenticate(office.world, GENERAL, TEMPORARY)
    verify_code(office.world, code.id, office.post.code)

    def delete_in_between(done: float) -> None:
        if done == 0.5:
            delete_general_user(office.world, USER_ID, GENERAL)

    issuing = lambda: issue_certificate(office.world, code.id, TEMPORARY, delete_in_between)  # noqa: E731
    assert refusal_of(issuing) == "E9001"
    assert "certificate_issued" not in kinds(office)
