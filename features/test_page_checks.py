"""The judges of pages find what is wrong with one, and judge each kind of page once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Route

from fixtures.page_checks import NuChecker, PageChecks

HEAD = '<!doctype html><html lang="ja"><head><title>照会</title></head>'
SOUND = HEAD + "<body><main><h1>照会</h1>{}</main></body></html>"
ADDRESS = "https://portal.example/"


@pytest.fixture
def checks(checker: NuChecker) -> PageChecks:
    return PageChecks(checker, (ADDRESS,))


@pytest.fixture
def shown(new_context: Callable[..., BrowserContext]) -> Iterator[Callable[..., Page]]:
    """Shows a page with this in its middle, as if the portal had sent it."""
    contexts = {scripts: new_context(java_script_enabled=scripts) for scripts in (True, False)}

    def show(inside: str, address: str = ADDRESS, *, scripts: bool = True) -> Page:
        def answer(route: Route) -> None:
            route.fulfill(body=SOUND.format(inside), content_type="text/html; charset=utf-8")

        page = contexts[scripts].new_page()
        page.route("**/*", answer)
        page.goto(address)
        return page

    yield show
    for context in contexts.values():
        context.close()


def test_a_sound_page_has_no_problems(checks: PageChecks, shown: Callable[..., Page]) -> None:
    assert checks.problems(shown("<p>明細はありません。</p>")) == []


def test_what_axe_and_the_nu_checker_find_is_told_with_the_element(
    checks: PageChecks, shown: Callable[..., Page]
) -> None:
    found = "\n".join(checks.problems(shown('<p id="a">一</p><p id="a">二</p><img src="x.png">')))
    assert "HTML（Nu）: Duplicate ID" in found
    assert "アクセシビリティ（axe）: image-alt" in found
    assert '<img src="x.png">' in found


def test_a_kind_of_page_is_judged_once_and_another_kind_again(checks: PageChecks, shown: Callable[..., Page]) -> None:
    assert checks.problems(shown('<img src="1.png">'))
    assert checks.problems(shown('<img src="2.png">')) == []
    assert checks.problems(shown('<img src="2.png"><input>'))


def test_pages_of_others_are_left_alone(checks: PageChecks, shown: Callable[..., Page]) -> None:
    assert checks.problems(shown("<img>", "https://elsewhere.example/")) == []


def test_without_javascript_the_html_alone_is_judged_and_the_page_again_with_it(
    checks: PageChecks, shown: Callable[..., Page]
) -> None:
    without = checks.problems(shown('<img src="1.png">', scripts=False))
    assert any("Nu" in problem for problem in without)
    assert not any("axe" in problem for problem in without)
    assert any("axe" in problem for problem in checks.problems(shown('<img src="1.png">')))
