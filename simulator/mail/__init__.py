"""Mail: the letters the portal sends, and the SMTP sink with its HTTP API in which they arrive."""

from simulator.mail.api import mail_api
from simulator.mail.letters import Letter, LetterError, compose
from simulator.mail.mailbox import Mailbox, MailboxInterrupted
from simulator.mail.postman import DeliveryError, Postman
from simulator.mail.received import ReceivedMail
from simulator.mail.sink import MailSink

__all__ = [
    "DeliveryError",
    "Letter",
    "LetterError",
    "MailSink",
    "Mailbox",
    "MailboxInterrupted",
    "Postman",
    "ReceivedMail",
    "compose",
    "mail_api",
]
