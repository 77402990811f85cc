"""Text in bytes, decoded as the WHATWG Encoding standard does (https://encoding.spec.whatwg.org/).

Python's codecs know neither the characters of NEC and IBM (①, ㈱, 髙) nor half-width kana in ISO-2022-JP, and EUC-JP
without them. Both are carried over into Shift_JIS, whose codec (cp932) has them all.
"""

from __future__ import annotations

import codecs
import re
from itertools import chain

UNKNOWN = "\N{REPLACEMENT CHARACTER}"

# WHATWG's names of encodings and their labels, and the labels that only mails use. What is missing here is guessed.
_JAPANESE = {
    "shift_jis": "cp932 csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis cswindows31j x-ms-cp932",
    "euc-jp": "cseucpkdfmtjapanese euc-jp eucjp x-euc-jp eucjp-ms cp51932 eucjp-win ujis",
    "iso-2022-jp": "csiso2022jp iso-2022-jp iso-2022-jp-ms cp50220 cp50221 cp50222 iso-2022-jp-1 iso-2022-jp-2"
    " iso-2022-jp-3 iso-2022-jp-2004 jis csiso2022jp2",
}
_OTHERS = {
    "utf-8": "unicode-1-1-utf-8 utf-8 utf8 x-unicode20utf8",
    "utf-16-le": "utf-16 utf-16le ucs-2 iso-10646-ucs-2 unicode",
    "utf-16-be": "utf-16be unicodefffe",
    "cp1250": "cp1250 windows-1250 x-cp1250",
    "cp1251": "cp1251 windows-1251 x-cp1251",
    "cp1252": "cp1252 windows-1252 x-cp1252 iso-8859-1 iso8859-1 latin1 l1 cp819",
    "cp1253": "cp1253 windows-1253 x-cp1253",
    "cp1254": "cp1254 windows-1254 x-cp1254 iso-8859-9 iso8859-9 latin5 l5",
    "cp1255": "cp1255 windows-1255 x-cp1255",
    "cp1256": "cp1256 windows-1256 x-cp1256",
    "cp1257": "cp1257 windows-1257 x-cp1257",
    "cp1258": "cp1258 windows-1258 x-cp1258",
    "cp874": "windows-874 dos-874 tis-620 iso-8859-11 iso8859-11",
    "cp866": "866 cp866 csibm866 ibm866",
    "koi8-r": "koi koi8 koi8-r koi8_r cskoi8r",
    "koi8-u": "koi8-u koi8-ru",
    "mac-roman": "macintosh mac x-mac-roman csmacintosh",
    "gb18030": "gb18030 gbk gb2312 gb_2312-80 chinese x-gbk csgb2312",
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
    "cp949": "euc-kr ks_c_5601-1987 ks_c_5601-1989 ksc5601 korean windows-949 cseuckr",
    **{f"iso8859-{part}": f"iso-8859-{part} iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
}
_BY_LABEL = {label: name for name, labels in chain(_JAPANESE.items(), _OTHERS.items()) for label in labels.split()}
_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}

_ESCAPE = re.compile(rb"(\x1b(?:\$[@B]|\([BIJ]))")
_KANJI = re.compile(rb"((?:[\x21-\x7e]{2})+)|[\x21-\x7e][^\x1b\x21-\x7e]?|[^\x21-\x7e]")
_EUC = re.compile(
    rb"([\0-\x7f]+)|((?:[\xa1-\xfe]{2})+)|((?:\x8e[\xa1-\xdf])+)|(\x8f[\xa1-\xfe]{2})"
    rb"|\x8f[\xa1-\xfe][\x80-\xff]?|[\x8e\x8f\xa1-\xfe][\x80-\xff]?|[\x80-\xff]"
)
_SHIFT_JIS = re.compile(
    rb"((?:[\0-\x80\xa1-\xdf]|[\x81-\x9f\xe0-\xfc][\x40-\x7e\x80-\xfc])+)"
    rb"|[\x81-\x9f\xe0-\xfc][\x80-\xff]?|[\xa0\xfd-\xff]"
)
_PAIR_UNKNOWN, _SHIFT_JIS_UNKNOWN = "koujyo-pair", "koujyo-shift-jis"


def decode(raw: bytes, label: str = "") -> str:
    """The text in these bytes. A label that is missing, unknown or ASCII's lets the bytes tell themselves."""
    if not label and raw.isascii() and b"\x1b" not in raw:
        return raw.decode("ascii")
    for mark, name in _BYTE_ORDER_MARKS.items():
        if raw.startswith(mark):
            return raw[len(mark) :].decode(name, "replace")
    name = _BY_LABEL.get(label.strip(" \t\"'").lower()) or _guess(raw)
    own = _DECODERS.get(name)
    return own(raw) if own else raw.decode(name, "replace")


def is_stateful(label: str) -> bool:
    """Whether the encoding has shifts, so that every piece of it begins anew."""
    return _BY_LABEL.get(label.lower()) == "iso-2022-jp"


def _guess(raw: bytes) -> str:
    return "iso-2022-jp" if _ESCAPE.search(raw) else "utf-8"


def _from_iso_2022_jp(raw: bytes) -> str:
    first, *rest = _ESCAPE.split(raw)
    texts, before = [_ascii(first)], b"."  # an escape sequence may come first, but not right after another
    for escape, piece in zip(rest[::2], rest[1::2], strict=True):
        texts.append("" if before else UNKNOWN)
        texts.append(_STATES[escape](piece))
        before = piece
    return "".join(texts)


def _ascii(raw: bytes) -> str:
    return re.sub("[\x0e\x0f\x1b]", UNKNOWN, raw.decode("ascii", "replace"))


def _roman(raw: bytes) -> str:
    return _ascii(raw).replace("\\", "¥").replace("~", "‾")


def _katakana(raw: bytes) -> str:
    return "".join(chr(0xFF61 - 0x21 + byte) if 0x21 <= byte <= 0x5F else UNKNOWN for byte in raw)  # noqa: PLR2004


def _kanji(raw: bytes) -> str:
    return _KANJI.sub(lambda found: _pairs(found[1]) if found[1] else _MARK, raw).decode()


def _from_euc_jp(raw: bytes) -> str:
    def text(found: re.Match[bytes]) -> bytes:
        ascii_run, pairs, kana, rare = found.groups()
        if pairs:
            return _pairs(pairs.translate(_SEVEN_BITS))
        if kana:
            return kana.replace(b"\x8e", b"").decode("cp932").encode()
        return rare.decode("euc_jp", "replace")[0].replace("~", "～").encode() if rare else ascii_run or _MARK

    return _EUC.sub(text, raw).decode()


def _from_shift_jis(raw: bytes) -> str:
    return _SHIFT_JIS.sub(
        lambda found: found[1].decode("cp932", _SHIFT_JIS_UNKNOWN).encode() if found[1] else _MARK, raw
    ).decode()


def _pairs(pairs: bytes) -> bytes:
    """Rows and cells of JIS X 0208, each from 0x21 to 0x7E, as UTF-8.

    As Shift_JIS the second byte depends on whether the first is odd. Whole texts are carried over at once: as one
    great number each, masked by the first bytes.
    """
    rows, cells = pairs[::2], pairs[1::2]
    odd = _number(rows.translate(_IS_ODD))
    of_odd, of_even = _number(cells.translate(_AFTER_ODD)), _number(cells.translate(_AFTER_EVEN))
    shifted = bytearray(len(pairs))
    shifted[::2] = rows.translate(_LEADS)
    shifted[1::2] = (of_even ^ ((of_even ^ of_odd) & odd)).to_bytes(len(cells), "big")
    return shifted.decode("cp932", _PAIR_UNKNOWN).encode()


def _number(raw: bytes) -> int:
    return int.from_bytes(raw, "big")


def _pair_unknown(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101 - only decoding asks
    return UNKNOWN, error.start + 2


def _shift_jis_unknown(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101
    is_ascii = error.object[error.start + 1] < 0x80  # noqa: PLR2004 - then it is a character of its own
    return UNKNOWN, error.start + (1 if is_ascii else 2)


def _table(change: dict[int, int]) -> bytes:
    return bytes(change.get(byte, 0) for byte in range(256))


codecs.register_error(_PAIR_UNKNOWN, _pair_unknown)
codecs.register_error(_SHIFT_JIS_UNKNOWN, _shift_jis_unknown)
_MARK = UNKNOWN.encode()
_GRID = range(0x21, 0x7F)
_SEVEN_BITS = bytes(byte & 0x7F for byte in range(256))
_IS_ODD = _table({row: 0xFF for row in _GRID if row % 2})
_LEADS = _table({row: (row + 1) // 2 + (0x70 if row < 0x5F else 0xB0) for row in _GRID})  # noqa: PLR2004
_AFTER_ODD = _table({cell: cell + (0x1F if cell < 0x60 else 0x20) for cell in _GRID})  # noqa: PLR2004
_AFTER_EVEN = _table({cell: cell + 0x7E for cell in _GRID})
_STATES = {b"\x1b(B": _ascii, b"\x1b(J": _roman, b"\x1b(I": _katakana, b"\x1b$@": _kanji, b"\x1b$B": _kanji}
_DECODERS = {"shift_jis": _from_shift_jis, "euc-jp": _from_euc_jp, "iso-2022-jp": _from_iso_2022_jp}
