"""What a browser shows is read as people see it; a screen that says something else than its list fails the step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route
from pytest_bdd.parser import FeatureParser, Step

from fixtures.logon_account import Accounts
from fixtures.options import FEATURES
from fixtures.portal import PortalUnderTest
from fixtures.recorder import BrokenPortal, Recorder
from fixtures.visible_texts import Text, text_problems
from fixtures.visible_texts.reading import read
from storyboard.plan import plan_of

Changed = Callable[..., Page]
INITIAL_LOGIN = "/master/initial-login"
SCREEN = "期待: 画面「マスターユーザー初期登録ログイン」（DC583101）の"
MARK = '<p class="mark" title='
CANCEL, NEXT = "<button>キャンセル</button>", '<button class="main">次へ</button>'
NOTE = "<li>契約番号は、「ご利用開始（変更）のお知らせ」に記載されています。</li>"
LEAD, KEYS = "入力し、「次へ」ボタンを押してください。", "ソフトウェアキーボード"
MENU = """<nav class="menu-bar"><ul><li><button>共通機能</button>
    <ul hidden><li><button>パスワード変更</button></li></ul></li></ul></nav>"""


@pytest.fixture
def changed(new_context: Callable[..., BrowserContext], portal: PortalUnderTest) -> Iterator[Changed]:
    """Shows a page of the portal in which every one of these texts was replaced by another."""
    context = new_context()

    def show(*replacements: tuple[str, str], path: str = INITIAL_LOGIN) -> Page:
        def answer(route: Route) -> None:
            response = route.fetch()
            body = response.text()
            for old, new in replacements:
                assert old in body, f"ページに {old} がありません"
                body = body.replace(old, new)
            route.fulfill(response=response, body=body)

        page = context.new_page()
        page.route(f"**{path}", answer)
        page.goto(f"{portal.endpoints.portal}{path}")
        return page

    yield show
    context.close()


@pytest.mark.parametrize("path", ["/", INITIAL_LOGIN, "/certificate/user-authentication", "/contact", "/environment"])
def test_a_sound_screen_agrees_with_its_list(changed: Changed, path: str) -> None:
    assert text_problems(changed(path=path)) == []


@pytest.mark.parametrize(
    ("replacements", "told"),
    [
        (
            [("契約番号と初期パスワードを入力し", "契約番号と初期パスワ一ドを入力し")],
            f"案内文は 「契約番号と初期パスワードを{LEAD}」 / 実際: 「契約番号と初期パスワ一ドを{LEAD}」",
        ),
        (
            [(CANCEL, "@"), (NEXT, CANCEL), ("@", NEXT)],
            f"ボタンの順は 「キャンセル」「{KEYS}」「次へ」 / 実際: 「次へ」「{KEYS}」「キャンセル」",
        ),
        (
            [(NOTE, "")],
            "注意は 「契約番号は、「ご利用開始（変更）のお知らせ」に記載されています。」 / 実際: なし",
        ),
        (
            [(NOTE, NOTE.replace("<li>", "<li hidden>"))],
            "注意は 「契約番号は、「ご利用開始（変更）のお知らせ」に記載されています。」 / 実際: なし",
        ),
        ([("半角数字8桁", "半角数字9桁")], "項目の説明は 「（半角数字8桁）」 / 実際: 「（半角数字9桁）」"),
        ([(">契約番号<", ">契約番号号<")], "項目は 「契約番号」 / 実際: 「契約番号号」"),
        ([(MARK, MARK.replace("<p", "<p hidden"))], "シミュレータの印は 「シミュレータ」 / 実際: なし"),
    ],
)  # fmt: skip
def test_what_was_changed_is_told_with_the_screen_and_the_part(
    changed: Changed, replacements: list[tuple[str, str]], told: str
) -> None:
    assert text_problems(changed(*replacements)) == [SCREEN + told]


def test_folded_menus_and_open_dialogs_are_read_and_closed_dialogs_are_not(changed: Changed) -> None:
    page = changed()
    page.set_content(
        f"{MENU}<main><p>照会</p></main><dialog>閉</dialog><dialog open><p class=lead>案内</p></dialog>"
        "<p class=lead hidden>裏</p>"
    )
    assert read(page) == [
        [Text("タブ", ""), Text("メニュー", "共通機能"), Text("メニュー", "パスワード変更"), Text("文", "照会")],
        [Text("案内文", "案内")],
    ]


def test_a_step_that_shows_a_changed_screen_fails_and_says_first_what_is_wrong(
    recorder: Recorder, accounts: Accounts, portal: PortalUnderTest
) -> None:
    feature = FeatureParser(str(FEATURES), "access/login_top.feature").parse()
    planned = plan_of(Path(feature.filename), FEATURES.parent)[0]
    recorder.open(feature, feature.scenarios[planned.title].render({}), planned)
    page = accounts.current.start_browser()
    page.goto(portal.url)
    page.evaluate("document.querySelector('.lead').textContent = '「ログイン」ボタンを押して下さい。'")
    recorder.begin_step(Step("表示する", "given", 1, 0, "もし"))
    with pytest.raises(BrokenPortal) as failed:
        recorder.end_step()
    assert str(failed.value).splitlines()[0] == (
        "期待: 画面「ろうきん賃金控除事務支援システムログイン画面」（DC581101）の案内文は "
        "「「ログイン」ボタンを押してください。」 / 実際: 「「ログイン」ボタンを押して下さい。」"
    )
