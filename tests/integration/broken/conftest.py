"""What breaks for the scenarios here, which fail on purpose; pytest runs them only when they are named."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_bdd import given, when

from fixtures.logon_account import Accounts
from fixtures.portal import PortalUnderTest
from simulator.pki import seal

SCRIPT = "function send() {\n  nothing.here();\n}\nsend();\n"


@given("電子証明書が別のパスワードで封じられる")
def sealed_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    def otherwise(key: Any, certificate: Any, authority: Any, password: str, *rest: Any) -> bytes:
        return seal(key, certificate, authority, password.swapcase(), *rest)

    monkeypatch.setattr("simulator.services.certificates.seal", otherwise)


@given("初期パスワードの照合が壊れている")
def broken(portal: PortalUnderTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portal.world.passwords, "matches", lambda *_: 1 // 0)


@when("画面のスクリプトがエラーを起こす")
def script_breaks(accounts: Accounts) -> None:
    page = accounts.current.page
    page.route("**/once.js", lambda route: route.fulfill(body=SCRIPT, content_type="text/javascript"))
    with page.expect_event("pageerror"):
        page.reload()


@given("だれも言葉にしていない失敗が起こる")
def unworded() -> None:
    raise StopIteration
