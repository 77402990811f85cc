"""The wardrobe: one certificate of every kind, and what becomes of a login with it.

Those of this system are made through the domain, at the moments at which a person would have had them issued.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from operator import itemgetter

from playwright.sync_api import Error
from pytest_bdd import given, then, when

from fixtures.certificates import NotOffered
from fixtures.expectation import expect_that, the_one
from fixtures.logon_account import Accounts, WrongPassword
from fixtures.portal import PortalUnderTest
from simulator.mail import Mailbox
from simulator.pki import ClientAuthority, seal
from simulator.rules import certificate_name, certificate_term
from simulator.services.bank import revoke_certificates
from simulator.services.timeline import move_to
from simulator.services.world import World
from steps.certificate import import_file
from steps.known import known_user
from steps.screens import Screens
from steps.states import PASSWORD, issue, master_exists
from steps.wording import sentence

REFUSED = "接続できない"


class Wardrobe:
    """Certificates for one user, each made in its own way and put into the current certificate store."""

    def __init__(self, world: World, mailbox: Mailbox, accounts: Accounts) -> None:
        self._world = world
        self._mailbox = mailbox
        self._accounts = accounts

    def hang(self, kind: str, number: str, user_id: str) -> None:
        """Bring a user and a certificate of this kind into being; a misspelt kind is told with those there are."""
        days = self._world.profile.certificate_days
        ways: dict[str, Callable[[str, str], None]] = {
            "有効な": self.own,
            "有効期限の近い": lambda n, u: self.own(n, u, age=timedelta(days=days - 1)),
            "有効期限の切れた": lambda n, u: self.own(n, u, age=timedelta(days=days, seconds=1)),
            "有効期間の始まっていない": lambda n, u: self.own(n, u, age=timedelta(seconds=-1)),
            "失効した": self.revoked,
            "ほかの認証局の": self.of_another_authority,
            "ほかのユーザーの": self.of_another_user,
            "サーバー用の": self.for_servers,
            "パスワードを間違えた": self.with_a_wrong_password,
        }
        the_one("電子証明書の種類", kind, ways.items(), itemgetter(0))[1](number, user_id)

    def own(self, number: str, user_id: str, age: timedelta = timedelta(0)) -> None:
        """Registered and issued by this system, so long ago."""
        with self._at(age):
            self._register(number, user_id)
            issued = issue(self._world, self._mailbox, user_id)
        import_file(self._accounts.current, issued.name, issued.data, PASSWORD)

    def revoked(self, number: str, user_id: str) -> None:
        """Revoked by the labour bank (ROK-08)."""
        self.own(number, user_id)
        revoke_certificates(self._world, known_user(self._world, user_id).user_id, "パソコンの変更")

    def of_another_authority(self, number: str, user_id: str) -> None:
        """Of the right name, and of a stranger's making."""
        self._register(number, user_id)
        stranger = ClientAuthority.create(self._world.clock.now())
        self._forge(user_id, replace(stranger, valid_at=self._world.authority.valid_at))

    def of_another_user(self, number: str, user_id: str) -> None:
        """Of the master of another contract; the user has none."""
        self._register(number, user_id)
        other = "20000001" if number != "20000001" else "10000001"
        self.own(other, f"{user_id[:10]}x9")

    def for_servers(self, number: str, user_id: str) -> None:
        """Of the right authority, for another purpose."""
        self._register(number, user_id)
        self._forge(user_id, self._world.authority, client_auth=False)

    def with_a_wrong_password(self, number: str, user_id: str) -> None:
        """Its import failed: the store stays as it was (IMP-03)."""
        self._register(number, user_id)
        with suppress(WrongPassword):
            self._accounts.current.store.add(issue(self._world, self._mailbox, user_id).data, PASSWORD.swapcase())

    def _register(self, number: str, user_id: str) -> None:
        master_exists(self._world, number, user_id)

    def _forge(self, user_id: str, authority: ClientAuthority, *, client_auth: bool = True) -> None:
        term = certificate_term(self._world.clock.now(), self._world.profile)
        name, key = certificate_name(user_id, term.expires_at, self._world.profile), self._world.keys.take()
        made = authority.issue(name, term.issued_at, term.expires_at, key, client_auth=client_auth)
        self._accounts.current.store.add(seal(key, made, authority.certificate, PASSWORD, name), PASSWORD)

    @contextmanager
    def _at(self, age: timedelta) -> Iterator[None]:
        """Do something so long ago; then time passes until now, with everything that falls due on the way."""
        now = self._world.clock.now()
        self._world.clock.set(now - age)
        yield
        move_to(self._world, now)


@given(sentence("契約「{number}」のマスターユーザー「{user_id}」が「{kind}」電子証明書を持っている"))
def has_certificate(world: World, mailbox: Mailbox, accounts: Accounts, number: str, user_id: str, kind: str) -> None:
    """A user and a certificate of one kind of the wardrobe."""
    Wardrobe(world, mailbox, accounts).hang(kind, number, user_id)


@given(sentence("契約「{number}」のマスターユーザー「{user_id}」が、有効期限の{days:d}日前の電子証明書を持っている"))
def has_certificate_running_out(
    world: World, mailbox: Mailbox, accounts: Accounts, number: str, user_id: str, days: str
) -> None:
    """A user whose certificate expires so many days from now (RNW-01)."""
    age = timedelta(days=world.profile.certificate_days - int(days))
    Wardrobe(world, mailbox, accounts).own(number, user_id, age)


@given(
    sentence("契約「{number}」のマスターユーザー「{user_id}」が、{days:d}日前に有効期限の切れた電子証明書を持っている")
)
def has_expired_certificate(
    world: World, mailbox: Mailbox, accounts: Accounts, number: str, user_id: str, days: str
) -> None:
    """A user whose certificate expired so many days ago (RNW-03)."""
    age = timedelta(days=world.profile.certificate_days + int(days))
    Wardrobe(world, mailbox, accounts).own(number, user_id, age)


@when("証明書ストアの電子証明書を選択してログインに進もうとする")
def try_to_log_in(accounts: Accounts, portal: PortalUnderTest, screens: Screens) -> None:
    """Choose the only certificate of the store, if there is one, and press ログイン if the portal comes at all."""
    account = accounts.current
    # Not offered: a real store's browser does not even show what the other way of presenting sees refused by TLS.
    with suppress(Error, NotOffered):
        account.start_browser(next(iter(account.store.names), None)).goto(portal.url)
    if account.has_window and account.screen() != (None, None):
        screens.current().press("ログイン")


@then(sentence("結果は「{outcome}」である"))
def outcome_is(accounts: Accounts, screens: Screens, outcome: str) -> None:
    """The title of the screen, the code of the message, or that there is no connection."""
    if outcome == REFUSED:
        title = accounts.current.screen()[1] if accounts.current.has_window else None
        expect_that(title is None, "本システムに接続できない", f"「{title}」が表示されています")
    elif outcome.startswith("E"):
        screens.titled("電子証明書エラー").should_be_shown()
        screens.current().should_tell(outcome)
    else:
        screens.titled(outcome).should_be_shown()
        screens.current().should_tell_nothing()
