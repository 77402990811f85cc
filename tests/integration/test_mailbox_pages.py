"""The practice mailbox's pages, over the real sink."""

import asyncio
from datetime import datetime

import httpx

from simulator.clock import JAPAN, Clock
from simulator.mail import MailSink, Postman, compose

NOON = datetime(2026, 11, 20, 12, tzinfo=JAPAN)


def pages(*paths: str) -> list[httpx.Response]:
    async def visit() -> list[httpx.Response]:
        clock = Clock(NOON)
        sink = MailSink(clock, "127.0.0.1", 0, 0)
        await sink.start()
        try:
            postman = Postman("127.0.0.1", sink.smtp_port, "info@example.com", clock)
            for address, name in (("a@example.com", "<b>労金</b>"), ("b@example.com", "会員")):
                letter = compose("code", address, user_name=name, code="123456", minutes=30, expires_at=NOON)
                await asyncio.to_thread(postman.send, letter)
            async with httpx.AsyncClient(base_url=sink.url_for("")) as client:
                return [await client.get(path) for path in paths]
        finally:
            await sink.stop()

    return asyncio.run(visit())


def test_the_list_shows_every_mail_and_can_be_narrowed_to_one_address() -> None:
    everything, narrowed = pages("/", "/?to=b@example.com")
    assert everything.text.count("認証コードのお知らせ") == 2
    assert narrowed.text.count("認証コードのお知らせ") == 1
    assert "2026-11-20 12:00" in narrowed.text


def test_a_mail_is_shown_as_text_and_its_markup_is_harmless() -> None:
    (mail,) = pages("/mails/00000001")
    assert "123456" in mail.text
    assert "&lt;b&gt;労金" in mail.text
    assert "<b>労金" not in mail.text
    assert mail.headers["content-security-policy"].startswith("default-src 'none'")


def test_a_read_mail_is_no_longer_marked_unread() -> None:
    before, _, after = pages("/", "/mails/latest", "/")
    assert before.text.count('class="unread"') == 2
    assert after.text.count('class="unread"') == 1


def test_a_mail_that_is_not_there_gives_404() -> None:
    (missing,) = pages("/mails/99")
    assert missing.status_code == 404
