"""Reading the catalogue's files, and refusing one that does not hold together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import time
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

import yaml
from pydantic import ValidationError

from simulator.catalogue.manuals import dangling_manuals, with_labels
from simulator.catalogue.model import Catalogue, Screen
from simulator.rules import Profile, field_rules, load_profile

# The parser written in C is ten times faster, where the library was built with it.
SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SHARED = ("system.yaml", "events.yaml", "manuals.yaml", "forms.yaml")


class CatalogueError(ValueError):
    """The catalogue contradicts itself or the rules."""


@lru_cache(maxsize=4)
def load_catalogue(folder: Path | None = None) -> Catalogue:
    """Read all screens; `$name` in a text is replaced by the profile's value of that name.

    Args:
        folder: where these files and `screens/` stand; the package's own by default.

    Raises:
        CatalogueError: a file is missing or malformed, or names a button, rule, field or screen that does not exist.
    """
    root = folder or Path(str(files("simulator.catalogue")))
    profile = load_profile()
    screens = [_screen(path, profile) for path in sorted((root / "screens").glob("*.yaml"))]
    shared = [_read(root / name, profile) for name in SHARED]
    try:
        catalogue = Catalogue.model_validate(
            {**{key: value for part in shared for key, value in part.items()}, "screens": {s.key: s for s in screens}}
        )
    except (ValidationError, TypeError) as problem:
        raise CatalogueError(f"{', '.join(SHARED)}: {problem}") from problem
    if problems := [*_duplicates(screens), *_dangling(catalogue, profile), *dangling_manuals(catalogue)]:
        raise CatalogueError("\n".join(problems))
    return with_labels(catalogue)


def _screen(path: Path, profile: Profile) -> Screen:
    try:
        screen = Screen.model_validate(_read(path, profile))
    except ValidationError as problem:
        raise CatalogueError(f"{path.name}: {problem}") from problem
    if screen.key != path.stem:
        raise CatalogueError(f"{path.name}: key は {path.stem} でなければなりません（{screen.key}）")
    return screen


def _read(path: Path, profile: Profile) -> Any:
    values = {name: setting.value for name, setting in profile.settings.items()}
    # The manuals count the day of issue as day one (CRT-06).
    values["certificate_valid_days"] = profile.certificate_days + 1
    values["service_hours"] = _span(profile.opens_at, profile.closes_at)
    values["help_desk_hours"] = _span(profile.help_desk_opens_at, profile.help_desk_closes_at)
    values |= {name: f"{value:,}" for name, value in values.items() if name.endswith("_yen")}
    values |= {name: _days(values[name]) for name in ("closed_days", "help_desk_closed_days")}
    values["operating_systems"] = "、".join(profile.operating_systems)
    values["browsers"] = "、".join(profile.browsers)
    try:
        return yaml.load(Template(path.read_text(encoding="utf-8")).substitute(values), SafeLoader)  # noqa: S506
    except (OSError, yaml.YAMLError, KeyError, ValueError) as problem:
        raise CatalogueError(f"{path.name}: {problem}") from problem


def _span(opens_at: time, closes_at: time) -> str:
    return "～".join(f"{at.hour}:{at:%M}" for at in (opens_at, closes_at))


def _days(month_days: Sequence[str]) -> str:
    return "、".join("{}月{}日".format(*map(int, day.split("-"))) for day in month_days)


def _duplicates(screens: Sequence[Screen]) -> Iterator[str]:
    """What is named twice and could not be told apart."""
    for name, values in (
        ("画面ID", [screen.id for screen in screens]),
        ("画面名", [screen.title for screen in screens]),
        ("パス", [screen.path for screen in screens if screen.path]),
    ):
        yield from (f"{name} {value} が重複しています" for value in _repeated(values))
    for screen in screens:
        keys = [[part.key for part in parts] for parts in (screen.fields, screen.buttons, screen.sections)]
        yield from (f"{screen.key}: {key} が重複しています" for part in keys for key in _repeated(part))


def _dangling(catalogue: Catalogue, profile: Profile) -> Iterator[str]:
    """What is named and does not exist."""
    rules = field_rules(profile)
    for screen in catalogue.screens.values():
        fields, buttons = {field.key for field in screen.fields}, {button.key for button in screen.buttons}
        notes = [*screen.notes, *(note for section in screen.sections for note in section.notes)]
        ways = [w for w in (*(b.leads_to for b in screen.buttons), *(n.leads_to for n in notes)) if w]
        named = [key for section in screen.sections for key in section.buttons]
        asked = [field.repeats for field in screen.fields if field.repeats]
        asked += [key for section in screen.sections for key in section.fields]
        yield from (f"{screen.key}: 規則 {f.rule} はありません" for f in screen.fields if f.rule not in rules)
        yield from (f"{screen.key}: 項目 {key} はありません" for key in asked if key not in fields)
        yield from (f"{screen.key}: 遷移先 {key} はありません" for key in ways if key not in catalogue.screens)
        yield from (f"{screen.key}: ボタン {key} はありません" for key in named if key not in buttons)
        yield from (
            f"{screen.key}: {s.key} の値が行より多くあります" for s in screen.sections if len(s.values) > len(s.rows)
        )
        yield from (
            f"{screen.key}: {s.key} の列の名前と見出しが合いません"
            for s in screen.sections
            if (s.keys and len(s.keys) != len(s.columns))
            or not {key.removeprefix("-") for key in s.sorts} <= set(s.keys)
        )
    for item in (*catalogue.menu_bar, *(function for group in catalogue.menu_bar for function in group.items)):
        opened = catalogue.screens.get(item.leads_to or "")
        if not item.items and opened is None:
            yield f"メニュー: {item.label} の遷移先 {item.leads_to} はありません"
        missing = [edition for edition in item.editions if opened and edition not in opened.editions]
        yield from (f"メニュー: {item.label} の画面 {item.leads_to} は{edition}編にありません" for edition in missing)
    for kind in catalogue.operations:
        if kind not in catalogue.event_words:
            yield f"操作ログ: {kind} の呼び名がありません"
    yield from (f"操作ログ: {kind} が重複しています" for kind in _repeated(catalogue.operations))
    for key in catalogue.footer:
        if key not in catalogue.screens or catalogue.screen(key).path is None:
            yield f"フッター: 画面 {key} は開けません"


def _repeated(values: Sequence[str]) -> list[str]:
    return sorted({value for value in values if values.count(value) > 1})
