import pytest

from reports.wording import CAUSE_LENGTH, cause, duration, moment, source, touched
from storyboard.model import Touch, TouchKind
from tests.unit.reports.report_samples import TEN_O_CLOCK, failed_scenario, make_scenario


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0.00 秒"),
        (9.994, "9.99 秒"),
        (9.996, "10.0 秒"),
        (12.34, "12.3 秒"),
        (59.96, "1 分 00 秒"),
        (185, "3 分 05 秒"),
        (3599.7, "1 時間 00 分"),
        (3720, "1 時間 02 分"),
    ],
)
def test_durations_read_naturally_at_every_length(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_moments_are_told_in_japan_time_with_the_weekday() -> None:
    assert moment(TEN_O_CLOCK) == "2026年11月20日（金）10:00:00"


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("input", "10000001", "「欄」に「10000001」を入力"),
        ("input", None, "「欄」に入力（値は伏せています）"),
        ("input", "", "「欄」を空欄にする"),
        ("button", None, "「欄」ボタンを押す"),
        ("hover", None, "「欄」にマウスを合わせる"),
        ("link", None, "「欄」のリンクを開く"),
        ("key", "a", "「欄」キーを押す"),
        ("text", None, "「欄」の表示を確認"),
        ("text", "完了", "「欄」に「完了」と表示"),
    ],
)
def test_each_touch_reads_as_what_a_person_does(kind: TouchKind, value: str | None, text: str) -> None:
    assert touched(Touch("欄", kind, None, value)) == text


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ("\n\n  画面が違います  \n詳細", "画面が違います"),
        ("AssertionError: 画面が違います", "画面が違います"),
        ("playwright._impl._errors.TimeoutError: Page.goto: 止まった", "Page.goto: 止まった"),
        ("E1003 既に登録されています", "E1003 既に登録されています"),
        ("", "原因は記録されていません"),
        ("AssertionError: ", "AssertionError:"),
    ],
)
def test_a_cause_is_the_first_line_which_says_something(message: str, line: str) -> None:
    assert cause(failed_scenario(message=message)) == line


def test_a_long_cause_is_cut_and_a_skipped_scenario_gives_its_reason() -> None:
    assert len(cause(failed_scenario(message="長" * 999))) == CAUSE_LENGTH
    assert cause(make_scenario("a-1", outcome="skipped", reason="office がない")) == "office がない"


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("別紙1, 通しページ 12 (seed L687); 表1(2), page not printed", "別紙1（通しページ 12）、表1(2)"),
        ("cover §11(3)ア, 通しページ 4 (seed L9)", "ご利用開始にあたって 11.(3)ア（通しページ 4）"),
        ("cover and 共通編, 通しページ 1-32", "ご利用開始にあたってと共通編（通しページ 1-32）"),
        ("cover §5, 通しページ 2; remedy 別紙1 (8)", "ご利用開始にあたって 5.（通しページ 2）、直し方は別紙1 (8)"),
        ("Ⅱ.1 ⑥ (wizard picture) (seed L1); Ⅱ.1 ⑥ (seed L2)", "Ⅱ.1 ⑥（ウィザードの図）、Ⅱ.1 ⑥"),
        ("Ⅱ.1 ⑥ (seed L1-2); Ⅱ.1 ⑥ (seed L8)", "Ⅱ.1 ⑥"),
        ("目次Ⅳ.1-1-3, Ⅳ.1-1-4, 通しページ 57", "目次Ⅳ.1-1-3、Ⅳ.1-1-4（通しページ 57）"),
    ],
)
def test_places_in_the_manuals_read_in_japanese_without_working_notes(place: str, text: str) -> None:
    assert source(place) == text
