"""Microsoft Edge's settings, by the manuals' annex 1 and the PDF procedure.

Untested: Edge cannot be installed where these were written. The labels are those the manuals print; a newer Edge that
has renamed something needs one line changed here.
"""

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

SITES = (Click("Cookie とサイトのアクセス許可"),)
SHOWN = {"許可済み": "許可済み", "ブロック済み": "ブロック済み"}

EDGE = SettingsMap(
    address="edge://settings/",
    back="戻る",
    settings={
        "JavaScript": Setting(
            way=(*SITES, Click("JavaScript")),
            kept_as=KEPT_JAVASCRIPT,
            states={
                "許可済み": Control("許可 (推奨)", "switch"),
                "ブロック済み": Control("許可 (推奨)", "switch", on=False),
            },
            reading=SHOWN,
        ),
        "Cookie": Setting(
            way=(*SITES, Click("Cookie とサイトデータの管理と削除")),
            kept_as=KEPT_COOKIES,
            states={
                "有効": Control("Cookieデータの保存と読み取りをサイトに許可する（推奨）", "switch"),
                "無効": Control("Cookieデータの保存と読み取りをサイトに許可する（推奨）", "switch", on=False),
            },
        ),
        "ポップアップとリダイレクト": Setting(
            way=(*SITES, Click("ポップアップとリダイレクト")),
            kept_as=KEPT_POPUPS,
            states={
                "許可済み": Control("ブロック (推奨)", "switch", on=False),
                "ブロック済み": Control("ブロック (推奨)", "switch"),
            },
            reading=SHOWN,
            allow="許可: サイトの追加",
            allowed="許可",
        ),
        "常に PDF ファイルをダウンロード": Setting(
            way=(*SITES, Click("PDF ドキュメント")),
            kept_as=KEPT_PDF,
            states={
                "ＯＮ": Control("常に PDF ファイルをダウンロード", "switch"),
                "ＯＦＦ": Control("常に PDF ファイルをダウンロード", "switch", on=False),
            },
        ),
        "ダウンロード時の動作を毎回確認する": Setting(
            way=(Click("ダウンロード"),),
            kept_as=KEPT_ASKING,
            states={
                "ＯＮ": Control("ダウンロード時の動作を毎回確認する", "switch"),
                "ＯＦＦ": Control("ダウンロード時の動作を毎回確認する", "switch", on=False),
            },
        ),
        "個人情報": Setting(
            way=(Click("プロファイル"), Click("個人情報")),
            kept_as=KEPT_PERSON,
            states={
                "ＯＮ": Control("個人情報の保存と入力", "switch"),
                "ＯＦＦ": Control("個人情報の保存と入力", "switch", on=False),
            },
        ),
    },
    site="サイト",
    add="追加",
)
