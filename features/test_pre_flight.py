"""The pre-flight of the certificate store: a browser that would ask is found in seconds, not by hanging."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fixtures.certificates import StoreUnavailable, presenting
from fixtures.certificates.presenting import StoreBrowsers
from fixtures.certificates.store import StoredCertificate
from fixtures.portal import PortalUnderTest
from simulator.pki import generate_key, seal

NAME = "sample001 20271120100000 ROKIN Koujyo Web System"
PASSWORD = "Abcd#123"  # noqa: S105 - synthetic
# The start of the browser included; Playwright's own patience for a page is 30 seconds.
FOUND_WITHIN = 20.0

# Windows takes its policy from the registry.
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Linux の証明書ストアで確かめます")

Imported = Callable[[], StoredCertificate]


@pytest.fixture
def browsers(store_browsers: StoreBrowsers) -> StoreBrowsers:
    """Browsers with a store of which none has presented a certificate yet."""
    return replace(store_browsers, is_proven=False)


@pytest.fixture
def imported(browsers: StoreBrowsers, running_portal: PortalUnderTest, tmp_path: Path) -> Imported:
    """Imports a certificate that is valid by the machine's own time, which is the browser's."""

    def imported() -> StoredCertificate:
        authority, key, now = running_portal.world.authority, generate_key(), datetime.now(UTC)
        certificate = authority.issue(NAME, now - timedelta(days=1), now + timedelta(days=1), key)
        store = browsers.new_store(tmp_path)
        store.add(seal(key, certificate, authority.certificate, PASSWORD, NAME), PASSWORD)
        return store.get(NAME)

    return imported


def test_a_browser_for_which_the_policy_chooses_passes(
    browsers: StoreBrowsers, imported: Imported, tmp_path: Path
) -> None:
    browser = browsers.start(tmp_path, imported())
    assert browsers.is_proven
    browser.close()


def test_a_browser_that_would_ask_is_closed_and_named_as_the_reason(
    browsers: StoreBrowsers, imported: Imported, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = imported()
    browsers.prepare(tmp_path, certificate)  # a machine that cannot do it is skipped here, with the reason
    monkeypatch.setattr(presenting, "selection_policy", lambda *_: {})
    began = time.monotonic()
    with pytest.raises(StoreUnavailable, match="ブラウザが証明書の選択を求めています"):
        browsers.start(tmp_path, certificate)
    assert time.monotonic() - began < FOUND_WITHIN
    assert not browsers.is_proven
