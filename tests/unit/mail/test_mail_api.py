import asyncio
from datetime import datetime
from email.message import EmailMessage
from typing import Any

import httpx
import pytest

from simulator.clock import JAPAN
from simulator.mail import Mailbox, ReceivedMail, mail_api

NOW = datetime(2026, 11, 20, 10, tzinfo=JAPAN)
SUMMARY_FIELDS = {
    "ID",
    "MessageID",
    "Read",
    "From",
    "To",
    "Cc",
    "Bcc",
    "ReplyTo",
    "Subject",
    "Created",
    "Username",
    "Tags",
    "Size",
    "Attachments",
    "Snippet",
}
MESSAGE_FIELDS = {
    "ID",
    "MessageID",
    "From",
    "To",
    "Cc",
    "Bcc",
    "ReplyTo",
    "ReturnPath",
    "Subject",
    "ListUnsubscribe",
    "Date",
    "Tags",
    "Username",
    "Text",
    "HTML",
    "Size",
    "Inline",
    "Attachments",
}


def put(mailbox: Mailbox, to: str = "taro@example.com", subject: str = "認証コードのお知らせ") -> ReceivedMail:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "ろうきん <portal@example.jp>", to, subject
    message["Message-ID"] = "<1@example.jp>"
    message["Date"] = "Fri, 20 Nov 2026 09:59:00 +0900"
    message.set_content("コードは\n\n123456\n\nです。\n")
    return mailbox.add(bytes(message), "portal@example.jp", [to], NOW)


async def request(mailbox: Mailbox, method: str, path: str, **options: Any) -> httpx.Response:
    transport = httpx.ASGITransport(mail_api(mailbox))
    async with httpx.AsyncClient(transport=transport, base_url="http://mail") as client:
        return await client.request(method, path, **options)


def call(mailbox: Mailbox, path: str, method: str = "GET", **options: Any) -> httpx.Response:
    return asyncio.run(request(mailbox, method, path, **options))


def test_the_list_has_mailpits_fields_and_the_newest_mail_first() -> None:
    mailbox = Mailbox()
    first, second = put(mailbox), put(mailbox)
    page = call(mailbox, "/api/v1/messages").json()
    shown = page.pop("messages")
    assert page == {
        "total": 2,
        "unread": 2,
        "count": 2,
        "messages_count": 2,
        "messages_unread": 2,
        "start": 0,
        "tags": [],
    }
    assert [mail["ID"] for mail in shown] == [second.id, first.id]
    assert set(shown[0]) == SUMMARY_FIELDS


def test_a_summary_tells_who_wrote_to_whom_when_and_about_what() -> None:
    mailbox = Mailbox()
    put(mailbox)
    (mail,) = call(mailbox, "/api/v1/messages").json()["messages"]
    assert mail["From"] == {"Name": "ろうきん", "Address": "portal@example.jp"}
    assert mail["To"] == [{"Name": "", "Address": "taro@example.com"}]
    assert (mail["Subject"], mail["MessageID"]) == ("認証コードのお知らせ", "1@example.jp")
    assert (mail["Created"], mail["Snippet"]) == ("2026-11-20T10:00:00+09:00", "コードは 123456 です。")
    assert (mail["Read"], mail["Tags"], mail["Attachments"]) == (False, [], 0)


def test_pages_are_cut_by_start_and_limit() -> None:
    mailbox = Mailbox()
    ids = [put(mailbox).id for _ in range(5)][::-1]
    page = call(mailbox, "/api/v1/messages?start=1&limit=2").json()
    assert [mail["ID"] for mail in page["messages"]] == ids[1:3]
    assert (page["start"], page["count"], page["messages_count"]) == (1, 2, 5)
    assert call(mailbox, "/api/v1/messages?start=9").json()["messages"] == []


def test_a_search_finds_by_recipient() -> None:
    mailbox = Mailbox()
    put(mailbox, "hanako@example.com")
    mail = put(mailbox, "taro@example.com")
    page = call(mailbox, "/api/v1/search", params={"query": "to:taro@example.com"}).json()
    assert [found["ID"] for found in page["messages"]] == [mail.id]
    assert (page["total"], page["messages_count"]) == (2, 1)


def test_one_mail_is_shown_whole_and_counts_as_read_then() -> None:
    mailbox = Mailbox()
    mail = put(mailbox)
    shown = call(mailbox, f"/api/v1/message/{mail.id}").json()
    assert set(shown) == MESSAGE_FIELDS
    assert (shown["Text"], shown["HTML"]) == ("コードは\n\n123456\n\nです。\n", "")
    assert (shown["Date"], shown["ReturnPath"]) == ("2026-11-20T09:59:00+09:00", "portal@example.jp")
    assert call(mailbox, "/api/v1/messages").json()["messages"][0]["Read"]


def test_latest_stands_for_the_last_mail() -> None:
    mailbox = Mailbox()
    put(mailbox)
    last = put(mailbox)
    assert call(mailbox, "/api/v1/message/latest").json()["ID"] == last.id


def test_the_source_is_given_byte_for_byte() -> None:
    mailbox = Mailbox()
    mail = put(mailbox)
    answer = call(mailbox, f"/api/v1/message/{mail.id}/raw")
    assert answer.content == mail.raw
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    as_file = call(mailbox, "/api/v1/message/latest/raw?dl=1")
    assert as_file.headers["content-disposition"] == f'attachment; filename="{mail.id}.eml"'


def test_headers_are_lists_by_name_with_the_encoded_words_as_sent() -> None:
    mailbox = Mailbox()
    put(mailbox)
    headers = call(mailbox, "/api/v1/message/latest/headers").json()
    assert headers["Message-Id"] == ["<1@example.jp>"]
    assert headers["Subject"][0].startswith("=?utf-8?")
    assert list(headers) == sorted(headers)


def test_mails_are_deleted_by_id_or_all_at_once() -> None:
    mailbox = Mailbox()
    gone, kept = put(mailbox), put(mailbox)
    assert call(mailbox, "/api/v1/messages", "DELETE", json={"IDs": [gone.id]}).text == "ok"
    assert mailbox.search() == [kept]
    assert call(mailbox, "/api/v1/messages", "DELETE").text == "ok"
    assert len(mailbox) == 0


def test_an_empty_list_of_ids_deletes_all() -> None:
    mailbox = Mailbox()
    put(mailbox)
    call(mailbox, "/api/v1/messages", "DELETE", json={"IDs": []})
    assert len(mailbox) == 0


@pytest.mark.parametrize("name", ["ids", "Ids", "IDS"])
def test_the_name_of_the_ids_may_be_written_in_any_case(name: str) -> None:
    mailbox = Mailbox()
    gone, kept = put(mailbox), put(mailbox)
    call(mailbox, "/api/v1/messages", "DELETE", json={name: [gone.id]})
    assert mailbox.search() == [kept]


@pytest.mark.parametrize(
    "body", ["nonsense", "[]", '{"ID": "00000001"}', '{"IDs": "1"}', '{"IDs": [1]}', '{"IDs": {}, "x": 1', "\xff"]
)
def test_a_delete_that_cannot_be_understood_deletes_nothing(body: str) -> None:
    mailbox = Mailbox()
    put(mailbox)
    answer = call(mailbox, "/api/v1/messages", "DELETE", content=body)
    assert (answer.status_code, list(answer.json()), len(mailbox)) == (400, ["Error"], 1)


def test_information_counts_what_came_and_went() -> None:
    mailbox = Mailbox()
    size = len(put(mailbox).raw) * 2
    put(mailbox)
    mailbox.remove(["00000001"])
    information = call(mailbox, "/api/v1/info").json()
    assert information["Version"].startswith("koujyo")
    assert (information["Messages"], information["Unread"]) == (1, 1)
    assert information["RuntimeStats"] == {"SMTPAccepted": 2, "SMTPAcceptedSize": size, "MessagesDeleted": 1}


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_health_is_told(path: str) -> None:
    assert call(Mailbox(), path).status_code == 200


def test_it_is_not_ready_while_no_mail_can_arrive() -> None:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(mail_api(Mailbox(), lambda: False))
        async with httpx.AsyncClient(transport=transport, base_url="http://mail") as client:
            return await client.get("/readyz")

    assert asyncio.run(ask()).status_code == 503


def test_waiting_answers_with_the_mail_that_is_there() -> None:
    mailbox = Mailbox()
    mail = put(mailbox)
    answer = call(mailbox, "/api/v1/wait?to=taro@example.com&subject=コード&timeout=0").json()
    assert (answer["ID"], set(answer)) == (mail.id, MESSAGE_FIELDS)
    assert mailbox.unread == 1


def test_waiting_in_vain_ends_as_not_found() -> None:
    mailbox = Mailbox()
    mail = put(mailbox)
    answer = call(mailbox, f"/api/v1/wait?after={mail.id}&timeout=0.01")
    assert answer.status_code == 404
    assert answer.json() == {"Error": "条件に合うメールは0.01秒以内に届きませんでした。"}


@pytest.mark.parametrize(
    "path",
    [
        "messages?start=-1",
        "messages?start=x",
        "messages?limit=0",
        "messages?limit=10001",
        "messages?limit=１",
        "messages?limit=99999999999999999999",
        "search",
        "search?query=",
        "search?query=tag:x",
        "search?query=%22",
        "search?query=" + "x" * 501,
        "wait?timeout=-1",
        "wait?timeout=301",
        "wait?timeout=nan",
        "wait?timeout=soon",
        "wait?after=x",
        "wait?after=" + "1" * 19,
        "wait?to=" + "x" * 501,
        "wait?subject=" + "x" * 501,
    ],
)
def test_a_bad_parameter_is_refused_with_its_name(path: str) -> None:
    answer = call(Mailbox(), f"/api/v1/{path}")
    name = path.partition("?")[2].partition("=")[0] or "query"
    assert answer.status_code == 400
    assert name in answer.json()["Error"] or "検索条件" in answer.json()["Error"]


@pytest.mark.parametrize(
    "path", ["message/00000001", "message/latest", "message/x/raw", "message/１/headers", "nothing"]
)
def test_what_is_not_there_is_not_found(path: str) -> None:
    answer = call(Mailbox(), f"/api/v1/{path}")
    assert (answer.status_code, list(answer.json())) == (404, ["Error"])


def test_a_wrong_method_is_told_with_the_right_ones() -> None:
    answer = call(Mailbox(), "/api/v1/messages", "POST")
    assert (answer.status_code, answer.json()) == (405, {"Error": "このURLでは使えないメソッドです。"})
    assert {"GET", "DELETE"} <= set(answer.headers["allow"].replace(" ", "").split(","))
