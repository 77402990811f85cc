"""Common names to make synthetic workers from, and branches that do not exist."""

from __future__ import annotations

_SURNAMES = """
佐藤 サトウ,鈴木 スズキ,高橋 タカハシ,田中 タナカ,伊藤 イトウ,渡辺 ワタナベ,山本 ヤマモト,中村 ナカムラ,
小林 コバヤシ,加藤 カトウ,吉田 ヨシダ,山田 ヤマダ,佐々木 ササキ,山口 ヤマグチ,松本 マツモト,井上 イノウエ,
木村 キムラ,林 ハヤシ,斎藤 サイトウ,清水 シミズ,山崎 ヤマザキ,森 モリ,池田 イケダ,橋本 ハシモト,
阿部 アベ,石川 イシカワ,山下 ヤマシタ,中島 ナカジマ,石井 イシイ,小川 オガワ,前田 マエダ,岡田 オカダ,
長谷川 ハセガワ,藤田 フジタ,後藤 ゴトウ,近藤 コンドウ,村上 ムラカミ,遠藤 エンドウ,青木 アオキ,坂本 サカモト,
福田 フクダ,太田 オオタ,西村 ニシムラ,藤井 フジイ,金子 カネコ,岡本 オカモト,中野 ナカノ,原田 ハラダ,
小野 オノ,竹内 タケウチ
"""
_GIVEN_NAMES = """
一郎 イチロウ,健太 ケンタ,大輔 ダイスケ,翔太 ショウタ,拓也 タクヤ,直樹 ナオキ,浩 ヒロシ,誠 マコト,隆 タカシ,修 オサム,
亮 リョウ,淳 ジュン,和也 カズヤ,達也 タツヤ,哲也 テツヤ,雄一 ユウイチ,正樹 マサキ,秀樹 ヒデキ,健一 ケンイチ,大樹 ダイキ,
陽子 ヨウコ,恵子 ケイコ,由美子 ユミコ,真由美 マユミ,智子 トモコ,裕子 ユウコ,明美 アケミ,久美子 クミコ,美穂 ミホ,愛 アイ,
美咲 ミサキ,彩 アヤ,千尋 チヒロ,葵 アオイ,さくら サクラ,結衣 ユイ,麻衣 マイ,直美 ナオミ,香織 カオリ,奈々 ナナ
"""

Named = tuple[str, str]


def _named(text: str) -> tuple[Named, ...]:
    pairs = (each.split() for each in text.replace("\n", "").split(","))
    return tuple((kanji, kana) for kanji, kana in pairs)


SURNAMES = _named(_SURNAMES)
GIVEN_NAMES = _named(_GIVEN_NAMES)
BRANCHES = tuple(f"架空{place}" for place in ("本店", "中央支店", "駅前支店", "港支店", "東支店", "西支店", "川端支店"))
# Spellings that families insist on: some are beyond CP932 altogether, some only in the extensions of NEC and IBM.
SPELLINGS = {"吉田": "𠮷田", "高橋": "髙橋", "山崎": "山﨑", "渡辺": "渡邉", "斎藤": "齋藤"}
# Two of them are met in the smallest contract that has a dozen workers.
FIRST_SPELT = (("𠮷田", "ヨシダ"), ("髙橋", "タカハシ"))
