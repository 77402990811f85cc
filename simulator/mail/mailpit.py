"""Mails as the JSON of Mailpit's REST API v1, field names as there, so that its client libraries can be used."""

from __future__ import annotations

import hashlib
import re
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from simulator.mail.mailbox import fold
from simulator.mail.mime import legible
from simulator.mail.received import printable

if TYPE_CHECKING:
    from simulator.mail.mailbox import Mailbox
    from simulator.mail.mime import Part
    from simulator.mail.received import ReceivedMail

_FOLD = re.compile(rb"\r?\n[ \t]*")


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
        "Snippet": mail.snippet,
        "Attachments": len(mail.content.attachments),
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
        "Inline": [_attachment(mail, part) for part in mail.content.inline],
        "Attachments": [_attachment(mail, part) for part in mail.content.attachments],
    }


def headers(mail: ReceivedMail) -> dict[str, list[str]]:
    """The headers as sent, encoded words left alone, unfolded; names in MIME's usual capitals, sorted."""
    return {
        _capitals(name): [legible(_FOLD.sub(b" ", value)) for value in values]
        for name, values in sorted(mail.content.fields.items())
    }


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
    except (ValueError, TypeError, IndexError, OverflowError):  # TypeError and IndexError: no date at all
        return mail.received_at.isoformat()


def _attachment(mail: ReceivedMail, part: Part) -> dict[str, Any]:
    content = part.content(mail.raw)
    return {
        "PartID": part.id,
        "FileName": part.filename,
        "ContentType": part.content_type,
        "ContentID": part.content_id,
        "Size": len(content),
        "Checksums": {
            name.upper(): hashlib.new(name, content, usedforsecurity=False).hexdigest()
            for name in ("md5", "sha1", "sha256")
        },
    }


def _capitals(name: str) -> str:
    return "-".join(part.capitalize() for part in name.split("-"))
