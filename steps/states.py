"""Starting states, built through the domain exactly as a person would have come there, without the browser."""

from __future__ import annotations

from pytest_bdd import given

from fixtures.logon_account import Accounts
from simulator.mail import Mailbox
from simulator.services.authentication import authenticate, verify_code
from simulator.services.certificates import IssuedCertificate, issue_certificate
from simulator.services.contracts import edition_of
from simulator.services.registration import MasterEntry, register_master
from simulator.services.world import World
from steps.mail import newest_code
from steps.wording import sentence

PASSWORD = "Abcd#123"  # noqa: S105 - synthetic
USER_NAME = "労金　太郎"
EDITIONS = {"事業主": "employer", "会員": "member"}


@given(sentence("{party}の契約「{number}」がある"))
def contract_exists(world: World, party: str, number: str) -> None:
    """The contract is there, of this edition."""
    assert edition_of(world, number) == EDITIONS[party]


@given(sentence("契約「{number}」にマスターユーザー「{user_id}」が登録されている"))
def master_exists(world: World, number: str, user_id: str) -> None:
    """A master is registered; the password is Abcd#123, the address the user id at sample.co.jp."""
    register_master(world, number, MasterEntry(user_id, PASSWORD, USER_NAME, address_of(user_id), "ユーザーID"))


@given(sentence("ユーザー「{user_id}」の電子証明書が発行されている"))
def certificate_issued(world: World, mailbox: Mailbox, user_id: str) -> None:
    """A certificate was issued, and not imported here."""
    issue(world, mailbox, user_id)


@given(sentence("ユーザー「{user_id}」の電子証明書がインポートされている"))
def certificate_imported(world: World, mailbox: Mailbox, accounts: Accounts, user_id: str) -> None:
    """A certificate was issued and imported under the current logon account."""
    accounts.current.store.add(issue(world, mailbox, user_id).data, PASSWORD)


def issue(world: World, mailbox: Mailbox, user_id: str) -> IssuedCertificate:
    """Authenticate, read the mailed code, and issue."""
    code = authenticate(world, user_id, PASSWORD)
    verify_code(world, code.id, newest_code(mailbox, address_of(user_id)))
    return issue_certificate(world, code.id, PASSWORD)


def address_of(user_id: str) -> str:
    """The mail address of a user who was registered by a Given step."""
    return f"{user_id}@sample.co.jp"
