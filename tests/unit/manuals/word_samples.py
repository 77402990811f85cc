"""A manual with everything that a manual can have, and its pictures."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PIL import Image

from manuals.model import (
    Badge,
    ButtonLine,
    Chapter,
    Cover,
    Figure,
    FigureKind,
    InputLine,
    Instruction,
    Mail,
    Manual,
    MessageLine,
    Scene,
    ScreenLine,
    ScreenTables,
    Section,
    TrailStep,
)
from simulator.catalogue import Edition
from storyboard.masking import MASK

STEPS = ("ＵＲＬアクセス", "電子証明書選択", "ログイン", "インフォメーション", "メニュー操作", "ログアウト")


def figure(number: str, kind: FigureKind = "portal", width: int = 1280, height: int = 800) -> Figure:
    id_ = f"sample-{number[1:]}"
    badges = (Badge(1, "パスワード", "入力", MASK), Badge(2, "ログイン", "クリック"))
    return Figure(
        id=id_,
        number=number,
        path=f"pictures/{id_}.png",
        original=f"originals/{id_}.png",
        width=width,
        height=height,
        kind=kind,
        caption="「ログイン」画面",
        alt=f"「ログイン」画面。番号の示すもの: ①パスワード、②ログイン。{number}",
        screen_id="DC582101" if kind == "portal" else None,
        badges=badges if kind == "portal" else (),
    )


def section(chapter: int, number: int) -> Section:
    first = 2 * number - 1
    entries = (("項目", "値"), ("ユーザーID", "sample001"), ("パスワード", MASK))
    mail = Mail(
        "info@sample.jp", "sample001@sample.co.jp", "認証コードのお知らせ", f"労金　太郎 様\n\n認証コード\n{MASK}\n"
    )
    return Section(
        id=f"login-{chapter}-{number:02}",
        number=f"{chapter}.{number}",
        title=f"手続き{chapter}の{number}を行う",
        lead="証明書を選び、**パスワード**を入力してログインします。",
        given=("契約「10000001」があります。",),
        scenes=(
            Scene(
                (
                    Instruction(1, "次のとおり入力します。", entries, (1,)),
                    Instruction(2, "「ログイン」ボタンを押します。", (), (2,)),
                ),
                figure(f"図{chapter}-{first}"),
                ("「インフォメーション」画面が表示されます。",),
                (mail,),
                figure(f"図{chapter}-{first + 1}", "illustration", 640, 400),
            ),
            Scene((Instruction(3, "「閉じる」ボタンを押します。"),), None),
        ),
        tables=(
            ScreenTables(
                "DC582101",
                "ログイン",
                (InputLine("パスワード", "半角8～12桁", ""),),
                (ButtonLine("ログイン", "ログインします。"),),
                ("パスワードは、ほかの人に知られないようにしてください。",),
            ),
        ),
        clauses=("LGN-01",),
    )


def chapter(number: int, part: str, title: str, sections: int = 2) -> Chapter:
    return Chapter(
        id=f"chapter{number}",
        number=number,
        part=part,
        title=title,
        audience="master" if number == 1 else "everyone",
        trail=tuple(TrailStep(count, label, label == "ログイン") for count, label in enumerate(STEPS, 1)),
        lead=("ご利用の前に**必ず**お読みください。",),
        sections=tuple(section(number, count) for count in range(1, sections + 1)),
        notes=("画面は開発中のものです。",),
        cautions=("電子証明書は、発行したパソコンでしか使えません。",),
    )


def manual(*numbers: int, messages: int = 60) -> Manual:
    """A manual with these chapters, 1 to 3 unless told."""
    parts = {1: "Ⅱ．初期設定", 2: "Ⅱ．初期設定", 3: "Ⅲ．基本操作"}
    chapters = tuple(chapter(number, parts[number], f"第{number}の操作") for number in numbers or parts)
    shown = tuple(section.id for chapter in chapters for section in chapter.sections)
    return Manual(
        edition=Edition.EMPLOYER,
        cover=Cover(
            "ろうきんシステム　操作の手引き", "事業主編", "労働金庫", "架空です。", date(2026, 11, 20), "第1版"
        ),
        chapters=chapters,
        messages=tuple(
            MessageLine(
                f"E{1000 + count}",
                "正しくありません。もう一度、入力してください。",
                "入力の誤りです。",
                "入力し直してください。",
            )
            for count in range(messages)
        ),
        screens=(ScreenLine("DC582101", "ログイン", shown),),
    )


def draw_pictures(made: Manual, folder: Path) -> None:
    """Pictures, all different, for the figures."""
    for count, one in enumerate(made.figures()):
        path = folder / one.path
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (one.width, one.height), (200, 220, 200 + count)).save(path)
