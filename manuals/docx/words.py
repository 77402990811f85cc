"""Words of the manuals in Word that stand in no model: what tables, boxes and lists are called."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from manuals.model import Audience, Badge, FigureKind

CONTENTS = "目次"
APPENDICES = "資料"
MESSAGES, SCREENS = "メッセージ一覧", "画面一覧"
MESSAGES_LEAD = "画面に表示される番号で、原因と対処をお調べください。"
SCREENS_LEAD = "画面の左上に表示される画面IDで、その画面を説明しているところをお探しください。"
MESSAGE_HEADS = ("番号", "メッセージ", "原因", "対処")
SCREEN_HEADS = ("画面ID", "画面の名前", "載っているところ")
PAGE_BEFORE, PAGE_AFTER = "（", "ページ）"
GIVEN = "はじめに"
CAUTION = "ご注意"
TRAIL = "手順の流れ"
INPUTS, BUTTONS = "入力項目", "ボタン"
INPUT_HEADS = ("項目", "入力の決まり", "説明")
BUTTON_HEADS = ("ボタン", "説明")
ENTRIES = "入力する内容"
MAIL = "届くメール"
SUBJECT, SENDER, RECIPIENT = "件名", "差出人", "宛先"
NOTHING = "－"
AUDIENCE = "対象："
AUDIENCES: Mapping[Audience, str] = {
    "everyone": "全ユーザー",
    "master": "マスターユーザー",
    "general": "一般ユーザー",
}
KINDS: Mapping[FigureKind, str] = {"portal": "", "browser": "ブラウザの画面", "illustration": "説明図"}
_CIRCLED = {range(1, 21): 0x2460, range(21, 36): 0x3251, range(36, 51): 0x32B1}


def circled(number: int) -> str:
    """Return a number as badges and trails print it: ①; above 50, where no such letters are, (51)."""
    for numbers, first in _CIRCLED.items():
        if number in numbers:
            return chr(first + number - numbers.start)
    return f"({number})"


def legend(badge: Badge) -> str:
    """Return what a badge points at."""
    return f"{badge.label}（{badge.action}）"


def day(value: date) -> str:
    """Return a date as 2026年11月20日."""
    return f"{value.year}年{value.month}月{value.day}日"
