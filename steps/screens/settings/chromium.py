"""Chromium's settings in Japanese, as version 156 has them: the same settings as Edge's, in other words."""

from __future__ import annotations

from steps.screens.settings.model import (
    KEPT_ASKING,
    KEPT_COOKIES,
    KEPT_JAVASCRIPT,
    KEPT_PDF,
    KEPT_PERSON,
    KEPT_POPUPS,
    Click,
    Control,
    Setting,
    SettingsMap,
)

SITES = (
    Click("プライバシーとセキュリティ", "menuitem"),
    Click("サイトの設定", beside="サイトが使用、表示できる情報（位置情報、カメラ、ポップアップなど）を制御します"),
)
MORE = (*SITES, Click("その他のコンテンツの設定", "button"))
JAVASCRIPT = {
    "許可済み": "サイトが JavaScript を使用できるようにする",
    "ブロック済み": "サイトに JavaScript の使用を許可しない",
}
POPUPS = {
    "許可済み": "サイトがポップアップを送信したりリダイレクトを使用したりできるようにする",
    "ブロック済み": "サイトにポップアップの送信やリダイレクトの使用を許可しない",
}

CHROMIUM = SettingsMap(
    address="chrome://settings/",
    back="サブページの戻るボタン",
    settings={
        "JavaScript": Setting(
            way=(*SITES, Click("JavaScript")),
            kept_as=KEPT_JAVASCRIPT,
            states={state: Control(label) for state, label in JAVASCRIPT.items()},
            reading=JAVASCRIPT,
        ),
        "Cookie": Setting(
            way=(*MORE, Click("デバイス上のサイトデータ")),
            kept_as=KEPT_COOKIES,
            states={
                "有効": Control("サイトによるデバイスへのデータの保存を許可する"),
                "無効": Control(
                    "サイトによるデバイスへのデータの保存を許可しない（非推奨）",
                    answer="オフにする",
                ),
            },
            reading={
                "有効": "サイトはデバイスにデータを保存できます",
                "無効": "サイトはデバイスにデータを保存できません",
            },
        ),
        "ポップアップとリダイレクト": Setting(
            way=(*SITES, Click("ポップアップとリダイレクト")),
            kept_as=KEPT_POPUPS,
            states={state: Control(label) for state, label in POPUPS.items()},
            reading=POPUPS,
            allow="サイトを許可リストに追加します",
            allowed="ポップアップの送信やリダイレクトの使用を許可するサイト",
        ),
        "常に PDF ファイルをダウンロード": Setting(
            way=(*MORE, Click("PDF ドキュメント")),
            kept_as=KEPT_PDF,
            states={"ＯＮ": Control("PDF をダウンロードする"), "ＯＦＦ": Control("Chromium で PDF を開く")},
        ),
        "ダウンロード時の動作を毎回確認する": Setting(
            way=(Click("ダウンロード", "menuitem"),),
            kept_as=KEPT_ASKING,
            states={
                state: Control("ダウンロード前に各ファイルの保存場所を確認する", "switch", on)
                for state, on in (("ＯＮ", True), ("ＯＦＦ", False))
            },
        ),
        "個人情報": Setting(
            way=(Click("自動入力とパスワード", "menuitem"), Click("連絡先情報", beside="住所の保存と管理")),
            kept_as=KEPT_PERSON,
            states={
                state: Control("住所を保存して自動入力する", "switch", on)
                for state, on in (("ＯＮ", True), ("ＯＦＦ", False))
            },
        ),
    },
    site="ウェブサイト",
    add="追加",
)
