"""Letters from the postman to the sink over real sockets, and the sink's API over real HTTP."""

import asyncio
import smtplib
import socket
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default

import httpx
import pytest

from simulator.clock import JAPAN, Clock
from simulator.mail import DeliveryError, Letter, MailSink, Postman, ReceivedMail, compose
from simulator.rules.profile import load_profile

HOST = "127.0.0.1"
START = datetime(2026, 11, 20, 10, tzinfo=JAPAN)
PROFILE = load_profile()


class Office:
    """A running sink, its clock, a postman who knows it, and an HTTP client of its API."""

    def __init__(self, sink: MailSink, clock: Clock, http: httpx.AsyncClient) -> None:
        self.sink = sink
        self.clock = clock
        self.http = http
        self.postman = Postman(HOST, sink.smtp_port, PROFILE.mail_sender, clock)

    async def post(self, recipient: str = "taro@example.com", code: str = "012345") -> ReceivedMail:
        await asyncio.to_thread(self.postman.send, self.letter(recipient, code))
        mail = self.sink.mailbox.get("latest")
        assert mail is not None
        return mail

    def letter(self, recipient: str = "taro@example.com", code: str = "012345") -> Letter:
        minutes = PROFILE.code_minutes
        expires_at = self.clock.now() + timedelta(minutes=minutes)
        return compose("code", recipient, user_name="労金　太郎", code=code, minutes=minutes, expires_at=expires_at)


def with_sink(scene: Callable[[Office], Awaitable[None]]) -> None:
    async def play() -> None:
        clock = Clock(START)
        sink = MailSink(clock, HOST, 0, 0)
        await sink.start()
        try:
            async with httpx.AsyncClient(base_url=sink.url_for(""), trust_env=False, timeout=30) as http:
                await scene(Office(sink, clock, http))
        finally:
            await sink.stop()

    asyncio.run(play())


def test_a_posted_letter_arrives_in_the_mailbox() -> None:
    async def scene(office: Office) -> None:
        mail = await office.post()
        letter = office.letter()
        assert mail.recipients == ("taro@example.com",)
        assert mail.envelope_sender == mail.sender == PROFILE.mail_sender
        assert (mail.subject, mail.text) == (letter.subject, letter.body)
        assert "012345" in mail.text.splitlines()

    with_sink(scene)


def test_the_letter_decodes_with_the_standard_librarys_parser() -> None:
    async def scene(office: Office) -> None:
        raw = (await office.post()).raw
        message = message_from_bytes(raw, policy=default)
        assert message["From"].addresses[0].display_name == "賃金控除事務支援システム"
        assert message["Subject"] == "【ろうきん賃金控除事務支援システム】認証コードのお知らせ"
        assert message["Date"].datetime == START
        assert message["X-Koujyo-Kind"] == "code"
        assert message["Message-ID"].endswith("@cjs-rokin.jp>")
        assert message.get_content_charset() == "utf-8"
        assert "労金　太郎 様" in message.get_content()
        assert not message.defects

    with_sink(scene)


def test_the_letter_is_pure_ascii_in_short_lines_ended_by_cr_lf() -> None:
    async def scene(office: Office) -> None:
        raw = (await office.post()).raw
        assert raw.isascii()
        assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
        assert max(map(len, raw.split(b"\r\n"))) <= 78

    with_sink(scene)


def test_the_text_under_the_base64_has_cr_lf_line_ends() -> None:
    async def scene(office: Office) -> None:
        payload = message_from_bytes((await office.post()).raw).get_payload(decode=True)
        assert isinstance(payload, bytes)
        assert payload.count(b"\n") == payload.count(b"\r\n") > 10

    with_sink(scene)


def test_date_and_arrival_follow_the_simulated_clock() -> None:
    async def scene(office: Office) -> None:
        moment = office.clock.advance(timedelta(days=40, minutes=5))
        mail = await office.post()
        shown = (await office.http.get("/api/v1/message/latest")).json()
        assert mail.received_at == moment
        assert datetime.fromisoformat(shown["Date"]) == moment

    with_sink(scene)


def test_each_of_many_letters_posted_at_once_reaches_its_recipient_only() -> None:
    async def scene(office: Office) -> None:
        addresses = [f"user{number:02d}@example.com" for number in range(40)]
        letters = [office.letter(address, f"{number:06d}") for number, address in enumerate(addresses)]
        await asyncio.gather(*(asyncio.to_thread(office.postman.send, letter) for letter in letters))
        for number, address in enumerate(addresses):
            (mail,) = office.sink.mailbox.search(to=address)
            assert f"{number:06d}" in mail.text.splitlines()
        ids = {mail.header("Message-ID") for mail in office.sink.mailbox.search()}
        assert len(ids) == len(addresses)

    with_sink(scene)


def test_the_postman_goes_on_after_the_server_was_away() -> None:
    async def scene(office: Office) -> None:
        await office.post()
        port = office.sink.smtp_port
        await office.sink.stop()
        with pytest.raises(DeliveryError, match=f"{HOST}:{port}"):
            await asyncio.to_thread(office.postman.send, office.letter())
        again = MailSink(office.clock, HOST, port, 0)
        await again.start()
        try:
            await asyncio.to_thread(office.postman.send, office.letter())
            assert len(again.mailbox) == 1
        finally:
            await again.stop()

    with_sink(scene)


@pytest.mark.parametrize("recipient", ["", "no-address", "@", "a@example.com\r\nBcc: b@example.com", "a b@"])
def test_a_recipient_who_is_none_is_an_error_and_nothing_is_delivered(recipient: str) -> None:
    async def scene(office: Office) -> None:
        letter = Letter("code", recipient, "件名", "本文")
        with pytest.raises(DeliveryError):
            await asyncio.to_thread(office.postman.send, letter)
        assert len(office.sink.mailbox) == 0

    with_sink(scene)


def test_the_api_shows_what_arrived() -> None:
    async def scene(office: Office) -> None:
        await office.post("hanako@example.com")
        mail = await office.post("taro@example.com")
        found = (await office.http.get("/api/v1/search", params={"query": "to:taro@example.com"})).json()
        assert [shown["ID"] for shown in found["messages"]] == [mail.id]
        assert (await office.http.get(f"/api/v1/message/{mail.id}/raw")).content == mail.raw
        headers = (await office.http.get(f"/api/v1/message/{mail.id}/headers")).json()
        assert headers["X-Koujyo-Kind"] == ["code"]
        assert (await office.http.get("/readyz")).text == "ok"
        await office.http.delete("/api/v1/messages")
        assert (await office.http.get("/api/v1/messages")).json()["messages"] == []

    with_sink(scene)


def test_the_api_answers_a_wait_when_the_mail_comes() -> None:
    async def scene(office: Office) -> None:
        before = await office.post()
        question = {"to": "taro@example.com", "subject": "認証コード", "after": before.id, "timeout": "30"}
        answer = asyncio.create_task(office.http.get("/api/v1/wait", params=question))
        await _until(lambda: bool(office.sink.mailbox._waiting))  # noqa: SLF001 - no other sign that it waits
        await office.post("hanako@example.com")
        mail = await office.post("taro@example.com", "654321")
        shown = (await answer).json()
        assert shown["ID"] == mail.id
        assert "654321" in shown["Text"].splitlines()

    with_sink(scene)


def test_a_thread_that_waits_is_answered_when_the_mail_comes() -> None:
    async def scene(office: Office) -> None:
        answer = asyncio.create_task(asyncio.to_thread(office.sink.mailbox.wait, "taro@example.com", timeout=30))
        mail = await office.post()
        assert await answer is mail

    with_sink(scene)


def test_stopping_tells_those_who_wait() -> None:
    async def scene(office: Office) -> None:
        answer = asyncio.create_task(office.http.get("/api/v1/wait?timeout=30"))
        await _until(lambda: bool(office.sink.mailbox._waiting))  # noqa: SLF001
        await office.sink.stop()
        assert (await answer).status_code == 503

    with_sink(scene)


def test_stopping_is_quick_with_open_connections_and_starting_again_works() -> None:
    async def scene(office: Office) -> None:
        reader, writer = await asyncio.open_connection(HOST, office.sink.smtp_port)
        assert (await reader.readline()).startswith(b"220")
        began = time.monotonic()
        await office.sink.stop()
        assert time.monotonic() - began < 2
        assert await reader.read() == b""
        writer.close()
        with pytest.raises(DeliveryError):
            await asyncio.to_thread(office.postman.send, office.letter())
        await office.sink.start()
        again = Office(office.sink, office.clock, office.http)
        assert await again.post() is office.sink.mailbox.get("latest")

    with_sink(scene)


def test_a_port_in_use_is_refused_and_the_other_port_is_left_free() -> None:
    async def scene(office: Office) -> None:
        for ports in [(office.sink.smtp_port, 0), (0, office.sink.mail_port)]:
            second = MailSink(office.clock, HOST, *ports)
            with pytest.raises(OSError, match="in use"):
                await second.start()
            assert not second.is_running

    with_sink(scene)


def test_a_line_longer_than_smtp_allows_is_taken() -> None:
    async def scene(office: Office) -> None:
        def send() -> None:
            with smtplib.SMTP(HOST, office.sink.smtp_port, local_hostname="localhost") as server:
                server.sendmail("a@example.com", ["b@example.com"], "Subject: long\r\n\r\n" + "x" * 300_000)

        await asyncio.to_thread(send)
        (mail,) = office.sink.mailbox.search()
        assert mail.text == "x" * 300_000 + "\n"

    with_sink(scene)


def test_a_mail_that_cannot_be_read_is_listed_and_the_others_with_it() -> None:
    async def scene(office: Office) -> None:
        deep = b"".join(b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (n, n) for n in range(3000))
        await office.post()
        office.sink.mailbox.add(b"Subject: deep\r\n" + deep, "", ["b@example.com"], START)
        mails = (await office.http.get("/api/v1/messages")).json()["messages"]
        assert mails[0]["Subject"] == "deep"
        assert "読み取れません" in mails[0]["Snippet"]
        assert "読み取れません" in (await office.http.get(f"/mails/{mails[0]['ID']}")).text
        assert (await office.http.get("/")).text.count("<tr") == 3

    with_sink(scene)


def test_a_client_which_vanishes_halfway_delivers_nothing() -> None:
    async def scene(office: Office) -> None:
        with socket.create_connection((HOST, office.sink.smtp_port)) as client:
            client.sendall(b"HELO x\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\nSubject: ha")
        mail = await office.post()
        assert office.sink.mailbox.search() == [mail]

    with_sink(scene)


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 - the loop's next turn is what we wait for
            await asyncio.sleep(0)
