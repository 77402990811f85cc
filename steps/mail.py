"""Mails as their recipients see them (ML)."""

from __future__ import annotations

import re

from pytest_bdd import then, when

from simulator.mail import Mailbox, ReceivedMail
from simulator.mail.letters import subjects
from simulator.rules import load_profile
from steps.screens import Screens
from steps.wording import sentence

CODE = re.compile(rf"(?<!\d)\d{{{load_profile().code_digits}}}(?!\d)")
SECONDS = 5.0


@then(sentence("「{address}」に「{subject}」のメールが届く"))
def mail_arrives(mailbox: Mailbox, address: str, subject: str) -> None:
    """A mail of this subject comes (ML-02)."""
    newest_mail(mailbox, address, known(subject))


@then(sentence("「{address}」に届いたメールには認証コードが一つだけ書かれている"))
def one_code(mailbox: Mailbox, address: str) -> None:
    """The newest mail has exactly one code (CRT-21)."""
    assert len(codes_in(newest_mail(mailbox, address))) == 1


@then(sentence("「{address}」に届いたメールの差出人は「{sender}」である"))
def sent_by(mailbox: Mailbox, address: str, sender: str) -> None:
    """Who the mail is from (ML-01)."""
    assert newest_mail(mailbox, address).sender == sender


@then(sentence("「{address}」に届いたメールに「{text}」と書かれている"))
def mail_says(mailbox: Mailbox, address: str, text: str) -> None:
    """What the mail says."""
    assert text in newest_mail(mailbox, address).text


@then(sentence("「{address}」に届いた「{subject}」のメールは{count:d}通である"))
def mail_count(mailbox: Mailbox, address: str, subject: str, count: str) -> None:
    """How many mails came; the portal hands a mail over before it answers, so none is still on its way."""
    assert len(mailbox.search(to=address, subject=known(subject))) == int(count)


@then(sentence("届いた「{subject}」のメールは全部で{count:d}通である"))
def all_mail_count(mailbox: Mailbox, subject: str, count: str) -> None:
    """How many mails came for anybody."""
    assert len(mailbox.search(subject=known(subject))) == int(count)


@then("メールは1通も届かない")
def no_mail(mailbox: Mailbox) -> None:
    """Nobody got any mail (ML-09); none is still on its way, see above."""
    assert len(mailbox) == 0


@when(sentence("「{address}」に届いた認証コードを入力する"))
def enter_code(mailbox: Mailbox, screens: Screens, address: str) -> None:
    """Type the code of the newest mail (CRT-21)."""
    screens.current().fill_only(newest_code(mailbox, address))


@when(sentence("「{address}」に届いた認証コードと違う数字を入力する"))
def enter_wrong_code(mailbox: Mailbox, screens: Screens, address: str) -> None:
    """Type a code of the right form that was not mailed."""
    screens.current().fill_only(another(newest_code(mailbox, address)))


@when(sentence("「{address}」に1通目に届いた認証コードを入力する"))
def enter_first_code(mailbox: Mailbox, screens: Screens, address: str) -> None:
    """Type the code of the oldest mail, which a newer one has replaced."""
    screens.current().fill_only(codes_in(mailbox.search(to=address, subject=subjects()["code"])[-1])[0])


def newest_mail(mailbox: Mailbox, address: str, subject: str | None = None) -> ReceivedMail:
    """The newest mail to an address; waits for one."""
    mail = mailbox.wait(to=address, subject=subject, timeout=SECONDS)
    assert mail is not None, f"「{address}」に{subject or ''}メールが届きません"
    return mail


def newest_code(mailbox: Mailbox, address: str) -> str:
    """The code in the newest mail that brought one."""
    return codes_in(newest_mail(mailbox, address, subjects()["code"]))[0]


def known(subject: str) -> str:
    """The subject, if the portal has such a mail; a misspelt one would never arrive."""
    assert subject in subjects().values(), (
        f"「{subject}」というメールはありません。あるもの: {'、'.join(subjects().values())}"
    )
    return subject


def codes_in(mail: ReceivedMail) -> list[str]:
    """Everything in a mail that has the form of a code."""
    return CODE.findall(mail.text)


def another(code: str) -> str:
    """A code that differs in its last digit."""
    return code[:-1] + str((int(code[-1]) + 1) % 10)
