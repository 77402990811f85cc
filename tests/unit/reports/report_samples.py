"""What the tests of the report share: scenarios made by hand, and a reader of HTML."""

from dataclasses import dataclass
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from storyboard.model import Attachment, Box, Failure, MailSeen, Scenario, Step, Touch

JAPAN = ZoneInfo("Asia/Tokyo")
TEN_O_CLOCK = datetime(2026, 11, 20, 10, 0, tzinfo=JAPAN)
WRITTEN_AT = datetime(2026, 11, 22, 21, 32, tzinfo=JAPAN)
WRONG_SCREEN = "AssertionError: 画面が違います\n詳細"
HOSTILE = """<script>alert("x")</script>&'{{ 7 * 7 }}"""


def make_scenario(identity: str, **changes: Any) -> Scenario:
    """Return a passed scenario without steps, with `changes`."""
    values: dict[str, Any] = {
        "id": identity,
        "name": f"シナリオ {identity}",
        "feature": "マスターユーザー初期登録",
        "chapter": "Ⅱ.1 初期設定",
        "rule": None,
        "description": "",
        "tags": (),
        "clauses": (),
        "edition": "employer",
        "file": "features/registration.feature",
        "line": 12,
        "outcome": "passed",
        "seconds": 1.5,
        "clock_at_start": TEN_O_CLOCK,
        "browser": "Chromium 156",
        "worker": "gw0",
        "steps": (),
        "started_at": WRITTEN_AT,
    }
    return Scenario(**(values | changes))


def full_scenario() -> Scenario:
    """Return a scenario which uses every part of the model."""
    touches = (
        Touch("契約番号", "input", Box(436, 177, 324, 30), "10000001"),
        Touch("初期パスワード", "input", Box(436, 221, 324, 30)),
        Touch("ログイン", "button", Box(436, 300, 180, 40)),
    )
    letter = MailSeen("info@example.jp", "taro@example.jp", "認証コード", "コード\n123456", TEN_O_CLOCK)
    steps = (
        Step(1, "前提", "契約がある", "passed", 0.1, table=(("契約番号", "10000001"),), events=("時計を進めた",)),
        Step(2, "もし", "ログインする", "passed", 0.4, "DC584101", "初期登録ログイン", "https://localhost/", touches,
             "pictures/full-01-02.png", (1280, 800)),
        Step(3, "ならば", "メールが届く", "passed", 0.2, mails=(letter,), certificate="rokin01 2027"),
    )  # fmt: skip
    video = Attachment("video", "confidential/full-01/video-1.webm")
    trace = Attachment("trace", "confidential/full-01/trace-1.zip")
    words = {"rule": "一人だけ", "description": "説明", "clauses": ("MRG-01",), "tags": ("x",)}
    return make_scenario("full-01", **words, steps=steps, attachments=(video, trace))


def failed_scenario(
    identity: str = "failed-01", message: str = "AssertionError: 画面が違います\n詳細", **changes: Any
) -> Scenario:
    """Return a scenario which failed in its second step, with page and trace."""
    steps = (
        Step(1, "前提", "契約がある", "passed", 0.1),
        Step(2, "もし", "登録する", "failed", 0.4, "DC584102", "初期登録"),
        Step(3, "ならば", "完了する", "skipped"),
    )
    kept = f"failures/{identity}"
    failure = Failure(message, "Traceback", f"{kept}/page.html", f"{kept}/trace.zip", ("[error] 409",))
    return make_scenario(identity, **({"outcome": "failed", "steps": steps, "failure": failure} | changes))


class Reader(HTMLParser):
    """Gathers the tags with their attributes, and the text, of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        """Return the attributes of the tags named so; `class_` stands for class."""
        wanted = {name.rstrip("_"): value for name, value in wanted.items()}
        return [found for name, found in self.tags if name == tag and wanted.items() <= found.items()]

    @property
    def ids(self) -> set[str]:
        """The anchors of the page."""
        return {found["id"] for _, found in self.tags if found.get("id")}  # type: ignore[misc]


@dataclass(frozen=True)
class Report:
    """A report on disk."""

    folder: Path

    def read(self, page: str = "index.html") -> Reader:
        """Return a page of the report, read."""
        return Reader((self.folder / page).read_text(encoding="utf-8"))
