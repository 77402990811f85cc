"""Words of the manuals that stand in no model, whatever the format: what tables, boxes and lists are called."""

from __future__ import annotations

from manuals.model import Badge

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


def legend(badge: Badge) -> str:
    """Return what a badge points at."""
    return f"{badge.label}（{badge.action}）"
