"""What sentences name has to exist: a scenario that misspells it hears what there is."""

from __future__ import annotations

from fixtures.expectation import fail, the_one, there_are
from simulator.catalogue import load_catalogue
from simulator.services.contracts import contracts
from simulator.services.login import user_with_id
from simulator.services.notices import notices
from simulator.services.seed import SEEDED_CONTRACTS
from simulator.services.users import users_of
from simulator.services.world import World
from simulator.store import Notice, User


def known_contract(world: World, number: str) -> str:
    """The number, if there is such a contract."""
    return the_one("契約", number, contracts(world), lambda contract: contract.number).number


def known_user(world: World, user_id: str) -> User:
    """The user with this id."""
    user = user_with_id(world, user_id)
    if user is None:
        users = [one.user.user_id for contract in contracts(world) for one in users_of(world, contract.number)]
        fail(f"ユーザー「{user_id}」が登録されている", there_are(users))
    return user


def known_notice(world: World, title: str) -> Notice:
    """The notice with this title."""
    return the_one("お知らせ", title, notices(world), lambda notice: notice.title)


def initial_password_of(number: str) -> str:
    """The initial password of a contract that is there from the start."""
    return the_one("初めからある契約", number, SEEDED_CONTRACTS, lambda contract: contract.number).initial_password


def choice_named(screen: str, field: str, label: str) -> str:
    """The key of a choice.

    Args:
        screen: the key of the screen.
        field: the key of the list on it.
        label: the choice as printed.
    """
    described = load_catalogue().screen(screen).field(field)
    return the_one(f"「{described.label}」に", label, described.choices.items(), lambda choice: choice[1])[0]
