"""What the tests of the manuals share: scenarios, content and a builder made by hand."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from manuals.building import ManualBuilder
from manuals.outline import CONTENT, load_outline
from simulator.catalogue import Edition, load_catalogue
from storyboard.masking import MASK
from storyboard.model import Box, Hidden, MailSeen, Scenario, Step, Touch
from tests.unit.reports.report_samples import TEN_O_CLOCK, make_scenario

FEATURE = "login/login.feature"
CHAPTER = {"title": "ログイン", "part": "Ⅲ．基本機能", "trail": "way", "sources": ["Ⅲ.2"], "features": [FEATURE]}
COVER = {
    "titles": {"employer": "手引き", "member": "手引き"},
    "subtitles": {"employer": "事業主編", "member": "会員編"},
    "issuer": "労働金庫",
    "note": "架空",
    "issued": "2026-11-20",
    "version": "第1版",
}
TRAILS = {
    "way": [{"label": "ログイン選択", "screens": ["login_top"]}, {"label": "ログイン", "screens": ["login"]}, "次"]
}
WORDING = {
    "endings": {"する": "します", "される": "されます", "押す": "押します", "届く": "届きます"},
    "sentences": {"用意してある": "", "「{label}」に「{value}」を入力する": "「{label}」を入力します。"},
    "blanks": dict(load_outline().wording.blanks),
}


def content(folder: Path, chapters: Mapping[str, Mapping[str, Any]] | None = None, **files: Any) -> Path:
    """Write content into `folder`; `chapters` by the names of their files, other files by their names."""
    (folder / "chapters").mkdir(parents=True)
    for name, value in {"cover": COVER, "trails": TRAILS, "wording": WORDING, **files}.items():
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(value, allow_unicode=True), encoding="utf-8")
    for name, value in (chapters or {"310_login": CHAPTER}).items():
        path = folder / "chapters" / f"{name}.yaml"
        path.write_text(yaml.safe_dump(dict(value), allow_unicode=True), encoding="utf-8")
    return folder


def step(number: int, keyword: str, text: str, **changes: Any) -> Step:
    """A step on ログイン, with a picture, unless `changes` say otherwise."""
    values: dict[str, Any] = {
        "screen_id": "DC582101",
        "screen_title": "ログイン",
        "url": "https://127.0.0.1:4443/login",
        "picture": f"pictures/sample-{number:02d}.png",
        "picture_size": (1280, 960),
        "surface": "portal",
    }
    return Step(number, keyword, text, "passed", **(values | changes))


def login_scenario(identity: str = "login-login-01", **changes: Any) -> Scenario:
    """A scenario for the manual: a password is typed, a button pressed, and a mail with a code comes."""
    place = Box(483, 377, 285, 37)
    mail = MailSeen("info@example.jp", "taro@example.jp", "認証コード", f"コード\n{MASK}\n以上", TEN_O_CLOCK)
    hidden = (Hidden("パスワード", place),)
    typed: dict[str, Any] = {"touches": (Touch("パスワード", "input", place),), "hidden": hidden}
    steps = (
        step(1, "前提", "用意してある"),
        step(2, "もし", f"「パスワード」に「{MASK}」を入力する", **typed),
        step(3, "かつ", "「ログイン」ボタンを押す", touches=(Touch("ログイン", "button", Box(550, 443, 180, 42)),),
             hidden=hidden),
        step(4, "ならば", "「インフォメーション」画面が表示される", screen_id="DC590101",
             screen_title="インフォメーション", url="https://127.0.0.1:4443/information"),
        step(5, "かつ", f"コード「{MASK}」が届く", screen_id="DC590101", screen_title="インフォメーション",
             url="https://127.0.0.1:4443/information", mails=(mail,)),
    )  # fmt: skip
    values = {"name": "ログインする", "tags": ("手順書",), "clauses": ("LGN-05",), "edition": None, "steps": steps}
    return make_scenario(identity, **({"file": f"features/{FEATURE}", "line": 10} | values | changes))


def builder(folder: Path | None, scenarios: Sequence[Scenario], edition: Edition = Edition.EMPLOYER) -> ManualBuilder:
    """A builder with the content in `folder`, or with the project's own."""
    return ManualBuilder(edition, load_outline(folder or CONTENT), load_catalogue(), scenarios)
