"""The rule profile: every value the manuals give (or leave open), read from one file of data."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, time
from pathlib import Path
from types import MappingProxyType
from typing import Any

DEFAULT_PROFILE = Path(__file__).with_name("profile.toml")
_KEYS = frozenset({"value", "clauses", "assumed", "note"})
_CLAUSE = re.compile(r"[A-Z]{2,3}-[0-9]{2}")


class ProfileError(ValueError):
    """The profile file lacks a value, has an unknown one, or one of the wrong kind."""


@dataclass(frozen=True)
class Setting:
    """One value with its evidence: the clause ids it rests on, and whether it is an assumption."""

    name: str
    value: Any
    clauses: tuple[str, ...]
    assumed: bool
    note: str


@dataclass(frozen=True)
class Profile:
    """All values of the rules. Lengths are characters; `_minutes` and `_days` say their unit.

    Every `_at` is Japan time; closed days are "MM-DD". `settings` tells the evidence of each.
    """

    contract_number_digits: int
    initial_password_length: int
    user_id_minimum: int
    user_id_maximum: int
    password_minimum: int
    password_maximum: int
    user_name_maximum: int
    mail_address_maximum: int
    code_digits: int
    code_minutes: int
    code_tries: int
    certificate_days: int
    renewal_days: int
    certificate_fixed_text: str
    failures_before_lock: int
    lock_minutes: int
    locks_before_block: int
    general_users_maximum: int
    password_days: int
    session_idle_minutes: int
    newer_login_ends_older: bool
    opens_at: time
    closes_at: time
    closed_days: tuple[str, ...]
    help_desk_name: str
    help_desk_phone: str
    help_desk_opens_at: time
    help_desk_closes_at: time
    help_desk_closed_days: tuple[str, ...]
    operating_systems: tuple[str, ...]
    browsers: tuple[str, ...]
    free_disk_megabytes: int
    mail_sender: str
    portal_site: str
    daily_batch_at: time
    savings_limit_yen: int
    savings_warning_percent: int
    savings_interest_basis_points: int
    summer_bonus_month: int
    winter_bonus_month: int
    subsidy_percent: int
    receipt_day: int
    generations_kept: int
    list_page_lines: int
    worker_number_maximum: int
    worker_name_maximum: int
    branch_name_maximum: int
    worker_kana_maximum: int
    amount_digits: int
    deposit_step_yen: int
    monthly_minimum_yen: int
    monthly_maximum_yen: int
    bonus_maximum_yen: int
    declared_step_yen: int
    transfer_days_ahead: int
    payer_name_maximum: int
    settings: Mapping[str, Setting] = field(compare=False, repr=False)


def load_profile(path: Path | None = None) -> Profile:
    """Read the profile from `path` (default: the file beside this module).

    Raises:
        ProfileError: the file is unreadable, or a value is missing, unknown, mistyped or out of range.
    """
    source = path or DEFAULT_PROFILE
    try:
        tables = tomllib.loads(source.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:  # ValueError: not UTF-8, or not TOML
        raise ProfileError(f"{source} を読めません: {error}") from error
    kinds = {item.name: item.type for item in fields(Profile) if item.name != "settings"}
    _refuse_differences(tables.keys(), kinds.keys(), "値")
    settings = {name: _setting(name, tables[name], kind) for name, kind in kinds.items()}
    profile = Profile(**{name: item.value for name, item in settings.items()}, settings=MappingProxyType(settings))
    _refuse_contradictions(profile)
    return profile


def _refuse_differences(found: Any, expected: Any, what: str) -> None:
    if missing := sorted(set(expected) - set(found)):
        raise ProfileError(f"{what}がありません: {', '.join(missing)}")
    if unknown := sorted(set(found) - set(expected)):
        raise ProfileError(f"知らない{what}です: {', '.join(unknown)}")


def _setting(name: str, table: Any, kind: Any) -> Setting:
    if not isinstance(table, dict):
        raise ProfileError(f"{name} は表 [{name}] で書いてください")
    _refuse_differences(table.keys(), _KEYS, f"{name} の項目")
    clauses = _texts(name, table["clauses"])
    if wrong := [clause for clause in clauses if not _CLAUSE.fullmatch(clause)]:
        raise ProfileError(f"{name} の条項の番号が正しくありません: {', '.join(wrong)}")
    if type(table["assumed"]) is not bool or type(table["note"]) is not str:
        raise ProfileError(f"{name} の assumed は true か false、note は文字列で書いてください")
    return Setting(name, _value(name, table["value"], kind), clauses, table["assumed"], table["note"])


def _value(name: str, value: Any, kind: Any) -> Any:
    if kind == tuple[str, ...]:
        return _texts(name, value)
    if type(value) is not kind:  # not isinstance: TOML's true must not pass for the number 1
        raise ProfileError(f"{name} の値 {value!r} は {kind.__name__} ではありません")
    if value == "" or (kind is int and value < 1):
        raise ProfileError(f"{name} の値 {value!r} は小さすぎるか空です")
    return value


def _texts(name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ProfileError(f"{name} は文字列の並びで書いてください")
    return tuple(value)


def _refuse_contradictions(profile: Profile) -> None:
    for low, high in (("user_id_minimum", "user_id_maximum"), ("password_minimum", "password_maximum"),
                      ("renewal_days", "certificate_days"),
                      ("monthly_minimum_yen", "monthly_maximum_yen")):  # fmt: skip
        if getattr(profile, low) > getattr(profile, high):
            raise ProfileError(f"{low} が {high} より大きくなっています")
    for name, most in (("summer_bonus_month", 12), ("winter_bonus_month", 12), ("receipt_day", 28)):
        if getattr(profile, name) > most:
            raise ProfileError(f"{name} は {most} 以下にしてください")
    for prefix in ("", "help_desk_"):
        if getattr(profile, f"{prefix}opens_at") >= getattr(profile, f"{prefix}closes_at"):
            raise ProfileError(f"{prefix}opens_at は {prefix}closes_at より前にしてください")
        for day in getattr(profile, f"{prefix}closed_days"):
            _refuse_no_day(f"{prefix}closed_days", day)


def _refuse_no_day(name: str, day: str) -> None:
    try:
        date.fromisoformat(f"2000-{day}")  # a leap year, so that 02-29 may be named
    except ValueError as error:
        raise ProfileError(f"{name} の {day} は月-日ではありません") from error
