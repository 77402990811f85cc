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


def test_the_subject_is_a_header_as_any_other() -> None:
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


def test_a_picture_the_text_shows_is_inline() -> None:
    message = EmailMessage()
    message.set_content("text")
    message.add_alternative('<img src="cid:logo">', subtype="html")
    message.get_payload(1).add_related(b"png", maintype="image", subtype="png", cid="<logo>")  # type: ignore[union-attr]
    shown = mailpit.message(received(bytes(message)))
    assert [(part["PartID"], part["ContentID"], part["Size"]) for part in shown["Inline"]] == [("2.2", "logo", 3)]
    assert shown["Attachments"] == []


def test_an_attached_mail_is_one_attachment_with_all_its_bytes() -> None:
    inner = EmailMessage()
    inner["Subject"] = "inner"
    inner.set_content("inner text")
    message = EmailMessage()
    message.set_content("outer text\n")
    message.add_attachment(inner)
    mail = received(bytes(message))
    (attached,) = mailpit.message(mail)["Attachments"]
    assert (attached["ContentType"], mail.text) == ("message/rfc822", "outer text\n")
    assert attached["Size"] == len(bytes(inner))


def test_a_mail_that_is_one_pdf_has_it_attached() -> None:
    message = EmailMessage()
    message.set_content(b"%PDF", maintype="application", subtype="pdf", filename="帳票.pdf")
    shown = mailpit.message(received(bytes(message)))
    (attached,) = shown["Attachments"]
    assert (shown["Text"], attached["PartID"], attached["FileName"], attached["Size"]) == ("", "0", "帳票.pdf", 4)


def test_of_html_alone_people_see_the_text() -> None:
    mail = received(b"Content-Type: text/html\r\n\r\n<style>p{}</style><p>A&amp;<b>B</b></p><script>x<y</script>")
    assert (mail.text, mail.snippet) == ("", "A& B")


@pytest.mark.parametrize(
    "raw",
    [
        "Subject: ①\r\n\r\n①".encode(),
        b"Subject: \x1b$B-!\x1b(B\r\n\r\n\x1b$B-!\x1b(B",
        "Subject: ①\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n①".encode(),
        b"Subject: =?cp50221?B?GyRCLSEbKEI=?=\r\nContent-Type: text/plain; charset=x-sjis\r\n\r\n\x87\x40",
    ],
    ids=["no MIME headers", "no charset", "labelled us-ascii", "labels of Microsoft"],
)
def test_japanese_without_a_right_label_is_read(raw: bytes) -> None:
    mail = received(raw)
    assert (mail.subject, mail.text) == ("①", "①")
