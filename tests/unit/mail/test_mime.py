import time
from email.message import EmailMessage

import pytest

from simulator.mail.mime import DEEPEST, LONGEST_HEAD, MOST_PARTS, MimeError, Part, addresses_in, decoded, parts_of

ISO_2022_JP_WORD = "=?ISO-2022-JP?B?GyRCLSEbKEI=?="  # ①


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"Re:{ISO_2022_JP_WORD}", "Re:①"),
        (f'"{ISO_2022_JP_WORD}" x', '"①" x'),
        (f"a {ISO_2022_JP_WORD} {ISO_2022_JP_WORD}  b", "a ①①  b"),
        ("=?utf-8?B?44E=?= =?UTF-8?B?gg==?=", "あ"),
        ("=?utf-8*ja?q?a_=E3=81=82?=", "a あ"),
        ("=?utf-8?b?!!!?= =?x?q?=41?= =?utf-8?q?=", "A =?utf-8?q?="),
        ("no words", "no words"),
    ],
)
def test_encoded_words_are_decoded_and_nothing_else_changes(text: str, shown: str) -> None:
    assert decoded(text) == shown


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("a@b.jp", [("", "a@b.jp")]),
        ("太郎 <a@b.jp>, c@d.jp (花子); <e@f.jp>", [("太郎", "a@b.jp"), ("花子", "c@d.jp"), ("", "e@f.jp")]),
        (f'"{ISO_2022_JP_WORD}" <a@b.jp>', [("①", "a@b.jp")]),
        (r'"労金, \"本店\"" <a@b.jp>', [('労金, "本店"', "a@b.jp")]),
        ('"john doe"@b.jp', [("", "john doe@b.jp")]),
        ("undisclosed-recipients:;", []),
        ("課: a@b.jp, c@d.jp;", [("", "a@b.jp"), ("", "c@d.jp")]),
        ('<a@b.jp, ("', [("", 'a@b.jp, ("')]),
    ],
)
def test_addresses_are_told_apart(text: str, addresses: list[tuple[str, str]]) -> None:
    assert list(addresses_in(text)) == addresses


def parts(raw: bytes) -> list[Part]:
    return parts_of(raw)[1]


def test_parts_are_numbered_as_mailpit_numbers_them() -> None:
    message = EmailMessage()
    message.set_content("text")
    message.add_alternative("<p>html</p>", subtype="html")
    message.add_attachment(b"pdf", maintype="application", subtype="pdf", filename="帳票.pdf")
    found = [(part.id, part.content_type, part.filename) for part in parts(bytes(message))]
    assert found == [("1.1", "text/plain", ""), ("1.2", "text/html", ""), ("2", "application/pdf", "帳票.pdf")]
    assert [(part.id, part.content(b"x")) for part in parts(b"x")] == [("0", b"x")]


@pytest.mark.parametrize(
    "value",
    [
        'application/pdf; name="=?utf-8?B?5biz?="',
        "application/pdf; name*=utf-8''%E5%B8%B3",
        "application/pdf; name*1*=%B8%B3; name*0*=utf-8'ja'%E5",
        "application/pdf; name=帳",
    ],
)
def test_file_names_are_read_in_every_usual_form(value: str) -> None:
    (part,) = parts(f"Content-Type: {value}\r\n\r\n".encode())
    assert part.filename == "帳"


def test_what_a_part_holds_ends_before_the_next_boundary() -> None:
    head = b'Content-Type: multipart/mixed; boundary="a b"\r\n\r\npreamble\r\n'
    raw = head + b"--a b\r\n\r\none\r\n--a bc\r\n--a b \r\nX: y\r\n--a b\r\n\r\n\r\n--a b--\r\nepilogue\r\n--a b\r\nno"
    assert [part.content(raw) for part in parts(raw)] == [b"one\r\n--a bc", b"", b""]


@pytest.mark.parametrize(
    ("encoded", "content"), [(b"QUJD", b"ABC"), (b"QU\r\nJ!D", b"ABC"), (b"QUJDR", b"ABC"), (b"QQ", b"A")], ids=repr
)
def test_base64_is_decoded_as_far_as_it_goes(encoded: bytes, content: bytes) -> None:
    raw = b"Content-Transfer-Encoding: base64\r\n\r\n" + encoded
    assert parts(raw)[0].content(raw) == content


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"".join(b"Content-Type: multipart/x; boundary=%d\n\n--%d\n" % (n, n) for n in range(DEEPEST + 1)), "入れ子"),
        (b"Content-Type: multipart/x; boundary=a\n\n" + b"--a\n\n" * (MOST_PARTS + 1), "部分"),
        (b"X: " + b"y" * LONGEST_HEAD + b"\n\n", "ヘッダー"),
    ],
    ids=["deep", "many", "long"],
)
def test_a_mail_beyond_all_reason_is_given_up(raw: bytes, reason: str) -> None:
    with pytest.raises(MimeError, match=reason):
        parts_of(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"Content-Type: message/rfc822\r\n\r\n" * 3_000,
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n" + b"--" * 500_000,
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n" + b"\r\n--a" * 900 + b"\r\n--b" * 100_000,
        b"Subject: " + b"=?utf-8?q?" * 10_000 + b"\r\n\r\n",
        b"From: " + b"(" * 100_000 + b"\r\nContent-Type: x" + b';a="' * 20_000 + b"\r\n\r\n",
        b"\r\n" * 1_000_000,
    ],
    ids=["nested mails", "dashes", "boundaries", "words", "brackets", "lines"],
)
def test_what_takes_other_readers_long_is_read_at_once(raw: bytes) -> None:
    began = time.process_time()
    fields, _ = parts_of(raw)
    for value in (value for values in fields.values() for value in values):
        decoded(value.decode())
        list(addresses_in(value.decode()))
    assert time.process_time() - began < 0.5
