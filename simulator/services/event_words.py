"""Lines of the audit trail in words, for the labour bank's trail and the contract's operation log alike."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.catalogue import load_catalogue
from simulator.mail.letters import LetterError, subject_of
from simulator.store import Event

SCREENS, KINDS, MAILS, SAVINGS, CHANGES = {"gate", "screen"}, {"reason"}, {"mail"}, {"savings"}, {"change"}
DETAILS = "detail_change"  # the screen that names kinds of savings and of changes
YES = "あり"


def event_name(kind: str) -> str:
    """What a kind of line or of due event is called; itself when nobody has given it a name."""
    return load_catalogue().event_words.get(kind, kind)


def savings_name(kind: str) -> str:
    """What a kind of savings is called."""
    return load_catalogue().screen(DETAILS).field("kind").choices[kind]


def change_name(kind: str) -> str:
    """What a kind of detail change is called."""
    return load_catalogue().screen(DETAILS).words[kind]


def event_details(event: Event) -> Iterator[tuple[str, str]]:
    """The details of a line that are worth telling, with their names."""
    words = load_catalogue().detail_words
    for key, value in event.detail.items():
        if value != "" and value is not False:
            yield words.get(key, key), _said(key, value)


def _said(key: str, value: object) -> str:
    if value is True:
        return YES
    text = str(value)
    if key in SCREENS:
        screen = load_catalogue().screens.get(text)
        return screen.title if screen else text
    if key in MAILS:
        return _subject(text)
    if key in SAVINGS:
        return savings_name(text)
    if key in CHANGES:
        return change_name(text)
    return event_name(text) if key in KINDS else text


def _subject(kind: str) -> str:
    try:
        return subject_of(kind)
    except LetterError:
        return kind
