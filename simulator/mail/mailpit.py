"""Mails as the JSON of Mailpit's REST API v1, field names as there, so that its client libraries can be used."""

from __future__ import annotations

import hashlib
import re
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from simulator.mail.mailbox import fold
from simulator.mail.received import PARSER_FAILURES, printable

if TYPE_CHECKING:
    from email.message import EmailMessage

    from simulator.mail.mailbox import Mailbox
    from simulator.mail.received import ReceivedMail

SNIPPET_LENGTH = 250
_FOLD = re.compile(r"\r?\n[ \t]*")


def page(mailbox: Mailbox, mails: list[ReceivedMail], start: int, limit: int) -> dict[str, Any]:
    """MessagesSummary: `limit` of the mails found, from the one numbered `start` (0 is the first) on."""
    shown = mails[start : start + limit]
    return {
        "total": len(mailbox),
        "unread": mailbox.unread,
        "count": len(shown),
        "messages_count": len(mails),
        "messages_unread": sum(not mailbox.is_read(mail) for mail in mails),
        "start": start,
        "tags": [],
        "messages": [summary(mail, read=mailbox.is_read(mail)) for mail in shown],
    }


def summary(mail: ReceivedMail, *, read: bool) -> dict[str, Any]:
    """MessageSummary: one mail in a list; Created is the arrival by the simulated clock (RFC 3339)."""
    return {
        **_envelope(mail),
        "Read": read,
        "Created": mail.received_at.isoformat(),
        "Snippet": " ".join((mail.text or mail.html).split())[:SNIPPET_LENGTH],
        "Attachments": len(_attachments(mail)),
    }


def message(mail: ReceivedMail) -> dict[str, Any]:
    """Message: one whole mail; Date is the Date header, or the arrival without a usable one."""
    return {
        **_envelope(mail),
        "ReturnPath": printable(mail.envelope_sender),
        "Date": _date(mail),
        "ListUnsubscribe": {"Header": "", "Links": [], "Errors": "", "HeaderPost": ""},
        "Text": mail.text,
        "HTML": mail.html,
        "Inline": [],
        "Attachments": _attachments(mail),
    }


def headers(mail: ReceivedMail) -> dict[str, list[str]]:
    """The headers as sent, encoded words left alone, unfolded; names in MIME's usual capitals, sorted."""
    values: dict[str, list[str]] = {}
    for name, value in mail.message.raw_items():
        values.setdefault(_capitals(name), []).append(_FOLD.sub(" ", printable(str(value))))
    return dict(sorted(values.items()))


def _envelope(mail: ReceivedMail) -> dict[str, Any]:
    sender = mail.addresses("From")
    return {
        "ID": mail.id,
        "MessageID": mail.header("Message-ID").strip().removeprefix("<").removesuffix(">"),
        "From": _address(*sender[0]) if sender else None,
        "To": _addresses(mail, "To"),
        "Cc": _addresses(mail, "Cc"),
        "Bcc": _blind_copies(mail),
        "ReplyTo": _addresses(mail, "Reply-To"),
        "Subject": mail.subject,
        "Username": "",
        "Tags": [],
        "Size": len(mail.raw),
    }


def _address(name: str, address: str) -> dict[str, str]:
    return {"Name": name, "Address": address}


def _addresses(mail: ReceivedMail, name: str) -> list[dict[str, str]]:
    return [_address(*address) for address in mail.addresses(name)]


def _blind_copies(mail: ReceivedMail) -> list[dict[str, str]]:
    named = {fold(address) for header in ("To", "Cc", "Bcc") for _, address in mail.addresses(header)}
    hidden = [_address("", printable(address)) for address in mail.recipients if fold(address) not in named]
    return _addresses(mail, "Bcc") + hidden


def _date(mail: ReceivedMail) -> str:
    try:
        return parsedate_to_datetime(mail.header("Date")).isoformat()
    except PARSER_FAILURES:
        return mail.received_at.isoformat()


def _attachments(mail: ReceivedMail) -> list[dict[str, Any]]:
    try:
        return [_attachment(number, part) for number, part in enumerate(mail.message.iter_attachments(), start=2)]
    except PARSER_FAILURES:
        return []


def _attachment(number: int, part: EmailMessage) -> dict[str, Any]:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    return {
        "PartID": str(number),
        "FileName": printable(part.get_filename() or ""),
        "ContentType": part.get_content_type(),
        "ContentID": printable(str(part.get("Content-ID", ""))).strip("<>"),
        "Size": len(content),
        "Checksums": {
            name.upper(): hashlib.new(name, content, usedforsecurity=False).hexdigest()
            for name in ("md5", "sha1", "sha256")
        },
    }


def _capitals(name: str) -> str:
    return "-".join(part.capitalize() for part in printable(name).split("-"))
