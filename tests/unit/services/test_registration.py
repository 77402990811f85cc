import pytest

from simulator.catalogue import Edition
from simulator.services.contracts import contracts, edition_of, open_contract, users
from simulator.services.refusal import Refused
from simulator.services.registration import authorize_initial_registration, register_master
from tests.unit.services.worlds import (
    EMPLOYER,
    INITIAL_PASSWORD,
    MEMBER,
    PASSWORD,
    START,
    USER_ID,
    Bench,
    entry,
    outcomes,
    refusal_of,
)


def test_the_seeded_contracts_are_one_of_each_edition(bench: Bench) -> None:
    assert [(c.number, c.edition) for c in contracts(bench.world)] == [(EMPLOYER, "employer"), (MEMBER, "member")]
    assert edition_of(bench.world, MEMBER) is Edition.MEMBER


@pytest.mark.parametrize(("number", "password"), [(EMPLOYER, "Rokin#01"), (MEMBER, "Kaiin#01")])
def test_the_initial_password_of_a_seeded_contract_opens_the_registration(
    bench: Bench, number: str, password: str
) -> None:
    assert authorize_initial_registration(bench.world, number, password).number == number


@pytest.mark.parametrize("password", ["rokin#01", "Rokin#02", "Kaiin#01", ""])
def test_another_initial_password_is_refused(bench: Bench, password: str) -> None:
    assert refusal_of(lambda: authorize_initial_registration(bench.world, EMPLOYER, password)) == "E2001"


def test_an_unknown_contract_number_reads_like_a_wrong_password(bench: Bench) -> None:
    assert refusal_of(lambda: authorize_initial_registration(bench.world, "99999999", INITIAL_PASSWORD)) == "E2001"


def test_a_master_is_registered_with_what_was_entered_and_the_password_only_as_a_hash(bench: Bench) -> None:
    user = bench.register()
    assert (user.user_id, user.name, user.mail_address) == (USER_ID, "労金　太郎", "master01@sample.co.jp")
    assert user.is_master
    assert user.registered_at == START
    assert PASSWORD not in user.secret_hash
    assert user.secret_hash.startswith("$argon2id$")


def test_a_contract_with_a_master_registers_no_other(bench: Bench) -> None:
    bench.register()
    assert refusal_of(lambda: bench.register("second02")) == "E2004"
    assert refusal_of(lambda: authorize_initial_registration(bench.world, EMPLOYER, INITIAL_PASSWORD)) == "E2004"


def test_a_wrong_initial_password_does_not_reveal_that_the_master_exists(bench: Bench) -> None:
    bench.register()
    assert refusal_of(lambda: authorize_initial_registration(bench.world, EMPLOYER, "Wrong#99")) == "E2001"


def test_a_user_id_of_another_contract_is_taken_and_the_refusal_stands_at_its_field(bench: Bench) -> None:
    bench.register()
    with pytest.raises(Refused) as caught:
        register_master(bench.world, MEMBER, entry())
    assert (caught.value.message.code, caught.value.at) == ("E1003", "user_id")
    assert "ユーザーID" in caught.value.message.text


def test_user_ids_differ_by_case(bench: Bench) -> None:
    bench.register("master01")
    assert bench.register("Master01", MEMBER).user_id == "Master01"


def test_of_twenty_registrations_at_once_one_comes_into_being(bench: Bench) -> None:
    names = iter(f"master{number:02}" for number in range(20))
    assert outcomes(lambda: bench.register(next(names)), 20) == ["E2004"] * 19 + ["done"]
    assert len(users(bench.world)) == 1


def test_two_contracts_that_want_one_user_id_at_once_do_not_both_get_it(bench: Bench) -> None:
    numbers = iter([EMPLOYER, MEMBER])
    assert outcomes(lambda: bench.register(number=next(numbers)), 2) == ["E1003", "done"]


def test_a_contract_number_is_opened_once(bench: Bench) -> None:
    again = refusal_of(lambda: open_contract(bench.world, EMPLOYER, Edition.MEMBER, "別の会社", "Other#01"))
    assert again == "E1003"
    assert edition_of(bench.world, EMPLOYER) is Edition.EMPLOYER
    assert authorize_initial_registration(bench.world, EMPLOYER, INITIAL_PASSWORD).number == EMPLOYER


def test_a_contract_that_is_opened_can_register_its_master(bench: Bench) -> None:
    open_contract(bench.world, "30000001", Edition.MEMBER, "新しい会員", "Mmbr#001")
    authorize_initial_registration(bench.world, "30000001", "Mmbr#001")
    assert bench.register(number="30000001").contract_number == "30000001"
