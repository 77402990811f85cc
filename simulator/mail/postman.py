"""The postman carries letters from the portal to a mail server, by real SMTP."""

from __future__ import annotations

import itertools
import smtplib
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.clock import Clock
    from simulator.mail.letters import Letter

# At most 15 characters: a longer name takes two encoded words, and Python's parser reads a space between them
# (https://github.com/python/cpython/issues/128110).
SENDER_NAME = "賃金控除事務支援システム"
KIND_HEADER = "X-Koujyo-Kind"
SMTP_SECONDS = 10.0
LINE_WIDTH = 76


class _Quick(EmailPolicy):
    """Writes what needs no folding as it is, and folds the same header once: that took half of the time of a letter."""

    def fold_binary(self, name: str, value: str) -> bytes:
        """The header as it is sent."""
        if value.isascii() and len(name) + len(value) < LINE_WIDTH:
            return f"{name}: {value}\r\n".encode("ascii")
        return _folded(name, value)


@lru_cache(maxsize=256)
def _folded(name: str, value: str) -> bytes:
    return SMTP.fold_binary(name, value)


class DeliveryError(OSError):
    """The mail server could not be reached or did not take the letter."""


class Postman:
    """Posts letters, one short SMTP session each; may be used by many threads at once.

    A session of its own for each letter costs some 3 milliseconds and needs no lock, no closing and no
    second try (which could deliver twice) when the server has gone away in between.
    """

    def __init__(self, host: str, port: int, sender: str, clock: Clock) -> None:
        """Remember where to post.

        Args:
            host: the mail server's host.
            port: its TCP port.
            sender: the portal's mail address, ``profile.mail_sender``.
            clock: the simulated clock; it dates the letters.
        """
        self._host = host
        self._port = port
        self._sender = sender
        self._clock = clock
        self._numbers = itertools.count(1)

    def send(self, letter: Letter) -> None:
        """Hand the letter to the mail server; when this returns, the server has it.

        Raises:
            DeliveryError: when the server cannot be reached or refuses, or the recipient is no mail address;
                nothing has been delivered then.
        """
        try:
            message = self._envelop(letter)
            # Without local_hostname smtplib asks the DNS for this machine's name, which can take seconds.
            with smtplib.SMTP(self._host, self._port, local_hostname="localhost", timeout=SMTP_SECONDS) as server:
                server.send_message(message, self._sender, [letter.recipient])
        except (OSError, ValueError) as error:
            place = f"{self._host}:{self._port}"
            raise DeliveryError(f"メールサーバー {place} へ送信できませんでした：{error}") from error

    def _envelop(self, letter: Letter) -> EmailMessage:
        now = self._clock.now()
        domain = self._sender.rpartition("@")[2]
        # The lines of the encoded body, too, end with CR LF, as RFC 2045 section 6.8 asks for text.
        message = EmailMessage(policy=_Quick(linesep="\r\n"))
        message["Date"] = format_datetime(now)
        message["From"] = Address(SENDER_NAME, addr_spec=self._sender)
        message["To"] = _one_address(letter.recipient)
        message["Subject"] = letter.subject
        message["Message-ID"] = f"<{now:%Y%m%d%H%M%S}.{next(self._numbers)}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: keeps holiday notices from answering
        message["Content-Language"] = "ja"
        message[KIND_HEADER] = letter.kind
        # base64 stays whole on servers without 8BITMIME.
        message.set_content(letter.body, cte="base64")
        return message


def _one_address(recipient: str) -> str:
    local, _, domain = recipient.rpartition("@")
    if not (local and domain):  # the empty address would go out as "<>", which mail servers take
        raise ValueError(f"宛先がメールアドレスではありません：{recipient!r}")
    return recipient
