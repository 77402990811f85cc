from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.clock import JAPAN
from simulator.mail import Mailbox, ReceivedMail, mailpit

NOW = datetime(2026, 11, 20, 10, tzinfo=JAPAN)


def received(raw: bytes) -> ReceivedMail:
    return Mailbox().add(raw, "sender@example.com", ["taro@example.com"], NOW)


def japanese(charset: str, encoding: str | None = None) -> bytes:
    message = EmailMessage()
    message["Subject"] = "認証コードのお知らせ"
    message["From"] = "ろうきん <info@example.com>"
    message.set_content("認証コードは次のとおりです。\n", charset=charset, cte=encoding)
    return bytes(message)


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("utf-8", "base64"), ("utf-8", "quoted-printable"), ("utf-8", "8bit"), ("iso-2022-jp", "7bit"), ("cp932", "8bit")],
)
def test_japanese_is_read_in_every_usual_encoding(charset: str, encoding: str) -> None:
    mail = received(japanese(charset, encoding))
    assert mail.text == "認証コードは次のとおりです。\n"
    assert mail.subject == "認証コードのお知らせ"
    assert mail.addresses("From") == [("ろうきん", "info@example.com")]


def test_a_subject_folded_into_several_encoded_words_is_joined_without_gaps() -> None:
    message = EmailMessage()
    message["Subject"] = "【ろうきん賃金控除事務支援システム】" * 5
    assert received(bytes(message)).subject == message["Subject"]


def test_a_display_name_folded_into_several_encoded_words_is_joined_without_gaps() -> None:
    name = "ろうきん賃金控除事務支援システムからのお知らせ"
    message = EmailMessage()
    message["From"] = Address(name, addr_spec="info@example.com")
    assert received(bytes(message)).addresses("From") == [(name, "info@example.com")]


def test_headers_in_raw_utf8_are_read_all_the_same() -> None:
    mail = received('Subject: 件名\r\nFrom: "ろうきん, 本店" <info@example.com>\r\n\r\n'.encode())
    assert mail.subject == "件名"
    assert mail.addresses("From") == [("ろうきん, 本店", "info@example.com")]


def test_both_ways_of_reading_the_subject_agree() -> None:
    mail = received(japanese("utf-8"))
    assert mail.subject == mail.header("subject")


def test_an_unknown_charset_is_read_as_utf8() -> None:
    raw = b"Content-Type: text/plain; charset=no-such\r\n\r\n" + "本文".encode()
    assert received(raw).text == "本文"


def test_without_from_header_the_sender_is_the_envelopes() -> None:
    assert received(b"Subject: x\r\n\r\nx").sender == "sender@example.com"


def test_a_mail_with_html_and_attachment_is_taken_apart() -> None:
    message = EmailMessage()
    message.set_content("本文\n")
    message.add_alternative("<p>本文</p>\n", subtype="html")
    message.add_attachment(b"12345", maintype="application", subtype="pdf", filename="利用手引き.pdf")
    mail = received(bytes(message))
    (attachment,) = mailpit.message(mail)["Attachments"]
    assert (mail.text, mail.html) == ("本文\n", "<p>本文</p>\n")
    assert (attachment["FileName"], attachment["Size"]) == ("利用手引き.pdf", 5)
    assert attachment["Checksums"]["MD5"] == "827ccb0eea8a706c4c34a16891f84e7b"


def test_a_recipient_no_header_names_is_a_blind_copy() -> None:
    mail = Mailbox().add(b"To: A@example.com\r\n\r\n", "", ["a@example.com", "b@example.com"], NOW)
    assert mailpit.message(mail)["Bcc"] == [{"Name": "", "Address": "b@example.com"}]


def test_ids_sort_as_text_in_order_of_arrival() -> None:
    mailbox = Mailbox()
    ids = [mailbox.add(b"", "", [], NOW).id for _ in range(12)]
    assert ids == sorted(ids)


HEADER_NAMES = st.sampled_from(
    [b"Subject", b"From", b"To", b"Cc", b"Date", b"Message-ID", b"Content-Type", b"Content-Transfer-Encoding"]
)
HEADERS = st.lists(st.tuples(HEADER_NAMES, st.binary(max_size=60)), max_size=6)


@given(HEADERS, st.binary(max_size=200))
def test_no_mail_however_malformed_breaks_the_reader(headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    raw = b"".join(name + b": " + value + b"\r\n" for name, value in headers) + b"\r\n" + body
    mail = received(raw)
    for shown in (mailpit.message(mail), mailpit.summary(mail, read=False), mailpit.headers(mail)):
        str(shown).encode("utf-8")


@pytest.mark.parametrize(
    "value",
    [b"=?utf-8?b?!!!?=", b"=?x?q?=41?=", b"<@", b'"', b"=?utf-8?q?=?=", b"a:b;c", b"\xe3\x81\x82", b"("],
    ids=repr,
)
@pytest.mark.parametrize(
    "name", [b"Subject", b"From", b"Date", b"Content-Type", b"Content-Disposition", b"Message-ID"], ids=repr
)
def test_known_stumbling_blocks_of_the_parser_are_survived(name: bytes, value: bytes) -> None:
    mail = received(name + b": " + value + b"\r\n\r\nbody")
    str(mailpit.message(mail)).encode("utf-8")
    str(mailpit.summary(mail, read=True)).encode("utf-8")
