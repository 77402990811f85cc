"""What somebody does with a certificate: login, information, logout (LGN, LGO)."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.model.compared import MOSTLY, PICKS, WINDOWS, ComparedMachine, one_of, typed
from tests.model.portal_model import Window
from tests.model.rules_model import Certificate

LOGIN, INFORMATION, LOGOUT = "/login", "/information", "/logout"
CHANGES = {
    "information": "/password",
    "password_change_first": "/login/password/first",
    "password_change_expired": "/login/password/expired",
}


class AtLogin(ComparedMachine):
    """Rules about logging in and out."""

    @rule(name=WINDOWS)
    def open_login_without_certificate(self, name: str) -> None:
        self._open_login(name, None)

    @precondition(lambda self: self.model.certificates)
    @rule(name=WINDOWS, certificate=PICKS)
    def open_login(self, name: str, certificate: int) -> None:
        self._open_login(name, one_of(self.model.certificates[::-1], certificate))

    @precondition(lambda self: self._at_login())
    @rule(window=PICKS, right=MOSTLY)
    def enter_password(self, window: int, right: bool) -> None:  # noqa: FBT001
        """Press the button of a login screen that may have been open for long."""
        self._enter_password(one_of(self._at_login(), window), right=right)

    @precondition(lambda self: self.model.certificates)
    @rule(name=WINDOWS, certificate=PICKS)
    def log_in(self, name: str, certificate: int) -> None:
        self._open_login(name, one_of(self._good_certificates() or self.model.certificates, certificate))
        if name in self._at_login():
            self._enter_password(name, right=True)

    @precondition(lambda self: self.model.certificates)
    @rule(certificate=PICKS)
    def log_in_at_two_windows(self, certificate: int) -> None:
        """Often as the same user: the newer login wins."""
        for name in "AB":
            self.log_in(name, certificate)
        self.open_information("A")

    @rule(name=WINDOWS)
    def open_information(self, name: str) -> None:
        window, browser = self.windows[name]
        self.compare(f"窓{name}: インフォメーション画面を開く", browser.get(INFORMATION), self.model.look(window))

    @precondition(lambda self: any(window.user_id for window, _ in self.windows.values()))
    @rule(new=st.sampled_from(["Neko#111", "Inu-2222"]), right=MOSTLY)
    def change_password_here(self, new: str, right: bool) -> None:  # noqa: FBT001
        """On the screen that is due after login, or else from the menu."""
        name = next(name for name, (window, _) in self.windows.items() if window.user_id)
        window, browser = self.windows[name]
        person = self.model.people.get(window.user_id or "")
        current, manner = typed(person.password if person else "Abcd#123", right=right)
        answer = browser.get(INFORMATION)
        path = CHANGES.get(answer.page().screen)
        if path:
            browser.get(path)
            answer = browser.press(path, current_password=current, new_password=new, new_password_again=new)
        expected = self.model.change_password_at(window, current, new)
        self.compare(f"窓{name}: パスワード（{manner}）を{new}に変更", answer, expected)

    @precondition(lambda self: any(window.user_id for window, _ in self.windows.values()))
    @rule()
    def log_out(self) -> None:
        name = next(name for name, (window, _) in self.windows.items() if window.user_id)
        self.open_information(name)
        window, browser = self.windows[name]
        if window.user_id and not self.model.people[window.user_id].change_due(self.model.now):
            self.compare(f"窓{name}: ログアウト", browser.press(LOGOUT), self.model.log_out(window))

    def _good_certificates(self) -> list[Certificate]:
        return [held for held in self.model.certificates[::-1] if not self.model.judge(held)]

    def _at_login(self) -> list[str]:
        return [name for name, (window, _) in self.windows.items() if window.login_shown]

    def _open_login(self, name: str, certificate: Certificate | None) -> None:
        """Close the window, open it with another certificate, and go to the login."""
        line = self.lines[id(certificate)] if certificate else None
        window, browser = self.windows[name] = Window(certificate), self.bench.window(line)
        called = f"「{certificate.name}」" if certificate else "なし"
        answer = browser.get(LOGIN)
        self.compare(f"窓{name}: 電子証明書{called}でログイン画面へ", answer, self.model.show_login(window))

    def _enter_password(self, name: str, *, right: bool) -> None:
        window, browser = self.windows[name]
        assert window.certificate
        person = self.model.people.get(window.certificate.user_id)
        password, manner = typed(person.password if person else "Abcd#123", right=right)
        answer = browser.press(LOGIN, password=password)
        self.compare(f"窓{name}: ログイン（パスワード{manner}）", answer, self.model.enter_password(window, password))
