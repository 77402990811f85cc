"""How values read in the report: Japanese words for outcomes, touches, times and causes."""

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import quote
from zoneinfo import ZoneInfo

from storyboard.model import Scenario, Step, Touch

JAPAN = ZoneInfo("Asia/Tokyo")
WEEKDAYS = "月火水木金土日"
CAUSE_LENGTH = 160
_ERROR_CLASS = re.compile(r"(?:[A-Za-z_][\w.]*)?(?:Error|Exception|Timeout): ")
# How the clause catalogue names a place in the manuals, and how people read it; "cover" is the cover letter.
_PLACES = tuple(
    (re.compile(named), read)
    for named, read in (
        (r" ?\(seed L[^)]*\)|, page not printed", ""),
        (r"cover §(\d+)", r"ご利用開始にあたって \1."),
        (r"cover and ", "ご利用開始にあたってと"),
        (r"remedy ", "直し方は"),
        (r" \(wizard picture\)", "（ウィザードの図）"),
        (r", (通しページ [\d-]+)", r"（\1）"),
        (r", ", "、"),
    )
)

# The Gherkin keywords that begin a block of steps: what is given, what is done, what is seen.
CAUSE, ACT, SEEN = BLOCKS = ("前提", "もし", "ならば")
OUTCOMES: Mapping[str, str] = {"passed": "成功", "failed": "失敗", "skipped": "見送り", "none": "シナリオなし"}
SIGNS: Mapping[str, str] = {"passed": "○", "failed": "×", "skipped": "－", "none": "・"}
ATTACHMENTS: Mapping[str, str] = {"trace": "トレース", "video": "動画", "screenshot": "閉じる前の画面"}
EDITIONS: Mapping[str, str] = {"employer": "事業主編", "member": "会員編"}
TESTABLE_BY: Mapping[str, str] = {
    "portal": "ポータル画面",
    "control": "時計・管理操作",
    "browser-settings": "ブラウザ設定",
    "native-dialog": "ブラウザ・OS のダイアログ",
    "mail": "メール",
    "os-illustration": "OS 画面（図示のみ）",
}
KINDS: Mapping[str, str] = {
    "flow-step": "手順",
    "notice": "注意",
    "policy": "方針",
    "button": "ボタン",
    "screen": "画面",
    "limit": "制限値",
    "field": "入力項目",
    "environment": "環境",
    "symptom": "症状",
    "back-office": "労働金庫側",
    "mail": "メール",
    "file-format": "ファイル形式",
}


def duration(seconds: float) -> str:
    """Return a length of time: 0.42 秒, 12.3 秒, 3 分 05 秒, 1 時間 02 分."""
    if round(seconds, 2) < 10:  # noqa: PLR2004 - below ten seconds hundredths tell something
        return f"{seconds:.2f} 秒"
    if round(seconds, 1) < 60:  # noqa: PLR2004
        return f"{seconds:.1f} 秒"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} 時間 {minutes:02} 分" if hours else f"{minutes} 分 {rest:02} 秒"


def moment(value: datetime) -> str:
    """Return an instant in Japan time: 2026年11月20日（金）10:00:00."""
    local = value.astimezone(JAPAN)
    return f"{local.year}年{local.month}月{local.day}日（{WEEKDAYS[local.weekday()]}）{local:%H:%M:%S}"


def touched(touch: Touch) -> str:
    """Return what was done to a control as the end of a sentence; a value of None is a secret."""
    match touch.kind, touch.value:
        case "input", None:
            return f"「{touch.label}」に入力（値は伏せています）"
        case "input", "":
            return f"「{touch.label}」を空欄にする"
        case "input", value:
            return f"「{touch.label}」に「{value}」を入力"
        case "text", None | "":
            return f"「{touch.label}」の表示を確認"
        case "text", value:
            return f"「{touch.label}」に「{value}」と表示"
        case kind, _:
            return f"「{touch.label}」{ACTIONS[kind]}"


ACTIONS: Mapping[str, str] = {
    "button": "ボタンを押す",
    "link": "のリンクを開く",
    "hover": "にマウスを合わせる",
    "key": "キーを押す",
}


def failed_step(scenario: Scenario) -> Step | None:
    """Return the step in which the scenario failed, None where it failed outside its steps."""
    return next((step for step in scenario.steps if step.outcome == "failed"), None)


def cause(scenario: Scenario) -> str:
    """Return why a scenario failed (or did not run) as one line of at most CAUSE_LENGTH characters."""
    text = scenario.failure.message if scenario.failure else scenario.reason
    line = next((line.strip() for line in text.splitlines() if line.strip()), "原因は記録されていません")
    line = line.removeprefix(found.group()) if (found := _ERROR_CLASS.match(line)) else line
    return line if len(line) <= CAUSE_LENGTH else line[: CAUSE_LENGTH - 1] + "…"


def source(place: str) -> str:
    """Return places of the clause catalogue as people read them, without its working notes.

    Lines of the text copies and pages that are not printed are left out, and no place is named twice.
    """
    for named, read in _PLACES:
        place = named.sub(read, place)
    return "、".join(dict.fromkeys(place.split("; ")))


def href(path: str) -> str:
    """Return a path of the report folder as the text of a link."""
    return quote(str(PurePosixPath(path)))
