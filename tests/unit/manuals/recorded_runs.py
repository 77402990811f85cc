"""What the tests of whole builds share: a small run of two marked scenarios, recorded with whatever secrets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw

from simulator.catalogue import load_catalogue
from storyboard.confidential import keep_secrets
from storyboard.masking import masked, masked_copy
from storyboard.model import FOR_MANUAL, Box, Hidden, MailSeen, Scenario, Step, Touch, save

TEN_O_CLOCK = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
SIZE = (1280, 720)
PASSWORD_BOX, CODE_BOX = Box(400, 200, 280, 36), Box(400, 320, 160, 36)
LOGIN = load_catalogue().screen("login")
CODE_ENTRY = load_catalogue().screen("code_entry")
INFORMATION = load_catalogue().screen("information")


@dataclass(frozen=True)
class Secrets:
    """What nobody may read: what is typed, what is in a sentence, a code that came by mail."""

    typed: str = "Canary#Typed77"
    spoken: str = "Canary&<Spoken>'88'"
    code: str = "918273"

    @property
    def all(self) -> frozenset[str]:
        return frozenset({self.typed, self.spoken, self.code})


def record(folder: Path, secrets: Secrets | None = None, *, headline: str = "ようこそ", extra: int = 0) -> Path:
    """Record a run for each edition, and `extra` more steps with pictures of their own.

    Pictures show as many dots as the password is long, and the code in clear, as a browser does.
    """
    kept = secrets or Secrets()
    for edition, tag in (("employer", "事業主編"), ("member", "会員編")):
        _save(folder, _scenario(f"login-login-{edition}", edition, tag, kept, extra), kept, headline)
    return folder


def _save(folder: Path, scenario: Scenario, secrets: Secrets, headline: str) -> None:
    save(masked_copy(scenario, lambda text: masked(text, secrets.all)), folder / "storyboards")
    keep_secrets(folder, scenario.id, secrets.all)
    (folder / "pictures").mkdir(exist_ok=True)
    for step in scenario.steps:
        if step.picture:
            shown = [(hidden.box, _as_shown(hidden.label, secrets)) for hidden in step.hidden]
            _picture(folder / step.picture, f"{step.screen_title} {headline} {step.number}", shown)


def _as_shown(label: str, secrets: Secrets) -> str:
    return secrets.code if label == CODE_ENTRY.fields[0].label else "*" * len(secrets.typed)


def _picture(path: Path, headline: str, shown: list[tuple[Box, str]]) -> None:
    image = Image.new("RGB", SIZE, "#f2f5f8")
    pen = ImageDraw.Draw(image)
    # The default font has no Japanese letters.
    pen.text((60, 60), headline.encode("ascii", "backslashreplace").decode(), fill="#102030")
    for box, text in shown:
        pen.rectangle((box.x, box.y, box.x + box.width, box.y + box.height), fill="#ffffff", outline="#8090a0")
        pen.text((box.x + 8, box.y + 10), text, fill="#000000")
    image.save(path, format="PNG")


def _scenario(identity: str, edition: str, tag: str, secrets: Secrets, extra: int) -> Scenario:
    password, code = LOGIN.fields[0].label, CODE_ENTRY.fields[0].label
    letter = MailSeen("info@example.jp", "taro@example.jp", "お知らせ", f"コード\n{secrets.code}\n以上", TEN_O_CLOCK)
    steps = [
        Step(1, "前提", f"パスワードが「{secrets.spoken}」である", "passed"),
        Step(
            2, "もし", f"「{password}」に「{secrets.typed}」を入力する", "passed", 0.1,
            LOGIN.id, LOGIN.title, "https://localhost/", (Touch(password, "input", PASSWORD_BOX),),
            f"pictures/{identity}-02.png", SIZE, (letter,), table=((password, secrets.typed),),
            surface="portal", hidden=(Hidden(password, PASSWORD_BOX),),
        ),
        Step(
            3, "かつ", f"「{code}」に「{secrets.code}」を入力する", "passed", 0.1,
            CODE_ENTRY.id, CODE_ENTRY.title, "https://localhost/", (Touch(code, "input", CODE_BOX),),
            f"pictures/{identity}-03.png", SIZE, surface="portal", hidden=(Hidden(code, CODE_BOX),),
        ),
        Step(
            4, "ならば", f"「{INFORMATION.title}」画面が表示される", "passed", 0.1,
            INFORMATION.id, INFORMATION.title, "https://localhost/", (), f"pictures/{identity}-04.png", SIZE,
            surface="portal",
        ),
    ]  # fmt: skip
    steps += [_extra(identity, len(steps) + 1 + count) for count in range(extra)]
    return Scenario(
        id=identity,
        name=f"ログインする（{secrets.spoken}）",
        feature="ログイン",
        chapter="Ⅲ.2 ログイン",
        rule=None,
        description=f"「{secrets.typed}」を使います。",
        tags=(FOR_MANUAL, tag),
        clauses=(),
        edition="employer" if edition == "employer" else "member",
        file="features/login/login.feature",
        line=10,
        outcome="passed",
        seconds=1.0,
        clock_at_start=TEN_O_CLOCK,
        browser="Chromium",
        worker="gw0",
        steps=tuple(steps),
    )


def _extra(identity: str, number: int) -> Step:
    button = Touch("進む", "button", Box(400, 420 + number, 120, 40))
    return Step(
        number, "もし", f"「{number}」番の「進む」ボタンを押す", "passed", 0.1,
        None, f"画面{number}", f"https://localhost/{number}", (button,),
        f"pictures/{identity}-{number:02d}.png", SIZE, surface="portal",
    )  # fmt: skip
