"""The mailbox: what arrived, found by recipient, with waiting that needs no polling."""

from __future__ import annotations

import threading
from bisect import bisect_left
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import islice, takewhile
from operator import attrgetter
from typing import TYPE_CHECKING

from simulator.mail.received import Content, ReceivedMail

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import datetime

_NUMBER = attrgetter("number")


class MailboxInterrupted(RuntimeError):  # noqa: N818 - it tells of an event, like KeyboardInterrupt
    """The wait was given up because the mail sink stops."""


@dataclass(frozen=True)
class _Wanted:
    recipient: str | None
    subject: str
    after: int

    def fits(self, mail: ReceivedMail) -> bool:
        recipient_fits = self.recipient is None or any(fold(to) == self.recipient for to in mail.recipients)
        return recipient_fits and mail.number > self.after and self.fits_subject(mail)

    def fits_subject(self, mail: ReceivedMail) -> bool:
        return not self.subject or self.subject in fold(mail.subject)


class Mailbox:
    """Every mail that arrived, in order; may be used by many threads at once.

    Lists of mails only grow at their end; taking mails out makes new lists. So a reader needs the lock
    only to get hold of a list, and adding costs the same however many mails there are.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last_number = 0
        self._bytes_accepted = 0
        self._mails: list[ReceivedMail] = []
        self._by_recipient: dict[str, list[ReceivedMail]] = {}
        self._read: set[int] = set()
        self._waiting: dict[Future[ReceivedMail], _Wanted] = {}

    def __len__(self) -> int:
        return len(self._mails)

    @property
    def unread(self) -> int:
        """How many mails have not been opened through the HTTP API."""
        return len(self._mails) - len(self._read)

    @property
    def accepted(self) -> int:
        """How many mails arrived since the start, those cleared included."""
        return self._last_number

    @property
    def bytes_accepted(self) -> int:
        """The size of all mails that arrived since the start, in bytes."""
        return self._bytes_accepted

    def add(self, raw: bytes, sender: str, recipients: Iterable[str], received_at: datetime) -> ReceivedMail:
        """Put a mail in, and wake those who wait for it.

        Args:
            raw: the mail's bytes.
            sender: the envelope's sender.
            recipients: the envelope's recipients.
            received_at: the arrival by the simulated clock.
        """
        to = tuple(recipients)
        content = Content.read(raw) if self._waiting else None  # outside the lock: it may take a while
        with self._lock:
            self._last_number += 1
            self._bytes_accepted += len(raw)
            mail = ReceivedMail(self._last_number, raw, sender, to, received_at, content)
            self._mails.append(mail)
            for address in {fold(address) for address in to}:
                self._by_recipient.setdefault(address, []).append(mail)
            ready = [future for future, wanted in self._waiting.items() if wanted.fits(mail)]
            for future in ready:
                del self._waiting[future]
        for future in ready:
            _answer(future, mail)
        return mail

    def search(
        self, to: str | None = None, subject: str | None = None, after: str | None = None, limit: int | None = None
    ) -> list[ReceivedMail]:
        """Find mails, the newest first.

        Args:
            to: the whole address of an envelope recipient; upper and lower case are the same.
            subject: a part of the subject.
            after: the id of a mail (it may be gone): only mails that arrived later.
            limit: at most so many.

        Raises:
            ValueError: when `after` is no mail id.
        """
        return list(islice(self._newest_first(_wanted(to, subject, after)), limit))

    def get(self, mail_id: str) -> ReceivedMail | None:
        """The mail with this id, "latest" being the one that came last; None when there is none."""
        mails = self._mails
        if mail_id == "latest":
            return mails[-1] if mails else None
        try:
            place = bisect_left(mails, mail_number(mail_id), key=_NUMBER)
        except ValueError:
            return None
        return mails[place] if place < len(mails) and mails[place].id == mail_id else None

    def watch(
        self, to: str | None = None, subject: str | None = None, after: str | None = None
    ) -> Future[ReceivedMail]:
        """A future of the newest mail that fits: done at once when there is one, or else when one arrives.

        Whoever does not wait to the end calls `forget`. The future fails with MailboxInterrupted when the
        sink stops first. Raises ValueError when `after` is no mail id.
        """
        wanted = _wanted(to, subject, after)
        future: Future[ReceivedMail] = Future()
        with self._lock:  # first on the list, then look: what arrives meanwhile is not lost
            self._waiting[future] = wanted
        found = next(self._newest_first(wanted), None)
        if found is not None and self.forget(future):
            _answer(future, found)
        return future

    def forget(self, future: Future[ReceivedMail]) -> bool:
        """Stop watching; False when the future has its answer, or is just getting it."""
        with self._lock:
            return self._waiting.pop(future, None) is not None

    def wait(
        self, to: str | None = None, subject: str | None = None, after: str | None = None, timeout: float = 5.0
    ) -> ReceivedMail | None:
        """Block this thread until a mail fits, as in `search`; the newest one, or None after `timeout` seconds.

        Raises:
            ValueError: when `after` is no mail id.
            MailboxInterrupted: when the sink stops.
        """
        future = self.watch(to, subject, after)
        try:
            return future.result(timeout)
        except TimeoutError:
            return None if self.forget(future) else future.result()

    def interrupt(self) -> None:
        """Make every wait under way fail with MailboxInterrupted."""
        with self._lock:
            given_up, self._waiting = list(self._waiting), {}
        for future in given_up:
            if future.set_running_or_notify_cancel():
                future.set_exception(MailboxInterrupted("メール受信サーバーが停止しました。"))

    def mark_read(self, mail: ReceivedMail) -> None:
        """Note that the mail has been opened."""
        with self._lock:
            if self.get(mail.id) is mail:
                self._read.add(mail.number)

    def is_read(self, mail: ReceivedMail) -> bool:
        """Whether the mail has been opened."""
        return mail.number in self._read

    def remove(self, ids: Collection[str]) -> None:
        """Take out the mails with these ids; ids of no mail do not matter."""
        with self._lock:
            gone = [mail for mail in map(self.get, ids) if mail is not None]
            numbers = {mail.number for mail in gone}
            self._mails = _without(self._mails, numbers)
            self._read -= numbers
            for address in {fold(address) for mail in gone for address in mail.recipients}:
                self._by_recipient[address] = _without(self._by_recipient[address], numbers)
                if not self._by_recipient[address]:
                    del self._by_recipient[address]

    def clear(self) -> None:
        """Take out every mail. Numbers go on, so that an id or a cursor from before never means another mail."""
        with self._lock:
            self._mails, self._by_recipient, self._read = [], {}, set()

    def _newest_first(self, wanted: _Wanted) -> Iterator[ReceivedMail]:
        with self._lock:
            mails = self._mails if wanted.recipient is None else self._by_recipient.get(wanted.recipient, [])
            newest_first = reversed(mails)
        recent = takewhile(lambda mail: mail.number > wanted.after, newest_first)
        return filter(wanted.fits_subject, recent)


def fold(text: str) -> str:
    """The text as it is compared: upper and lower case are the same."""
    return text.casefold()


def mail_number(mail_id: str) -> int:
    """The number in a mail id; ValueError when it is none."""
    if not (mail_id.isascii() and mail_id.isdecimal()):
        raise ValueError(f"メールのIDではありません：{mail_id!r}")
    return int(mail_id)


def _wanted(to: str | None, subject: str | None, after: str | None) -> _Wanted:
    return _Wanted(fold(to) if to else None, fold(subject or ""), mail_number(after) if after else 0)


def _without(mails: list[ReceivedMail], numbers: set[int]) -> list[ReceivedMail]:
    return [mail for mail in mails if mail.number not in numbers]


def _answer(future: Future[ReceivedMail], mail: ReceivedMail) -> None:
    if future.set_running_or_notify_cancel():
        future.set_result(mail)
