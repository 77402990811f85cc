"""What pressing something in a window does, by the names that the windows' catalogue uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from simulator.catalogue.desk_windows import DeskCatalogue, DeskWindow, Part
from simulator.desk.accounts import ON, DeskAccount
from simulator.pki import WrongPassword, open_sealed
from simulator.rules import names_site

Sent = Mapping[str, str]
SECURE = "https://"
LONGEST_SITE = 200


class Stopped(Exception):  # noqa: N818 - it names what happened
    """The window cannot go on; the argument names what it says (`problems` of the catalogue)."""


def downloads_window(account: DeskAccount) -> str:
    """The window that a download brings up: a question each time, or the folder (BRW-13, ambiguity 20)."""
    return "download_prompt" if account.values["ask_download"] == ON else "folder"


class Press:
    """One press of a button, and what it does to the account.

    Args:
        catalogue: the windows.
        account: whose PC it is.
        window: where it was pressed.
        part: what was pressed.
        sent: what was typed, ticked and chosen in the window; `argument` is what of a list was pressed.
    """

    def __init__(
        self, catalogue: DeskCatalogue, account: DeskAccount, window: DeskWindow, part: Part, sent: Sent
    ) -> None:
        self._catalogue, self._account, self._window, self._part, self._sent = catalogue, account, window, part, sent

    def act(self) -> str:
        """Do it; the key of the window that follows.

        Raises:
            Stopped: the window cannot go on.
        """
        verb = self._part.does or ("toggle" if self._part.kind == "switch" else "")
        following = VERBS[verb](self) if verb else None
        return following or self._part.leads_to or self._window.key

    def toggle(self) -> None:
        """Turn a switch (BRW-06, BRW-08, PDF-03)."""
        first, second = self._catalogue.settings[self._part.setting].states
        values = self._account.values
        values[self._part.setting] = second if values[self._part.setting] == first else first

    def set(self) -> None:
        """Make a setting what the part stands for."""
        self._account.values[self._part.setting] = self._part.value

    def save(self) -> None:
        """Keep what is ticked and chosen in the window."""
        for part in self._window.walk():
            if part.kind == "check":
                self._account.values[part.setting] = ON if self._sent.get(part.key) == ON else "off"
            elif part.kind == "choice" and self._sent.get(part.key) in self._catalogue.settings[part.setting].states:
                self._account.values[part.setting] = self._sent[part.key]

    def add(self) -> None:
        """Register a site (BRW-10, BRW-21, IEM-05, IEM-09, IEM-12)."""
        address = self._sent.get(self._part.takes, "").strip()
        if not address:
            raise Stopped("empty")
        if not address.startswith(SECURE) or len(address) > LONGEST_SITE:
            raise Stopped("not_secure")
        known = self._account.lists[self._part.list]
        if names_site(known, address):
            raise Stopped("twice")
        known.append(address)

    def search(self) -> None:
        """Look for a program by its name (BRW-19, IEM-01)."""
        self._account.query = self._sent.get("query", "").strip()[:LONGEST_SITE]

    def start(self) -> str:
        """Start a program."""
        programs = {program.key: program for program in self._catalogue.programs}
        program = programs.get(self._sent.get("argument", ""))
        if program is None:
            raise Stopped("unknown_program")
        self._account.values.update(program.sets)
        return program.leads_to

    def downloads(self) -> str:
        """Look at what has come down: with a question each time, or in its folder (BRW-13, ambiguity 20)."""
        return downloads_window(self._account)

    def open_newest(self) -> str:
        """開く in the download prompt: the file that came last (CRT-33, PDF-10)."""
        names = self._account.folder.names
        return self._open(names[-1] if names else "", asks=self._account.values["mode"] == "ie")

    def open_file(self) -> str:
        """Open a file of the download folder (CRT-34)."""
        return self._open(self._sent.get("argument", ""))

    def start_wizard(self) -> str:
        """Begin an import, with every option as it is to begin with (IMP-01)."""
        self._account.secret = ""
        starting = self._catalogue.starting()
        self._account.values.update({name: starting[name] for name in self._catalogue.wizard})
        return "wizard_location"

    def choose_location(self) -> None:
        """次へ of 保存場所 (IMP-01)."""
        self.save()
        if self._account.values["location"] == "machine":
            raise Stopped("machine")

    def check_password(self) -> None:
        """次へ of 秘密キーの保護: the password has to be the one the file was sealed with (IMP-03)."""
        self.save()
        password = self._sent.get(self._part.takes, "")
        try:
            open_sealed(self._data(), password)
        except WrongPassword as wrong:
            raise Stopped("wrong_password") from wrong
        except ValueError as wrong:
            raise Stopped("unreadable") from wrong
        self._account.secret = password

    def choose_store(self) -> None:
        """次へ of 証明書ストア (IMP-06)."""
        self.save()
        if self._account.values["store"] == "named" and not self._account.values["named_store"]:
            raise Stopped("no_store")

    def finish(self) -> str | None:
        """完了: import, or ask before (IMP-08, IMP-09)."""
        if self._account.values["security_warning"] == ON:
            return "wizard_warning"
        self.import_it()
        return None

    def import_it(self) -> None:
        """Put the certificate into the account's store: only in the personal one can a browser choose it."""
        secret, self._account.secret = self._account.secret, ""
        if (self._account.values["store"], self._account.values["named_store"]) == ("named", "root"):
            return
        try:
            self._account.certificates.add(self._data(), secret)
        except ValueError as wrong:
            raise Stopped("not_imported") from wrong

    def decline(self) -> str:
        """いいえ: nothing is imported."""
        raise Stopped("not_imported")

    def access(self) -> str:
        """Open the portal: a certificate is asked for, unless there is only one and none is asked then (ACC-08)."""
        account = self._account
        account.shows_all, account.chosen = False, None
        if account.values["automatic_selection"] == ON and len(account.certificates.names) == 1:
            account.chosen = account.certificates.names[0]
            return "entering"
        return "select_ie" if account.values["mode"] == "ie" else "select_edge"

    def show_all(self) -> None:
        """その他: all certificates instead of one (ACC-07)."""
        self._account.shows_all = True

    def choose_certificate(self) -> str | None:
        """ＯＫ: without a choice it goes on only where there is nothing to choose (ACC-06, ACC-14, RNW-09)."""
        chosen = self._sent.get("certificate")
        if chosen not in self._account.certificates.names:
            if self._account.certificates.names:
                return self._window.key
            chosen = None
        self._account.chosen = chosen
        return None

    def properties(self) -> str | None:
        """The properties of the certificate that is marked (ACC-10)."""
        if self._sent.get("certificate") not in self._account.certificates.names:
            return self._window.key
        self._account.inspected = self._sent["certificate"]
        return None

    def _open(self, name: str, *, asks: bool = False) -> str:
        if name not in self._account.folder.names:
            raise Stopped("no_file")
        self._account.file = name
        if name.endswith(".pdf"):
            values = self._account.values
            return "viewer_reader" if (values["pdf_download"], values["pdf_app"]) == (ON, "reader") else "viewer_edge"
        if name.endswith(".csv"):
            return "viewer_excel"
        if not name.endswith(".p12"):
            raise Stopped("unreadable")
        if asks and self._account.values["ie_security"] == ON:
            return "ie_security"
        return self.start_wizard()

    def _data(self) -> bytes:
        try:
            return self._account.folder.read(self._account.file)
        except KeyError as gone:
            raise Stopped("no_file") from gone


VERBS: Mapping[str, Callable[[Press], str | None]] = {
    **{
        name: getattr(Press, name)
        for name in (
            "access", "add", "check_password", "choose_certificate", "choose_location", "choose_store", "decline",
            "downloads", "finish", "open_file", "open_newest", "properties", "save", "search", "set", "show_all",
            "start", "start_wizard", "toggle",
        )
    },
    "import": Press.import_it,
}  # fmt: skip
