"""Starting states, built through the domain exactly as a person would have come there, without the browser."""

from __future__ import annotations

from datetime import timedelta
from operator import itemgetter

from pytest_bdd import given, when

from fixtures.expectation import expect_equal, the_one
from fixtures.logon_account import Accounts
from simulator.catalogue import Edition
from simulator.mail import Mailbox
from simulator.pki import ClientAuthority, seal
from simulator.services.authentication import authenticate, verify_code
from simulator.services.bank import revoke_certificates
from simulator.services.certificates import IssuedCertificate, issue_certificate
from simulator.services.contracts import edition_of, open_contract
from simulator.services.registration import MasterEntry, register_master
from simulator.services.world import World
from steps.certificate import import_file, require_opening
from steps.known import known_contract, known_user
from steps.mail import newest_code
from steps.wording import sentence

PASSWORD = "Abcd#123"  # noqa: S105 - synthetic
USER_NAME = "労金　太郎"
EDITIONS = {"事業主": "employer", "会員": "member"}


@given(sentence("{party}の契約「{number}」がある"))
def contract_exists(world: World, party: str, number: str) -> None:
    """The contract is there, of this edition."""
    edition = the_one("契約者", party, EDITIONS.items(), itemgetter(0))[1]
    expect_equal(f"契約「{number}」の編", edition, str(edition_of(world, known_contract(world, number))))


@given(sentence("労金が契約「{number}」を初期パスワード「{secret}」で登録している"))
def contract_opened(world: World, number: str, secret: str) -> None:
    """The labour bank recorded a contract with the initial password its party filed (ROK-01)."""
    open_contract(world, number, Edition.EMPLOYER, "株式会社届出", secret)


@given(sentence("契約「{number}」にマスターユーザー「{user_id}」が登録されている"))
def master_exists(world: World, number: str, user_id: str) -> None:
    """A master is registered; the password is Abcd#123, the address the user id at sample.co.jp."""
    master_with_password_exists(world, number, user_id, PASSWORD)


@given(sentence("ユーザー「{user_id}」の電子証明書が発行されている"))
@when(sentence("ユーザー「{user_id}」が電子証明書を発行する"))
def certificate_issued(world: World, mailbox: Mailbox, user_id: str) -> None:
    """A certificate was issued, and not imported here."""
    issue(world, mailbox, user_id)


@given(sentence("ユーザー「{user_id}」の電子証明書がインポートされている"))
def certificate_imported(world: World, mailbox: Mailbox, accounts: Accounts, user_id: str) -> None:
    """A certificate was issued and imported under the current logon account."""
    certificate_imported_with(world, mailbox, accounts, user_id, PASSWORD)


@given(sentence("契約「{number}」にマスターユーザー「{user_id}」がパスワード「{password}」で登録されている"))
def master_with_password_exists(world: World, number: str, user_id: str, password: str) -> None:
    """A master is registered with a password of the scenario's own."""
    entry = MasterEntry(user_id, password, USER_NAME, address_of(user_id))
    register_master(world, known_contract(world, number), entry)


@given(sentence("ユーザー「{user_id}」の電子証明書がパスワード「{password}」でインポートされている"))
def certificate_imported_with(world: World, mailbox: Mailbox, accounts: Accounts, user_id: str, password: str) -> None:
    """A certificate was issued to a user with a password of the scenario's own, and imported here."""
    issued = issue(world, mailbox, user_id, password)
    import_file(accounts.current, issued.name, issued.data, password)


@given(sentence("労金がユーザー「{user_id}」の電子証明書を失効させている"))
@when(sentence("労金がユーザー「{user_id}」の電子証明書を失効させる"))
def certificate_revoked(world: World, user_id: str) -> None:
    """The labour bank revoked a user's certificates (ROK-08)."""
    revoke_certificates(world, known_user(world, user_id).user_id, "パソコンの変更")


@given(sentence("本システムに発行の記録がない電子証明書「{name}」がインポートされている"))
def foreign_certificate_imported(world: World, accounts: Accounts, name: str) -> None:
    """A certificate of the right make that this system has never issued (LGN-03).

    One of another authority cannot take its place: the browser's connection is refused before any screen.
    """
    now, key = world.clock.now(), world.keys.take()
    certificate = world.authority.issue(name, now, now + timedelta(days=world.profile.certificate_days), key)
    accounts.current.store.add(seal(key, certificate, world.authority.certificate, PASSWORD, name), PASSWORD)


@given(sentence("ほかのシステムの電子証明書「{name}」がインポートされている"))
def other_systems_certificate_imported(world: World, accounts: Accounts, name: str) -> None:
    """A certificate of an authority that this system does not name when it asks for one."""
    now, key = world.clock.now(), world.keys.take()
    other = ClientAuthority.create(now, "Other System CA")
    certificate = other.issue(name, now, now + timedelta(days=world.profile.certificate_days), key)
    accounts.current.store.add(seal(key, certificate, other.certificate, PASSWORD, name), PASSWORD)


def issue(world: World, mailbox: Mailbox, user_id: str, password: str = PASSWORD) -> IssuedCertificate:
    """Authenticate, read the mailed code, and issue; the file opens with the password (IMP-03)."""
    code = authenticate(world, known_user(world, user_id).user_id, password)
    verify_code(world, code.id, newest_code(mailbox, address_of(user_id)))
    issued = issue_certificate(world, code.id, password)
    require_opening(issued.name, issued.data, password)
    return issued


def address_of(user_id: str) -> str:
    """The mail address of a user who was registered by a Given step."""
    return f"{user_id}@sample.co.jp"
