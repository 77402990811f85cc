"""A browser outside pytest, started as the test bench starts it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, ViewportSize, sync_playwright

from benchmarks.measuring import MeasurementError
from fixtures.browser import VIEWPORT, launch_arguments
from fixtures.browsers import BrowserMissing, find_browser


@contextmanager
def running_page() -> Iterator[Page]:
    """A page in the browser that the scenarios use.

    Raises:
        MeasurementError: there is no browser.
    """
    try:
        choice = find_browser()
    except BrowserMissing as missing:
        raise MeasurementError(str(missing)) from missing
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=choice.executable, channel=choice.channel, args=launch_arguments()
        )
        viewport: ViewportSize = {"width": VIEWPORT["width"], "height": VIEWPORT["height"]}
        yield browser.new_page(ignore_https_errors=True, viewport=viewport)
        browser.close()
