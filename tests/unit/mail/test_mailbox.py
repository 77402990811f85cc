from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from threading import Event

import pytest

from simulator.clock import JAPAN
from simulator.mail import Mailbox, MailboxInterrupted, ReceivedMail

NOW = datetime(2026, 11, 20, 10, tzinfo=JAPAN)
SECONDS_AT_MOST = 30.0


class ObservedMailbox(Mailbox):
    """Tells when somebody waits, so that a test can act exactly then."""

    def __init__(self) -> None:
        super().__init__()
        self.watched = Event()

    def watch(
        self, to: str | None = None, subject: str | None = None, after: str | None = None
    ) -> Future[ReceivedMail]:
        future = super().watch(to, subject, after)
        self.watched.set()
        return future


def put(mailbox: Mailbox, *to: str, subject: str = "notice") -> ReceivedMail:
    return mailbox.add(f"Subject: {subject}\r\n\r\nbody".encode(), "portal@example.com", to, NOW)


def wait_while(act: Callable[[Mailbox], object], to: str | None = None) -> ReceivedMail | None:
    mailbox = ObservedMailbox()
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(mailbox.wait, to, timeout=SECONDS_AT_MOST)
        assert mailbox.watched.wait(SECONDS_AT_MOST)
        act(mailbox)
        return answer.result(SECONDS_AT_MOST)


def test_mails_are_found_by_recipient_with_the_newest_first() -> None:
    mailbox = Mailbox()
    first, _, third = put(mailbox, "a@example.com"), put(mailbox, "b@example.com"), put(mailbox, "a@example.com")
    assert mailbox.search(to="a@example.com") == [third, first]


def test_upper_and_lower_case_of_an_address_are_the_same() -> None:
    mailbox = Mailbox()
    mail = put(mailbox, "Taro@Example.com")
    assert mailbox.search(to="taro@example.COM") == [mail]


def test_an_address_finds_no_mail_of_a_longer_address() -> None:
    mailbox = Mailbox()
    put(mailbox, "xa@example.com")
    assert mailbox.search(to="a@example.com") == []


def test_a_mail_to_several_recipients_is_one_mail_found_by_each() -> None:
    mailbox = Mailbox()
    mail = put(mailbox, "a@example.com", "b@example.com", "A@example.com")
    assert len(mailbox) == 1
    assert mailbox.search(to="a@example.com") == mailbox.search(to="b@example.com") == [mail]


def test_mails_are_found_by_a_part_of_the_subject() -> None:
    mailbox = Mailbox()
    mail = put(mailbox, "a@example.com", subject="Your CODE is here")
    put(mailbox, "a@example.com", subject="other")
    assert mailbox.search(subject="code") == [mail]


def test_a_cursor_hides_the_mails_up_to_it() -> None:
    mailbox = Mailbox()
    first, second = put(mailbox, "a@example.com"), put(mailbox, "a@example.com")
    assert mailbox.search(after=first.id) == [second]
    assert mailbox.search(to="a@example.com", after=second.id) == []


def test_a_limit_keeps_the_newest() -> None:
    mailbox = Mailbox()
    newest = [put(mailbox, "a@example.com") for _ in range(3)][-1]
    assert mailbox.search(limit=1) == [newest]


@pytest.mark.parametrize("cursor", ["x", "-1", "１", "1.5"])
def test_a_cursor_which_is_no_mail_id_is_refused(cursor: str) -> None:
    with pytest.raises(ValueError, match="ID"):
        Mailbox().search(after=cursor)


def test_a_mail_is_got_by_its_id_or_as_the_latest() -> None:
    mailbox = Mailbox()
    first, second = put(mailbox), put(mailbox)
    assert mailbox.get(first.id) is first
    assert mailbox.get("latest") is second


@pytest.mark.parametrize("mail_id", ["latest", "00000001", "1", "x", "１", "9" * 5000])
def test_nothing_is_got_from_an_empty_mailbox(mail_id: str) -> None:
    assert Mailbox().get(mail_id) is None


def test_clearing_forgets_the_mails_but_never_gives_an_id_again() -> None:
    mailbox = Mailbox()
    before = put(mailbox, "a@example.com")
    mailbox.clear()
    after = put(mailbox, "a@example.com")
    assert mailbox.search(to="a@example.com") == [after]
    assert after.id > before.id
    assert mailbox.get(before.id) is None


def test_removed_mails_are_found_no_more() -> None:
    mailbox = Mailbox()
    gone, kept = put(mailbox, "a@example.com", "b@example.com"), put(mailbox, "a@example.com")
    mailbox.mark_read(gone)
    mailbox.remove([gone.id, "00000099", "nonsense"])
    assert mailbox.search() == mailbox.search(to="a@example.com") == [kept]
    assert mailbox.search(to="b@example.com") == []
    assert mailbox.unread == 1


def test_only_opened_mails_count_as_read() -> None:
    mailbox = Mailbox()
    opened, closed = put(mailbox), put(mailbox)
    mailbox.mark_read(opened)
    assert (mailbox.is_read(opened), mailbox.is_read(closed), mailbox.unread) == (True, False, 1)


def test_waiting_for_a_mail_that_is_there_answers_with_the_newest_at_once() -> None:
    mailbox = Mailbox()
    put(mailbox, "a@example.com")
    newest = put(mailbox, "a@example.com")
    assert mailbox.wait("a@example.com", timeout=0) is newest


def test_a_thread_that_waits_is_woken_by_the_mail_it_wants_and_no_other() -> None:
    def deliver(mailbox: Mailbox) -> None:
        put(mailbox, "b@example.com")
        put(mailbox, "a@example.com")

    mail = wait_while(deliver, to="a@example.com")
    assert mail is not None
    assert mail.recipients == ("a@example.com",)


def test_waiting_in_vain_ends_with_nothing_and_leaves_nothing_behind() -> None:
    mailbox = Mailbox()
    put(mailbox, "b@example.com")
    future = mailbox.watch("a@example.com")
    assert mailbox.wait("a@example.com", timeout=0.001) is None
    assert mailbox.forget(future)
    assert not mailbox.forget(future)


def test_a_watch_is_answered_after_its_cursor_only() -> None:
    mailbox = Mailbox()
    old = put(mailbox, "a@example.com")
    future = mailbox.watch("a@example.com", after=old.id)
    assert not future.done()
    new = put(mailbox, "a@example.com")
    assert future.result(timeout=0) is new


def test_a_watch_looks_at_the_subject() -> None:
    mailbox = Mailbox()
    future = mailbox.watch(subject="code")
    put(mailbox, subject="other")
    assert not future.done()
    put(mailbox, subject="the code")
    assert future.done()


def test_a_cancelled_watch_does_not_disturb_delivery() -> None:
    mailbox = Mailbox()
    mailbox.watch("a@example.com").cancel()
    put(mailbox, "a@example.com")
    assert len(mailbox) == 1


def test_interrupting_ends_a_wait_with_an_error() -> None:
    with pytest.raises(MailboxInterrupted):
        wait_while(Mailbox.interrupt)


def test_mails_put_in_by_many_threads_are_all_there_in_order() -> None:
    mailbox = Mailbox()
    with ThreadPoolExecutor(8) as pool:
        for _ in range(400):
            pool.submit(put, mailbox, "a@example.com")
    numbers = [mail.number for mail in mailbox.search(to="a@example.com")]
    assert numbers == list(range(400, 0, -1))
