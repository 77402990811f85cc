"""The portal's messages: a code of the form E1003 and a Japanese text that ends with what to do."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType

from simulator.rules.profile import Profile, load_profile

DEFAULT_MESSAGES = Path(__file__).with_name("messages.toml")


class MessageError(LookupError):
    """There is no message of that code, or a value its text needs was not given."""


@dataclass(frozen=True)
class Message:
    """What the user is told: the code and the finished text."""

    code: str
    text: str


@dataclass(frozen=True)
class MessageTemplate:
    """One entry of the message list. `text` may still hold names in braces that only the caller knows."""

    code: str
    text: str
    assumed: bool
    cause: str
    remedy: str


class _ProfileValues(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"  # left for message() to fill


def load_messages(profile: Profile, path: Path = DEFAULT_MESSAGES) -> Mapping[str, MessageTemplate]:
    """Read the message list and fill in the values of the profile (in text, cause and remedy)."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    values = _ProfileValues({name: setting.value for name, setting in profile.settings.items()})
    return MappingProxyType({code: _template(code, values, **table) for code, table in tables.items()})


def _template(
    code: str, values: _ProfileValues, *, text: str, assumed: bool, cause: str, remedy: str
) -> MessageTemplate:
    return MessageTemplate(code, text.format_map(values), assumed, cause.format_map(values), remedy.format_map(values))


MESSAGES: Mapping[str, MessageTemplate] = load_messages(load_profile())


def message(code: str, **values: object) -> Message:
    """Make the message `code`. Dates are written as 2027年3月5日; values the text does not name are ignored.

    Raises:
        MessageError: unknown code, or a value that the text needs is missing.
    """
    try:
        return Message(code, MESSAGES[code].text.format_map({name: _shown(value) for name, value in values.items()}))
    except KeyError as error:
        raise MessageError(f"メッセージ {code} を作れません: {error.args[0]} がありません") from error


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return f"{_shown(value.date())}{value.hour}時{value.minute:02}分"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value)
