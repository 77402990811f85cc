"""The script beside the scenario; run by `scenario`, not collected with the tests."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.scenario_timing import SCRIPT_TIMES
from fixtures.portal import PortalUnderTest

ADDRESS = "samplemail@sample.co.jp"
PASSWORD = "Abcd#123"  # noqa: S105 - synthetic


def test_script(
    request: pytest.FixtureRequest,
    portal: PortalUnderTest,
    browser_context_args: dict[str, Any],
    tmp_path: Path,
) -> None:
    """The same by hand; only the script itself is timed."""
    # Not as a parameter: the plugin would start another browser for tests that ask for one by name.
    browser: Browser = request.getfixturevalue("browser")
    started = time.perf_counter()
    data = _get_certificate(browser, browser_context_args, portal, tmp_path)
    _log_in_and_out(browser, browser_context_args, portal, data)
    request.config.stash[SCRIPT_TIMES].append(time.perf_counter() - started)


def _get_certificate(browser: Browser, options: dict[str, Any], portal: PortalUnderTest, folder: Path) -> bytes:
    context = browser.new_context(**options)
    page = context.new_page()
    page.goto(portal.url)
    _press(page, "マスターユーザーの初期登録")
    _fill(page, 契約番号="10000001", 初期パスワード="Rokin#01")
    _press(page, "次へ")
    _expect(page, "マスターユーザー初期登録")
    _fill(page, ユーザーID="sample001", パスワード=PASSWORD, パスワード再入力=PASSWORD)
    _fill(page, ユーザー名="労金　太郎", メールアドレス=ADDRESS, メールアドレス再入力=ADDRESS)
    _press(page, "登録")
    _expect(page, "マスターユーザー登録結果")
    _press(page, "電子証明書発行")
    _fill(page, ユーザーID="sample001", パスワード=PASSWORD)
    _press(page, "認証")
    _expect(page, "認証コード入力")
    _fill(page, 認証コード=_code(portal))
    _press(page, "認証")
    _expect(page, "電子証明書発行")
    with page.expect_download() as download:
        _press(page, "発行")
        _expect(page, "電子証明書発行結果")
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    _press(page, "閉じる")
    _expect(page, "終了")
    context.close()
    return path.read_bytes()


def _log_in_and_out(browser: Browser, options: dict[str, Any], portal: PortalUnderTest, data: bytes) -> None:
    certificate: Any = {"origin": portal.url.rstrip("/"), "pfx": data, "passphrase": PASSWORD}
    context = browser.new_context(**options, client_certificates=[certificate])
    page = context.new_page()
    page.goto(portal.url)
    _press(page, "ログイン")
    _expect(page, "ログイン")
    _fill(page, パスワード=PASSWORD)
    _press(page, "ログイン")
    _expect(page, "インフォメーション")
    _press(page, "ログアウト")
    _expect(page, "ろうきん賃金控除事務支援システムログイン画面")
    context.close()


def _press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()


def _fill(page: Page, **values: str) -> None:
    for label, value in values.items():
        page.get_by_label(label, exact=True).fill(value)


def _expect(page: Page, title: str) -> None:
    expect(page.locator("h1")).to_have_text(title)


def _code(portal: PortalUnderTest) -> str:
    mail = portal.simulator.sink.mailbox.wait(to=ADDRESS, timeout=5)
    assert mail is not None
    found = re.search(r"(?<!\d)\d{6}(?!\d)", mail.text)
    assert found is not None
    return found[0]
