"""`koujyo messages`: what the portal tells its users, by number."""

from koujyo.listing import Words, conclude, has_all


def messages(words: Words = None) -> None:
    """Print number and text of every message; ends with 1 where none has the words."""
    from simulator.rules.messages import MESSAGES  # noqa: PLC0415 - costs time

    found = [one for one in MESSAGES.values() if has_all(words, one.code, one.text)]
    for one in found:
        print(f"{one.code} {one.text}")
    conclude(len(found), "メッセージ", words)
