"""What somebody does to get a certificate: user authentication, code, issue (CRT, RNW)."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from simulator.pki import open_sealed
from tests.model.compared import MOSTLY, PICKS, WINDOWS, ComparedMachine, one_of, typed
from tests.model.rules_model import Certificate, Code, Person
from tests.model.windows import BrowserWindow

AUTHENTICATION, CODE = "/certificate/user-authentication", "/certificate/code"
ISSUE, PROGRESS, RESULT = "/certificate/issue", "/certificate/issuing/progress?known=0", "/certificate/result"
UNKNOWN = "nobody01"
KINDS_OF_DIGITS = st.sampled_from(["正", "正", "誤", "誤", "最新", "最初"])


class AtIssuing(ComparedMachine):
    """Rules about the way to a certificate."""

    @rule(name=WINDOWS, person=PICKS, right=MOSTLY)
    def authenticate(self, name: str, person: int, right: bool) -> None:  # noqa: FBT001
        """A user, or somebody unknown."""
        known = {person.user_id: person.password for person in [*self.model.people.values()][::-1]}
        chosen = one_of([*known, UNKNOWN], person)
        self._authenticate(name, chosen, known.get(chosen, "Abcd#123"), right=right)

    @precondition(lambda self: self._without_certificate())
    @rule(name=WINDOWS, person=PICKS)
    def ask_for_a_code(self, name: str, person: int) -> None:
        """Somebody whom a certificate does not stand in the way of another one."""
        chosen = one_of(self._without_certificate(), person)
        self._authenticate(name, chosen.user_id, chosen.password, right=True)

    @precondition(lambda self: self._with_code())
    @rule(window=PICKS, which=KINDS_OF_DIGITS, times=st.sampled_from([1, 1, 1, 4, 5]))
    def enter_code(self, window: int, which: str, times: int) -> None:
        """In a window that waits for a code: the right one, a wrong one, the newest or the first of all mails."""
        for _ in range(times):
            if names := self._with_code():
                self._enter_code(one_of(names, window), which)

    @precondition(lambda self: any(window.verified for window, _ in self.windows.values()))
    @rule()
    def issue(self) -> None:
        self._issue(next(name for name, (window, _) in self.windows.items() if window.verified))

    @rule(name=WINDOWS)
    def step_out_of_turn(self, name: str) -> None:
        """Go straight to the code and the issue, wherever the window is; pressing once if that is possible."""
        self._enter_code(name, "誤")
        self._issue(name)

    @precondition(lambda self: self._without_certificate())
    @rule(name=WINDOWS, person=PICKS)
    def obtain_certificate(self, name: str, person: int) -> None:
        self.ask_for_a_code(name, person)
        if self.windows[name][0].code:
            self._enter_code(name, "正")
            self._issue(name)

    def _without_certificate(self) -> list[Person]:
        return [person for person in self.model.people.values() if not person.holds_one(self.model.now)]

    def _with_code(self) -> list[str]:
        return [name for name, (window, _) in self.windows.items() if window.code]

    def _authenticate(self, name: str, user_id: str, password: str, *, right: bool, again: bool = False) -> None:
        window, browser = self.windows[name]
        password, manner = typed(password, right=right)
        if not again:
            browser.get(AUTHENTICATION)
        answer = browser.press(AUTHENTICATION, user_id=user_id, password=password)
        expected = self.model.authenticate(window, user_id, password)
        if expected.screen == "code_entry" and window.code:
            window.code.digits = self.bench.newest_code(self.model.people[user_id].address)
        self.compare(f"窓{name}: {user_id}のユーザー認証（パスワード{manner}）", answer, expected)

    def _enter_code(self, name: str, which: str) -> None:
        window, browser = self.windows[name]
        digits = self._digits(which, window.code)
        answer = browser.get(CODE)
        if answer.page().screen == "code_entry":
            answer = browser.press(CODE, code=digits)
        self.compare(f"窓{name}: 認証コード（{which}）を入力", answer, self.model.enter_code(window, digits))

    def _digits(self, which: str, code: Code | None) -> str:
        if code is None or which == "誤":
            return f"{(int(code.digits) + 1) % 1_000_000:06d}" if code else "000000"
        return {"正": code, "最新": self.model.codes[-1], "最初": self.model.codes[0]}[which].digits

    def _issue(self, name: str) -> None:
        window, browser = self.windows[name]
        answer = browser.get(ISSUE)
        if answer.page().screen == "certificate_issue":
            browser.press(ISSUE)
            while b"true" not in browser.get(PROGRESS).body:  # it answers when there is news
                pass
            answer = browser.get(RESULT)
        before = len(self.model.certificates)
        self.compare(f"窓{name}: 電子証明書を発行", answer, self.model.issue(window))
        for certificate in self.model.certificates[before:]:
            self._import(certificate, browser)

    def _import(self, certificate: Certificate, browser: BrowserWindow) -> None:
        """Download the file and open it with the password of the issue (CRT-35, IMP-03)."""
        answer = browser.get(f"{RESULT}/file")
        opened = open_sealed(answer.body, certificate.password)
        found = (opened.name, opened.certificate.not_valid_before_utc, opened.certificate.not_valid_after_utc)
        self._same("電子証明書", found, (certificate.name, certificate.issued_at, certificate.expires_at))
        self._same("ファイル名", answer.headers["Content-Disposition"].rpartition("'")[2], certificate.file_name)
        self.lines[id(certificate)] = self.bench.line(opened)
