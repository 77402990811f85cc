"""Being in the middle of the way: the browser opens on a screen, with everything before it done through the domain."""

from __future__ import annotations

from typing import Any

import pytest

from fixtures.logon_account import Accounts
from fixtures.portal import PortalUnderTest
from simulator.catalogue import Catalogue
from simulator.mail import Mailbox
from simulator.portal import achieved
from simulator.services.authentication import authenticate, verify_code
from simulator.services.certificates import judge_certificate
from simulator.services.login import log_in
from simulator.services.registration import MasterEntry, authorize_initial_registration, register_master
from steps.certificate import require_opening
from steps.mail import newest_code
from steps.screens import Screens
from steps.states import PASSWORD, USER_NAME, address_of


class Arrival:
    """Lets somebody arrive at a screen; the verbs, the mails and the session are those of a person who walked there."""

    def __init__(
        self, accounts: Accounts, portal: PortalUnderTest, screens: Screens, catalogue: Catalogue, mailbox: Mailbox
    ) -> None:
        self._accounts = accounts
        self._portal = portal
        self._world = portal.world
        self._screens = screens
        self._catalogue = catalogue
        self._mailbox = mailbox

    def at_initial_login(self) -> None:
        """マスターユーザー初期登録ログイン."""
        self._at("initial_login")

    def at_registration(self, number: str, initial_password: str) -> None:
        """マスターユーザー初期登録, after the initial-registration login (MRG-04)."""
        authorize_initial_registration(self._world, number, initial_password)
        self._at("master_registration", achieved.initial_login(number))

    def at_registration_result(self, number: str, initial_password: str, user_id: str) -> None:
        """マスターユーザー登録結果, after the registration (MRG-26)."""
        authorize_initial_registration(self._world, number, initial_password)
        register_master(self._world, number, MasterEntry(user_id, PASSWORD, USER_NAME, address_of(user_id)))
        self._at("registration_result", achieved.registration(user_id))

    def at_user_authentication(self) -> None:
        """電子証明書発行 ユーザー認証."""
        self._at("user_authentication")

    def at_code_entry(self, user_id: str) -> None:
        """認証コード入力, after user authentication (CRT-13)."""
        code = authenticate(self._world, user_id, PASSWORD)
        self._at("code_entry", achieved.user_authentication(code.id, PASSWORD))

    def at_issue(self, user_id: str) -> None:
        """電子証明書発行, after the mailed code (CRT-20)."""
        code = authenticate(self._world, user_id, PASSWORD)
        verify_code(self._world, code.id, newest_code(self._mailbox, address_of(user_id)))
        self._at("certificate_issue", achieved.code_entry(code.id, PASSWORD, user_id))

    def at_result(self, user_id: str) -> None:
        """電子証明書発行結果: the issue itself takes place on the screens, for the browser downloads the file.

        It opens with the user's password; a browser on a real screen may be set to ask first where it goes.
        """
        self.at_issue(user_id)
        self._screens.current().press(self._catalogue.screen("certificate_issue").button("issue").label)
        self._screens.titled(self._catalogue.screen("certificate_result").title).should_be_shown()
        account = self._accounts.current
        if account.screen_in_use is None:
            file = account.downloaded_file()
            require_opening(file.name, file.read_bytes(), PASSWORD)

    def at_login(self, user_id: str) -> None:
        """ログイン, with the user's newest certificate chosen (LGN-04)."""
        self._at("login", certificate=self._accounts.current.store.newest_of(user_id))

    def at_user_change(self, user_id: str, concerned: str) -> None:
        """契約ユーザー情報変更 of a user, after a master's login (USR-08)."""
        self.logged_in_at("user_change", user_id, query=f"?user={concerned}")

    def logged_in_at(self, key: str, user_id: str, password: str = PASSWORD, query: str = "") -> None:
        """A screen for who has just logged in, such as the one on which the password has to be changed (LGN-07)."""
        store = self._accounts.current.store
        certificate = store.newest_of(user_id)
        holder = judge_certificate(self._world, store.get(certificate).presented)
        log_in(self._world, holder, password)
        self._at(key, achieved.login(user_id, holder.name), certificate, query)

    def _at(
        self, key: str, values: dict[str, Any] | None = None, certificate: str | None = None, query: str = ""
    ) -> None:
        session = self._portal.simulator.portal.sessions.open(values) if values else None
        page = self._accounts.current.start_browser(certificate, session)
        screen = self._catalogue.screen(key)
        page.goto(f"{self._accounts.current.address}{screen.path}{query}")
        self._screens.titled(screen.title).should_be_shown()


@pytest.fixture
def arrival(
    accounts: Accounts, portal: PortalUnderTest, screens: Screens, catalogue: Catalogue, mailbox: Mailbox
) -> Arrival:
    """How scenarios begin in the middle of the way."""
    return Arrival(accounts, portal, screens, catalogue, mailbox)
