"""The search language of Mailpit's ``query`` parameter, as far as it is supported here.

Terms are separated by spaces and must all fit: ``to:``, ``from:``, ``subject:`` and plain words, quoted when
they hold spaces (``subject:"two words"``), negated by a leading ``-`` or ``!``. Upper and lower case are the same.
One difference, on purpose: ``to:`` with a whole address means that address, not every address ending in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.mail.mailbox import fold

if TYPE_CHECKING:
    from simulator.mail.mailbox import Mailbox
    from simulator.mail.received import ReceivedMail

_TERM = re.compile(r'\s*([-!]?)(?:([A-Za-z-]+):)?(?:"([^"]+)"|([^\s"]+))(?=\s|$)')
_SUPPORTED = frozenset({"to", "from", "subject"})
_UNSUPPORTED = frozenset(
    {"addressed", "after", "bcc", "before", "cc", "has", "is", "larger", "message-id", "reply-to", "smaller", "tag"}
)
_WHOLE_ADDRESS = re.compile(r"[^@]+@[^@]+\.[^@.]+")


class QueryError(ValueError):
    """The query cannot be understood; the text says what is wrong, in Japanese."""


@dataclass(frozen=True)
class Term:
    """One condition.

    Attributes:
        field: "to", "from", "subject", or nothing for a word anywhere in the mail.
        text: what to look for, folded.
        negated: whether it must not be there.
    """

    field: str
    text: str
    negated: bool

    @property
    def names_recipient(self) -> bool:
        """Whether the mailbox's index answers this term."""
        return self.field == "to" and not self.negated and _WHOLE_ADDRESS.fullmatch(self.text) is not None

    def fits(self, mail: ReceivedMail) -> bool:
        """Whether the mail meets the condition."""
        if self.field == "to" and _WHOLE_ADDRESS.fullmatch(self.text):
            found = any(self.text == fold(address) for address in mail.recipients)
        else:
            found = any(self.text in fold(text) for text in _texts(mail, self.field))
        return found != self.negated


def parse_query(query: str) -> list[Term]:
    """Read a query.

    Raises:
        QueryError: when it is empty, a quotation mark is left open, or a condition is not supported.
    """
    terms, rest = [], query.rstrip()
    while rest:
        found = _TERM.match(rest)
        if found is None:
            raise QueryError(f"検索条件を解釈できません：{rest.strip()}（引用符の対応をご確認ください）")
        terms.append(_term(*found.groups()))
        rest = rest[found.end() :]
    if not terms:
        raise QueryError("検索条件（query）を指定してください。例：to:taro@example.com")
    return terms


def find(mailbox: Mailbox, terms: list[Term]) -> list[ReceivedMail]:
    """Every mail that meets all conditions, the newest first."""
    recipient = next((term for term in terms if term.names_recipient), None)
    candidates = mailbox.search(to=recipient.text if recipient else None)
    rest = [term for term in terms if term is not recipient]
    return [mail for mail in candidates if all(term.fits(mail) for term in rest)]


def _term(sign: str, field: str | None, quoted: str | None, bare: str | None) -> Term:
    name, text = (field or "").lower(), quoted or bare or ""
    if field is None and text.removesuffix(":").lower() in _SUPPORTED and text.endswith(":"):
        raise QueryError(f"検索条件「{text}」の値がありません。コロンの直後に、空白をはさまず続けてください。")
    if name in _UNSUPPORTED:
        raise QueryError(f"検索条件「{name}:」には対応していません。使えるのは to: from: subject: と語句です。")
    if name not in _SUPPORTED:
        name, text = "", f"{field}:{text}" if field else text
    return Term(name, fold(text), bool(sign))


def _texts(mail: ReceivedMail, field: str) -> list[str]:
    match field:
        case "to":
            return [*mail.recipients, mail.header("To")]
        case "from":
            return [mail.envelope_sender, mail.header("From")]
        case "subject":
            return [mail.subject]
        case _:
            return [mail.subject, mail.header("From"), mail.header("To"), *mail.recipients, mail.text, mail.html]
