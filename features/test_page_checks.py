"""The judges of pages find what is wrong with one, and judge each kind of page once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route

from fixtures.page_checks import JudgedKinds, NuChecker, PageChecks

pytestmark = pytest.mark.long

HEAD = '<!doctype html><html lang="ja"><head><title>照会</title></head>'
SOUND = HEAD + "<body><main><h1>照会</h1>{}</main></body></html>"
ADDRESS = "https://portal.example/"


@pytest.fixture
def checks(checker: NuChecker, tmp_path: Path) -> PageChecks:
    return checks_of_a_worker(checker, tmp_path)


def checks_of_a_worker(checker: NuChecker, run: Path) -> PageChecks:
    return PageChecks(checker, (ADDRESS,), JudgedKinds(run / "judged"))


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


def test_what_one_worker_has_judged_the_others_of_its_run_need_not(
    checker: NuChecker, shown: Callable[..., Page], tmp_path: Path
) -> None:
    this, other = (checks_of_a_worker(checker, tmp_path) for _ in range(2))
    page = shown('<img src="1.png">')
    assert this.problems(page)
    assert other.problems(page) == []
    assert checks_of_a_worker(checker, tmp_path / "judged").problems(page)


def test_a_kind_that_was_given_back_is_new_again(tmp_path: Path) -> None:
    kinds = JudgedKinds(tmp_path)
    assert [kinds.claim(("<p>", True)), kinds.claim(("<p>", True)), kinds.claim(("<p>", False))] == [True, False, True]
    kinds.give_back(("<p>", True))
    assert kinds.claim(("<p>", True))


def test_pages_of_others_are_left_alone(checks: PageChecks, shown: Callable[..., Page]) -> None:
    assert checks.problems(shown("<img>", "https://elsewhere.example/")) == []


def test_without_javascript_the_html_alone_is_judged_and_the_page_again_with_it(
    checks: PageChecks, shown: Callable[..., Page]
) -> None:
    without = checks.problems(shown('<img src="1.png">', scripts=False))
    assert any("Nu" in problem for problem in without)
    assert not any("axe" in problem for problem in without)
    assert any("axe" in problem for problem in checks.problems(shown('<img src="1.png">')))
