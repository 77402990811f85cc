"""Expected texts are those of Chromium's TextDecoder."""

import pytest

from simulator.mail.charsets import decode

NUMBERED = b"\x1b$B-!-j\x1b(B \x1b(I1B\x1b(B"


@pytest.mark.parametrize(
    "label", ["iso-2022-jp", "ISO-2022-JP-MS", "cp50221", "csISO2022JP", "", "us-ascii", "no-such"]
)
def test_iso_2022_jp_has_the_characters_of_nec_and_half_width_kana(label: str) -> None:
    assert decode(NUMBERED, label) == "①㈱ ｱﾂ"


@pytest.mark.parametrize("label", ["Shift_JIS", "Windows-31J", "x-sjis", "cp932", "MS_Kanji"])
def test_shift_jis_has_the_characters_of_nec_and_ibm(label: str) -> None:
    assert decode("①髙～".encode("cp932"), label) == "①髙～"


@pytest.mark.parametrize(
    ("label", "raw", "text"),
    [
        ("euc-jp", b"\xad\xa1\x8e\xb1\xa1\xc1\x8f\xb0\xa1", "①ｱ～丂"),
        ("eucJP-ms", b"\xfc\xe2\xa4\xa2", "髙あ"),
        ("us-ascii", "本文".encode(), "本文"),
        ("utf-8", b"\xef\xbb\xbf\xe6\x9c\xac\xff", "本\ufffd"),
        ("iso-8859-1", b"caf\xe9 \x80", "café €"),
        ("gb2312", "简".encode("gbk"), "简"),
        ("ks_c_5601-1987", "한".encode("cp949"), "한"),
        ("iso-2022-jp", b"\x1b(J\\~\x1b(B\\~", "¥‾\\~"),
        # malformed: one mark for what is unknown, and what follows is read
        ("iso-2022-jp", b"a\x1b$B0!0\x1b(Bb\xff\x1b(B\x1b$B\x0e0!", "a亜\ufffdb\ufffd\ufffd\ufffd亜"),
        ("iso-2022-jp", b"\x1b$B)!0!\x1b)", "\ufffd亜\ufffd\ufffd"),
        ("shift_jis", b"\x81 \x82\xff\x85A\x86\xf0\xa0\xfd\x82\xa0", "\ufffd \ufffd\ufffdA\ufffd\ufffd\ufffdあ"),
        ("euc-jp", b"\xa4 \xa9\xa1\x80\xa4\xff\x8f\xa1\x41\xa4\xa2", "\ufffd \ufffd\ufffd\ufffd\ufffdAあ"),
    ],
    ids=ascii,
)
def test_bytes_are_decoded_as_the_standard_does(label: str, raw: bytes, text: str) -> None:
    assert decode(raw, label) == text


def test_a_long_text_is_decoded_as_a_short_one() -> None:
    assert decode(b"\x1b$B" + b"-!0!" * 100_000 + b"\x1b(B", "iso-2022-jp") == "①亜" * 100_000
