"""The desk's memory: what is set under each Windows logon account."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import RLock
from urllib.parse import quote, unquote

from simulator.catalogue.desk_windows import DeskCatalogue
from simulator.desk.places import Certificates, CertificatesInMemory, Folder, FolderInMemory
from simulator.rules import BrowserSettings, Symptom, names_site, symptoms

ON = "on"
COOKIE = "koujyo-desk"
MOST_ACCOUNTS = 200


class TooManyAccounts(Exception):  # noqa: N818 - it names what happened
    """Nobody practises under so many names."""


@dataclass
class DeskAccount:
    """What one logon account has set, and what its windows are about.

    Attributes:
        name: whose it is.
        folder, certificates: what it really has.
        values: what is set, by the setting's name.
        lists: the sites that were registered, by the list's name.
        file: the file that is open.
        secret: the password typed for it, until the import.
        query: what was searched for.
        inspected: the certificate whose properties are shown.
        chosen: the certificate with which the browser goes on; None for none.
        shows_all: whether the selection dialog shows every certificate (ACC-07).
    """

    name: str
    folder: Folder
    certificates: Certificates
    values: dict[str, str]
    lists: dict[str, list[str]]
    file: str = ""
    secret: str = field(default="", repr=False)
    query: str = ""
    inspected: str = ""
    chosen: str | None = None
    shows_all: bool = False

    @property
    def path(self) -> str:
        """Its name as a part of addresses."""
        return quote(self.name, safe="")

    def settings(self, site: str) -> BrowserSettings:
        """Whether the preconditions for using a site are met in the browser mode that is used (BRW-01)."""
        if self.values["mode"] == "ie":
            return BrowserSettings(
                javascript=self.values["scripting"] == ON,
                cookies=names_site(self.lists["cookie_sites"], site),
                popups=self.values["popup_blocker"] != ON or names_site(self.lists["ie_popup_sites"], site),
                trusted=names_site(self.lists["trusted_sites"], site),
            )
        return BrowserSettings(
            javascript=self.values["javascript"] == ON,
            cookies=self.values["cookies"] == ON,
            popups=self.values["popups"] == ON or names_site(self.lists["popup_sites"], site),
            trusted=names_site(self.lists["trusted_sites"], site),
        )


@dataclass(frozen=True)
class Client:
    """The PC that a request to the portal comes from: what its settings bring about."""

    symptoms: frozenset[Symptom]
    closing_page: str


class Desk:
    """All logon accounts.

    Args:
        catalogue: what can be set, and the windows.
        site: the portal's address, as it has to be registered.
        get_address: the desk's own address, without a final slash, once it is served.
        get_portal: the portal's, the same way.
        hide_mark: whether the シミュレータ mark is left out.
    """

    def __init__(
        self,
        catalogue: DeskCatalogue,
        site: str,
        get_address: Callable[[], str],
        get_portal: Callable[[], str],
        *,
        hide_mark: bool = False,
    ) -> None:
        self.catalogue, self.site, self.hide_mark = catalogue, site, hide_mark
        self.get_address, self.get_portal = get_address, get_portal
        self.lock = RLock()
        self._accounts: dict[str, DeskAccount] = {}

    @property
    def names(self) -> list[str]:
        """Who has signed in."""
        return list(self._accounts)

    def find(self, name: str) -> DeskAccount | None:
        """The account of this name, if it has signed in."""
        return self._accounts.get(name)

    def sign_in(self, name: str, folder: Folder | None = None, certificates: Certificates | None = None) -> DeskAccount:
        """Sign in to Windows; what was set before is still there.

        Args:
            name: of the logon account.
            folder: its download folder, the first time; one in memory by default.
            certificates: its certificate store, the same way.

        Raises:
            TooManyAccounts: there is no room for one more.
        """
        with self.lock:
            if name not in self._accounts:
                if len(self._accounts) >= MOST_ACCOUNTS:
                    raise TooManyAccounts
                self._accounts[name] = DeskAccount(
                    name,
                    folder if folder is not None else FolderInMemory(),
                    certificates if certificates is not None else CertificatesInMemory(),
                    self.catalogue.starting(),
                    {key: [] for key in self.catalogue.lists},
                )
            return self._accounts[name]

    def client_of(self, cookies: Mapping[str, str]) -> Client | None:
        """The PC that a browser was started on from the desk; None for every other browser."""
        account = self.find(unquote(cookies.get(COOKIE, "")))
        if account is None:
            return None
        page = f"{self.get_address()}/{account.path}/closing"
        return Client(symptoms(account.settings(self.site)), page)

    def clear(self) -> None:
        """Forget all accounts."""
        with self.lock:
            self._accounts.clear()
