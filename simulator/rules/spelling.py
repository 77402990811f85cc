"""One spelling for every text that people enter, however their keyboard, PDF or computer wrote it.

What looks the same is kept the same: letters and their marks are joined (NFC), radicals that a PDF gives away are the
ideographs they look like, and the kana for va, vi, ve and vo are those that every character set has. A variation
selector stays behind an ideograph, whose shape it chooses where it can be shown; elsewhere it goes. The compatibility
ideographs stay (神 beside 神): NFC would take families the shape that they write their names with.
"""

import re
import unicodedata

_IDEOGRAPHS = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SELECTOR = "[\ufe00-\ufe0f\U000e0100-\U000e01ef]"
_ANY_SELECTOR = re.compile(_SELECTOR)
_LOST_SELECTOR = re.compile(f"(?<![{_IDEOGRAPHS}]){_SELECTOR}")
_COMPOSABLE = re.compile("[^\uf900-\ufaff\U0002f800-\U0002fa1f]+")
# Unicode's EquivalentUnifiedIdeograph.txt; of Kangxi's radicals NFKC knows as much.
_RADICALS = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺"
    "⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
_LOOK_LIKE = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀"
    "聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_KANGXI = {radical: unicodedata.normalize("NFKC", chr(radical)) for radical in range(0x2F00, 0x2FD6)}
_VA = {"ヷ": "ヴァ", "ヸ": "ヴィ", "ヹ": "ヴェ", "ヺ": "ヴォ"}
_SPELT = str.maketrans(dict(zip(_RADICALS, _LOOK_LIKE, strict=True)) | _VA) | _KANGXI
_DRAWS_NOTHING = str.maketrans(dict.fromkeys("\u115f\u1160\u2800\u3164\uffa0"))


def spelt(text: str) -> str:
    """The one spelling of a text; of one that is spelt so already, the same."""
    if text.isascii():
        return text
    joined = _COMPOSABLE.sub(lambda part: unicodedata.normalize("NFC", part[0]), text)
    return _LOST_SELECTOR.sub("", joined.translate(_SPELT))


def without_selectors(text: str) -> str:
    """A text as it is counted, searched and printed where no font has the variants."""
    return text if text.isascii() else _ANY_SELECTOR.sub("", text)


def is_selector(character: str) -> bool:
    """Whether a character only chooses the shape of the one before it."""
    return _ANY_SELECTOR.fullmatch(character) is not None


def is_blank(text: str) -> bool:
    """Whether nothing of a text can be seen: it is empty, or all spaces of any kind."""
    return not text.translate(_DRAWS_NOTHING).strip()
