"""Using what a window has: what is missing is told at once, with what there is instead."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from playwright.sync_api import Error, Locator, Page
from playwright.sync_api import TimeoutError as WaitedTooLong

from fixtures.expectation import fail, there_are
from steps.screens.seeing import what_is_shown

# What a page of the portal has is there as soon as the page has come; the browser's own pages draw themselves later.
FOUND_MILLISECONDS = 2_000
DRAWN_MILLISECONDS = 10_000
PAGE_MILLISECONDS = 15_000
NAMES = """places => places.map(place =>
    place.getAttribute('aria-label') ?? place.labels?.[0]?.textContent ?? place.textContent ?? '')"""


def find(what: str, control: Locator, others: Locator, milliseconds: int = FOUND_MILLISECONDS) -> Locator:
    """Make sure that something is there before it is used; a hidden one is there, too.

    Args:
        what: what it is, in Japanese.
        control: where it is.
        others: everything of its kind, whose names are told when it is missing.
        milliseconds: how long it may take to come once the page is there.

    Raises:
        Unexpected: it is missing, or there are several.
    """
    control.page.wait_for_load_state("domcontentloaded")
    if not (count := control.count()):
        with suppress(WaitedTooLong):
            control.first.wait_for(state="attached", timeout=milliseconds)
        # Asked anew: a busy machine may have taken all that time for its first answer.
        count = control.count()
    if not count:
        fail(f"{what}がある", f"{there_are(others.evaluate_all(NAMES))}（{what_is_shown(control.page)}）")
    if count > 1:
        fail(f"{what}が1つある", f"{count}つあります（{what_is_shown(control.page)}）")
    return control


def fill(what: str, box: Locator, others: Locator, value: str) -> None:
    """Type into an input; only when that cannot be done it is asked why. The rest as in `find`.

    Raises:
        Unexpected: it is missing, or there are several.
    """
    try:
        box.fill(value, timeout=FOUND_MILLISECONDS)
    except Error:
        find(what, box, others).fill(value)


def choose_option(what: str, box: Locator, label: str) -> None:
    """Choose from a list; the choices there are stand in the failure.

    Raises:
        Unexpected: there is no such choice.
    """
    choices = box.locator("option").all_text_contents()
    if label not in [choice.strip() for choice in choices]:
        fail(f"{what}で「{label}」を選べる", there_are(choices))
    box.select_option(label=label)


@contextmanager
def another_page(page: Page, done: str) -> Iterator[None]:
    """Wait for the page to which leads what is done in the block.

    Args:
        page: the window.
        done: what is done there, in Japanese.

    Raises:
        Unexpected: it cannot be done, or no page comes.
    """
    try:
        with page.expect_event("domcontentloaded", timeout=PAGE_MILLISECONDS):
            yield
    except WaitedTooLong as problem:
        fail(f"{done}と、次のページが表示される", f"表示されません。{what_is_shown(page)}", str(problem))


def press(what: str, control: Locator) -> None:
    """Click something that can be clicked.

    Raises:
        Unexpected: it is covered, hidden or disabled.
    """
    try:
        control.click(timeout=PAGE_MILLISECONDS)
    except WaitedTooLong as problem:
        fail(f"{what}を押せる", f"押せません。{what_is_shown(control.page)}", str(problem))
