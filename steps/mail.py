"""Mails as their recipients see them (ML)."""

from __future__ import annotations

import re

from pytest_bdd import then, when

from fixtures.expectation import expect_equal, expect_that, fail, quoted, the_one
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
    mail = newest_mail(mailbox, address)
    expect_equal(f"「{mail.subject}」に書かれている認証コードの数", 1, len(codes_in(mail)))


@then(sentence("「{address}」に届いたメールの差出人は「{sender}」である"))
def sent_by(mailbox: Mailbox, address: str, sender: str) -> None:
    """Who the mail is from (ML-01)."""
    mail = newest_mail(mailbox, address)
    expect_equal(f"「{mail.subject}」の差出人", sender, mail.sender)


@then(sentence("「{address}」に届いたメールに「{text}」と書かれている"))
def mail_says(mailbox: Mailbox, address: str, text: str) -> None:
    """What the mail says."""
    mail = newest_mail(mailbox, address)
    expect_that(text in mail.text, f"「{mail.subject}」に「{text}」と書かれている", quoted(mail.text))


@then(sentence("「{address}」に届いた「{subject}」のメールは{count:d}通である"))
def mail_count(mailbox: Mailbox, address: str, subject: str, count: str) -> None:
    """How many mails came; the portal hands a mail over before it answers, so none is still on its way."""
    came = len(mailbox.search(to=address, subject=known(subject)))
    expect_that(came == int(count), f"「{address}」に「{subject}」のメールが{count}通届いている", arrived(mailbox))


@then(sentence("届いた「{subject}」のメールは全部で{count:d}通である"))
def all_mail_count(mailbox: Mailbox, subject: str, count: str) -> None:
    """How many mails came for anybody."""
    came = len(mailbox.search(subject=known(subject)))
    expect_that(came == int(count), f"「{subject}」のメールが全部で{count}通届いている", arrived(mailbox))


@then("メールは1通も届かない")
def no_mail(mailbox: Mailbox) -> None:
    """Nobody got any mail (ML-09); none is still on its way, see above."""
    expect_that(not len(mailbox), "メールは1通も届かない", arrived(mailbox))


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
    newest_code(mailbox, address)
    screens.current().fill_only(the_code(mailbox.search(to=address, subject=subjects()["code"])[-1]))


def newest_mail(mailbox: Mailbox, address: str, subject: str | None = None) -> ReceivedMail:
    """The newest mail to an address; waits for one."""
    mail = mailbox.wait(to=address, subject=subject, timeout=SECONDS)
    if mail is None:
        fail(f"「{address}」に{f'「{subject}」の' if subject else ''}メールが届く", arrived(mailbox))
    return mail


def newest_code(mailbox: Mailbox, address: str) -> str:
    """The code in the newest mail that brought one."""
    return the_code(newest_mail(mailbox, address, subjects()["code"]))


def the_code(mail: ReceivedMail) -> str:
    """The code in a mail that brings one."""
    codes = codes_in(mail)
    if not codes:
        fail(f"「{mail.subject}」に認証コードが書かれている", quoted(mail.text))
    return codes[0]


def arrived(mailbox: Mailbox) -> str:
    """Which mails arrived, the newest first."""
    mails = [f"「{mail.subject}」（宛先 {'、'.join(mail.recipients)}）" for mail in mailbox.search()]
    return f"届いたメールは{len(mails)}通: {'、'.join(mails)}" if mails else "メールは1通も届いていません"


def known(subject: str) -> str:
    """The subject, if the portal has such a mail; a misspelt one would never arrive."""
    return the_one("ポータルから届くメールに", subject, subjects().values(), str)


def codes_in(mail: ReceivedMail) -> list[str]:
    """Everything in a mail that has the form of a code."""
    return CODE.findall(mail.text)


def another(code: str) -> str:
    """A code that differs in its last digit."""
    return code[:-1] + str((int(code[-1]) + 1) % 10)
