from datetime import datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.clock import JAPAN
from simulator.mail import Mailbox, query

NOW = datetime(2026, 11, 20, 10, tzinfo=JAPAN)


@pytest.fixture
def mailbox() -> Mailbox:
    mailbox = Mailbox()
    for to, subject, text in [
        ("taro@example.com", "認証コードのお知らせ", "コードは 123456 です"),
        ("hanako@example.com", "Notice of issue", "issued at 10:30, see http://example.com/"),
        ("xtaro@example.com", "お知らせ notice", "本文"),
    ]:
        message = EmailMessage()
        message["To"], message["From"], message["Subject"] = to, "ろうきん <portal@example.jp>", subject
        message.set_content(text)
        mailbox.add(bytes(message), "bounce@example.jp", [to], NOW)
    return mailbox


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("to:taro@example.com", [1]),
        ("TO:TARO@EXAMPLE.COM", [1]),
        ('to:"taro@example.com"', [1]),
        ("to:taro", [3, 1]),
        ("-to:taro@example.com", [3, 2]),
        ("!to:taro", [2]),
        ("from:portal@example.jp", [3, 2, 1]),
        ("from:ろうきん", [3, 2, 1]),
        ("from:bounce", [3, 2, 1]),
        ("subject:お知らせ", [3, 1]),
        ('subject:"notice of"', [2]),
        ("subject:お知らせ subject:notice", [3]),
        ("subject:お知らせ　notice", [3]),
        ("to:taro@example.com subject:issue", []),
        ("to:taro@example.com to:hanako@example.com", []),
        ("123456", [1]),
        ("10:30", [2]),
        ("http://example.com/", [2]),
        ('"コードは 123456"', [1]),
        ("-認証コード notice", [3, 2]),
        ("nobody", []),
    ],
)
def test_a_query_finds(mailbox: Mailbox, text: str, numbers: list[int]) -> None:
    assert [mail.number for mail in query.find(mailbox, query.parse_query(text))] == numbers


@pytest.mark.parametrize("text", ["", "   ", '"open', 'subject:"open', 'a"b', 'subject:""', "to:"])
def test_a_query_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(query.QueryError, match="検索条件"):
        query.parse_query(text)


@pytest.mark.parametrize("field", ["cc", "tag", "is", "before", "message-id"])
def test_a_condition_that_is_not_supported_is_refused_by_name(field: str) -> None:
    with pytest.raises(query.QueryError, match=f"{field}:"):
        query.parse_query(f"{field}:x")


@given(st.text())
def test_any_text_is_either_read_or_refused(text: str) -> None:
    try:
        terms = query.parse_query(text)
    except query.QueryError:
        return
    assert terms
