"""Input rules of the portal's fields (MRG-05 to MRG-22, CRT-10, CRT-11, CRT-23, LGN-08; ambiguity 14).

What the user typed counts as it stands, in its one spelling (`simulator.rules.spelling`): nothing is stripped, and
one code point is one character, but for the selectors of variants.
"""

import re
import string
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from simulator.rules.days import DAY_DIGITS
from simulator.rules.messages import Message, message
from simulator.rules.profile import Profile
from simulator.rules.spelling import is_blank, is_selector, without_selectors

_LETTERS_AND_DIGITS = frozenset(string.ascii_letters + string.digits)
_VISIBLE_ASCII = _LETTERS_AND_DIGITS | frozenset(string.punctuation)
_ID_KINDS = {"半角英字": frozenset(string.ascii_letters), "半角数字": frozenset(string.digits)}
_PASSWORD_KINDS = {
    "半角英大文字": frozenset(string.ascii_uppercase),
    "半角英小文字": frozenset(string.ascii_lowercase),
    "半角数字": frozenset(string.digits),
    "半角記号": frozenset(string.punctuation),
}
_CHOICE = frozenset(string.ascii_lowercase + string.digits + "-")
_LONGEST_CHOICE = 20
_KANA = frozenset([*map(chr, range(ord("ァ"), ord("ヺ") + 1)), "・", "ー", "\u3000"])
# What a transfer can carry, in full width: no small letters, no kanji.
_PAYER_NAME = frozenset(
    [*map(chr, range(ord("ァ"), ord("ヴ") + 1)), *"ー　（）．－−／「」"]
    + [chr(ord(character) + 0xFEE0) for character in string.ascii_uppercase + string.digits]
)
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
# The dot-atom form of RFC 5321 with a real host name: quoted local parts and address literals are not for people.
_MAIL_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+(?![0-9]+\Z){_LABEL}")
_NAMED_SPACES = {" ": "半角スペース", "\u3000": "全角スペース", "\t": "タブ"}


@dataclass(frozen=True)
class Problem:
    """What is wrong with a value: the message code and the values its text needs beside field and rule."""

    code: str
    values: Mapping[str, object]


@dataclass(frozen=True)
class Refusal:
    """A refused entry: the label of the field at fault, and the message for the user."""

    field: str
    message: Message


@dataclass(frozen=True)
class FieldRule:
    """The rule of one kind of field. `description` is shown to users; lengths are in characters.

    `kinds` maps a kind's Japanese name to its characters; each kind must be present. `secret` values are never
    quoted back. `check` judges a value that is not empty.
    """

    name: str
    description: str
    minimum: int
    maximum: int
    allows: Callable[[str], bool] = field(repr=False)
    kinds: Mapping[str, frozenset[str]] = field(default_factory=dict, hash=False, repr=False)
    secret: bool = False
    pattern: re.Pattern[str] | None = None

    def check(self, value: str) -> Problem | None:
        """Return the first problem: E1006 characters, E1002 length, E1004 kinds, E1007 syntax; None when good."""
        for place, character in enumerate(value):
            if not self.allows(character):
                position = len(without_selectors(value[:place])) + 1
                return Problem("E1006", {"position": position, "character": _quoted(character, secret=self.secret)})
        length = len(without_selectors(value))
        if not self.minimum <= length <= self.maximum:
            return Problem("E1002", {"length": length})
        if missing := [kind for kind, members in self.kinds.items() if members.isdisjoint(value)]:
            return Problem("E1004", {"missing": "・".join(missing)})
        if self.pattern and not self.pattern.fullmatch(value):
            return Problem("E1007", {})
        return None


def is_half_width(character: str) -> bool:
    """Tell whether one character is half-width by Unicode East Asian Width (Na, H, N); half-width katakana is.

    What JIS X 0208 has is full-width whatever Unicode says: − (U+2212) is.
    """
    return unicodedata.east_asian_width(character) in {"Na", "H", "N"} and not _is_in_jis(character)


def is_full_width(character: str) -> bool:
    """Tell whether one character is full-width by Unicode East Asian Width (W, F, and the ambiguous A)."""
    return not is_half_width(character)


def _is_in_jis(character: str) -> bool:
    return len(character.encode("shift_jis", errors="ignore")) > 1


def field_rules(profile: Profile) -> Mapping[str, FieldRule]:
    """Return the rule of every kind of field by its name: contract_number, user_id, password and so on."""
    rules = (
        *_half_width_rules(profile),
        _user_name_rule(profile),
        *_search_rules(profile),
        *_change_rules(profile),
        *_deduction_rules(profile),
    )
    return MappingProxyType({rule.name: rule for rule in rules})


def _half_width_rules(profile: Profile) -> tuple[FieldRule, ...]:
    number, code, initial = profile.contract_number_digits, profile.code_digits, profile.initial_password_length
    id_low, id_high = profile.user_id_minimum, profile.user_id_maximum
    low, high = profile.password_minimum, profile.password_maximum
    mail = profile.mail_address_maximum
    four_kinds = "半角英大文字・英小文字・数字・記号混在の"
    visible = _VISIBLE_ASCII.__contains__
    return (
        _digits_rule("contract_number", number),
        _digits_rule("code", code),
        FieldRule(
            "initial_password", f"{four_kinds}{initial}桁", initial, initial, visible, _PASSWORD_KINDS, secret=True
        ),
        FieldRule("password", f"{four_kinds}{low}～{high}桁", low, high, visible, _PASSWORD_KINDS, secret=True),
        FieldRule(
            "user_id",
            f"半角英字・数字混在の{id_low}～{id_high}桁",
            id_low,
            id_high,
            _LETTERS_AND_DIGITS.__contains__,
            _ID_KINDS,
        ),
        FieldRule("mail_address", f"半角英数字{mail}桁以内", 1, mail, visible, pattern=_MAIL_ADDRESS),
    )


def _digits_rule(name: str, digits: int) -> FieldRule:
    # Not str.isdigit(): it also accepts full-width and superscript digits.
    return FieldRule(name, f"半角数字{digits}桁", digits, digits, frozenset(string.digits).__contains__)


def _user_name_rule(profile: Profile) -> FieldRule:
    most = profile.user_name_maximum
    return FieldRule("user_name", f"全角{most}文字以内", 1, most, _is_full_width_text)


def _search_rules(profile: Profile) -> tuple[FieldRule, ...]:
    """What the lists of savings are searched by (MNU-04, MNU-05); `choice` is made from a list on the screen."""
    number, name, branch = profile.worker_number_maximum, profile.worker_name_maximum, profile.branch_name_maximum
    return (
        FieldRule("worker_number", f"半角数字{number}桁以内", 1, number, frozenset(string.digits).__contains__),
        FieldRule("worker_name", f"全角{name}文字以内", 1, name, _is_full_width_text),
        FieldRule("branch_name", f"全角{branch}文字以内", 1, branch, _is_full_width_text),
        _digits_rule("day", DAY_DIGITS),
        FieldRule("choice", "一覧から選択", 1, _LONGEST_CHOICE, _CHOICE.__contains__),
    )


def _change_rules(profile: Profile) -> tuple[FieldRule, ...]:
    """What a detail change is made of (MNU-10)."""
    kana, digits = profile.worker_kana_maximum, profile.amount_digits
    is_digit = frozenset(string.digits).__contains__
    return (
        FieldRule("worker_kana", f"全角カナ{kana}文字以内", 1, kana, _KANA.__contains__),
        FieldRule("amount", f"半角数字{digits}桁以内", 1, digits, is_digit),
    )


def _deduction_rules(profile: Profile) -> tuple[FieldRule, ...]:
    """What a union enters for paying in its members' deductions (ambiguity 22)."""
    payer = profile.payer_name_maximum
    return (FieldRule("payer_name", f"全角カナ・英大文字・数字{payer}文字以内", 1, payer, _PAYER_NAME.__contains__),)


def _is_full_width_text(character: str) -> bool:
    return is_full_width(character) and is_readable(character)


def is_readable(character: str) -> bool:
    """Whether anybody can read a character by itself.

    Soft hyphens, private-use and unassigned code points are "ambiguous" or wide too; a mark that was not joined to its
    letter is drawn beside it.
    """
    return unicodedata.category(character)[0] not in "CM" or is_selector(character)


def _quoted(character: str, *, secret: bool) -> str:
    width = "半角文字" if is_half_width(character) else "全角文字"
    if character in _NAMED_SPACES:
        return f"（{_NAMED_SPACES[character]}）"
    if secret:
        return f"（{width}）"
    if unicodedata.category(character)[0] in "CMZ":  # invisible, or drawn onto its neighbour
        return f"（U+{ord(character):04X}）"
    return f"「{character}」（{width}）"


def check_field(rule: FieldRule, label: str, value: str) -> Refusal | None:
    """Judge `value`, typed into the required field shown as `label`; None when it keeps the rule.

    The first fault is told, in this order: E1001 empty or blank, E1006 characters, E1002 length, E1004 kinds,
    E1007 syntax.
    """
    problem = rule.check(value)
    if not value or (problem is None and is_blank(value)):
        return Refusal(label, message("E1001", field=label))
    if problem is None:
        return None
    return Refusal(label, message(problem.code, **{"field": label, "rule": rule.description, **problem.values}))


def check_match(label: str, again_label: str, value: str, again: str) -> Refusal | None:
    """Refuse with E1005, at the field `again_label`, when the re-entry is not exactly the value (MRG-19, MRG-22)."""
    if value == again:
        return None
    return Refusal(again_label, message("E1005", field=label, again=again_label))
