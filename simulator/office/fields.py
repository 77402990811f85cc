"""What can be entered at the labour bank's side: API and console check it with the same rules."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from simulator.catalogue import load_catalogue
from simulator.rules import FieldRule, field_rules, is_readable, load_profile

# In characters; the columns that keep them have room for as many selectors of variants.
LONGEST_LINE, LONGEST_TEXT = 80, 400


def _is_text(character: str) -> bool:
    return character == "\n" or is_readable(character)


def _line(name: str, minimum: int = 1, maximum: int = LONGEST_LINE) -> FieldRule:
    return FieldRule(name, f"{maximum}文字以内", minimum, maximum, is_readable)


def _text(name: str, minimum: int = 1) -> FieldRule:
    return FieldRule(name, f"{LONGEST_TEXT}文字以内", minimum, LONGEST_TEXT, _is_text)


_PORTAL_RULES = field_rules(load_profile())
_INITIAL_LOGIN = load_catalogue().screen("initial_login")
_REGISTRATION = load_catalogue().screen("master_registration")

RULES: Mapping[str, FieldRule] = MappingProxyType(
    {
        **{name: _PORTAL_RULES[name] for name in ("contract_number", "initial_password", "user_id")},
        "contract_name": _line("contract_name"),
        "reason": _line("reason"),
        "optional_reason": _line("optional_reason", 0),
        "remark": _line("remark", 0, 60),
        "notice_title": _line("notice_title"),
        "notice_text": _text("notice_text"),
        "maintenance_text": _text("maintenance_text", 0),
    }
)
LABELS: Mapping[str, str] = MappingProxyType(
    {
        "contract_number": _INITIAL_LOGIN.field("contract_number").label,
        "initial_password": _INITIAL_LOGIN.field("initial_password").label,
        **{name: _REGISTRATION.field(name).label for name in ("user_id", "user_name", "mail_address")},
        "contract_name": "契約者名",
        "edition": "契約の種類",
        "reason": "理由",
        "optional_reason": "理由",
        "remark": "補足",
        "notice_title": "件名",
        "notice_text": "本文",
        "maintenance_text": "利用者に表示する文",
        "amount": "進める量",
        "unit": "単位",
        "moment": "日時",
        "kind": "操作",
        "workers": "加入者数",
        "seed": "合成データの種",
    }
)
