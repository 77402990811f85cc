"""A small manual with everything in it that a manual can have, and its pictures."""

from datetime import date
from pathlib import Path

from PIL import Image

from manuals.model import (
    Audience,
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

HOSTILE = "<script>alert('x')</script> & \"引用\""
TRAIL = ("ＵＲＬアクセス", "電子証明書選択", "ログイン", "インフォメーション", "メニュー操作", "ログアウト")
PARTS = ("Ⅰ．ご利用の前に", "Ⅲ．基本操作", "Ⅳ．一般ユーザーの管理")


def sample_manual(chapters: int = 5, sections: int = 2) -> Manual:
    """A manual of three parts; its last chapter has no sections."""
    made = [sample_chapter(number, sections if number < chapters else 0) for number in range(1, chapters + 1)]
    shown = tuple(section.id for chapter in made for section in chapter.sections)
    return Manual(
        edition=Edition.EMPLOYER,
        cover=Cover(
            title="ろうきん賃金控除事務支援システム　操作の手引き",
            subtitle="事業主編",
            issuer="労働金庫",
            note="この手引きの氏名、番号、金額はすべて架空のものです。",
            issued=date(2026, 11, 20),
            version="第1版",
        ),
        chapters=tuple(made),
        messages=tuple(
            MessageLine(
                f"E{number}",
                f"入力{number}の形式が正しくありません。",
                "全角で入力されています。",
                "半角で入力し直してください。",
            )
            for number in range(1001, 1061)
        ),
        screens=(
            ScreenLine("DC582101", "ログイン", (*shown, "left-out")),
            ScreenLine("DC590101", "インフォメーション", shown[:1]),
        ),
    )


def sample_chapter(number: int, sections: int) -> Chapter:
    """A chapter; whose it is goes by its number."""
    audiences: tuple[Audience, ...] = ("everyone", "master", "general")
    return Chapter(
        id=f"chapter_{number}",
        number=number,
        part=PARTS[min(number // 2, 2)],
        title=("ログイン", "マスターユーザーの初期登録", "電子証明書の選択", "一般ユーザーの登録", "お問い合わせ")[
            (number - 1) % 5
        ],
        audience=audiences[number % 3],
        trail=tuple(TrailStep(n, label, n == number) for n, label in enumerate(TRAIL, 1)) if number % 2 else (),
        lead=("電子証明書を選び、**パスワード**を入力してログインします。", f"{HOSTILE}**{HOSTILE}**"),
        sections=tuple(sample_section(number, count) for count in range(1, sections + 1)),
        notes=("**閉塞**になったときは労金にご連絡ください。",),
        cautions=("パスワードは第三者に知られないように管理してください。", "続けて6回間違えるとロックされます。"),
        sources=("Ⅲ.2",),
    )


def sample_section(chapter: int, count: int) -> Section:
    """A section with scenes, pictures of every kind, a mail and tables."""
    key = f"part-{chapter}-{count}"
    return Section(
        id=key,
        number=f"{chapter}.{count}",
        title=f"マスターユーザーが{count}回目の手続きを行い、結果を確かめる",
        lead="この手順は**はじめて**ご利用になるときに行います。",
        given=("契約「10000001」があります。", "電子証明書がインポートされています。"),
        scenes=(
            sample_entry_scene(key, chapter),
            sample_window_scene(key, chapter),
            Scene((), None, ("終わります。",)),
        ),
        tables=(sample_tables(),) if count == 1 else (),
        clauses=("LGN-01",),
    )


def sample_entry_scene(key: str, chapter: int) -> Scene:
    """What is entered on a screen of the portal, with the mail that comes of it."""
    rows = (("項目", "値"), ("ユーザーID", "sample001"), ("パスワード", "●●●●●●●●"))
    return Scene(
        instructions=(
            Instruction(1, "次のとおり入力します。", rows, (1, 2)),
            Instruction(2, "「ログイン」ボタンを押します。", (), (3,)),
        ),
        figure=sample_figure(f"{key}-1", f"図{chapter}-1", "portal", ("ユーザーID", "パスワード", "ログイン")),
        results=("「インフォメーション」画面が表示されます。",),
        mails=(
            Mail(
                "info@sample.co.jp",
                "sample@sample.co.jp",
                "認証コードのお知らせ",
                f"労金　太郎 様\n\n　認証コード\n{HOSTILE}\n",
            ),
        ),
        outcome=sample_figure(f"{key}-1-after", f"図{chapter}-2", "portal", ()),
    )


def sample_window_scene(key: str, chapter: int) -> Scene:
    """What is done in windows that are not the portal's; the numbers go on."""
    return Scene(
        instructions=(Instruction(3, "証明書を選び、「ＯＫ」を押します。", (), (1,)), Instruction(4, "待ちます。")),
        figure=sample_figure(f"{key}-2", f"図{chapter}-3", "browser", ("ＯＫ",)),
        outcome=sample_figure(f"{key}-2-after", f"図{chapter}-4", "illustration", ()),
    )


def sample_figure(key: str, number: str, kind: FigureKind, labels: tuple[str, ...]) -> Figure:
    """A picture; drawn windows are smaller than browsers."""
    width, height = (620, 410) if kind == "illustration" else (1280, 720)
    return Figure(
        id=key,
        number=number,
        path=f"pictures/{key}.png",
        original=f"originals/{key}.png",
        width=width,
        height=height,
        kind=kind,
        caption="「ログイン」画面",
        alt=f"「ログイン」画面 {HOSTILE}",
        screen_id="DC582101" if kind == "portal" else None,
        badges=tuple(Badge(n, label, "クリック") for n, label in enumerate(labels, 1)),
    )


def sample_tables() -> ScreenTables:
    """The tables of a screen."""
    inputs = tuple(InputLine(f"項目{number}", "半角数字8桁", "半角数字8桁で入力します。") for number in range(1, 5))
    buttons = (ButtonLine("ログイン", "パスワードを確かめ、ログインします。"), ButtonLine("キャンセル", "戻ります。"))
    return ScreenTables(
        "DC582101", "ログイン", (*inputs, InputLine("備考", "", "")), buttons, ("有効期限は366日間です。", HOSTILE)
    )


def draw_pictures(manual: Manual, folder: Path) -> None:
    """Put plain pictures of the right shape where the manual's are."""
    for figure in manual.figures():
        path = folder / figure.path
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (figure.width // 10, figure.height // 10), "#e8eef5").save(path)
