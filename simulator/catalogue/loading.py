"""Reading the catalogue's files, and refusing one that does not hold together."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

import yaml
from pydantic import ValidationError

from simulator.catalogue.model import Catalogue, Screen
from simulator.rules import Profile, field_rules, load_profile


class CatalogueError(ValueError):
    """The catalogue contradicts itself or the rules."""


@lru_cache(maxsize=4)
def load_catalogue(folder: Path | None = None) -> Catalogue:
    """Read all screens; `$name` in a text is replaced by the profile's value of that name.

    Args:
        folder: where `system.yaml` and `screens/` stand; the package's own by default.

    Raises:
        CatalogueError: a file is malformed, or a button, rule or field it names does not exist.
    """
    root = folder or Path(str(files("simulator.catalogue")))
    profile = load_profile()
    system = _read(root / "system.yaml", profile)
    screens = [Screen.model_validate(_read(path, profile)) for path in sorted((root / "screens").glob("*.yaml"))]
    try:
        catalogue = Catalogue.model_validate({**system, "screens": {screen.key: screen for screen in screens}})
    except ValidationError as problem:
        raise CatalogueError(str(problem)) from problem
    _check(catalogue, profile)
    return catalogue


def _read(path: Path, profile: Profile) -> Any:
    values = {name: setting.value for name, setting in profile.settings.items()}
    # The manuals count the day of issue as day one (CRT-06).
    values["certificate_valid_days"] = profile.certificate_days + 1
    try:
        return yaml.safe_load(Template(path.read_text(encoding="utf-8")).substitute(values))
    except (yaml.YAMLError, KeyError, ValueError) as problem:
        raise CatalogueError(f"{path.name}: {problem}") from problem


def _check(catalogue: Catalogue, profile: Profile) -> None:
    ids = [screen.id for screen in catalogue.screens.values()]
    problems = [f"画面ID {id_} が重複しています" for id_ in sorted({i for i in ids if ids.count(i) > 1})]
    rules = field_rules(profile)
    for screen in catalogue.screens.values():
        keys = {field.key for field in screen.fields}
        buttons = {button.key for button in screen.buttons}
        problems += [f"{screen.key}: 規則 {f.rule} はありません" for f in screen.fields if f.rule not in rules]
        problems += [
            f"{screen.key}: 項目 {f.repeats} はありません" for f in screen.fields if f.repeats not in {None, *keys}
        ]
        problems += [
            f"{screen.key}: 遷移先 {b.leads_to} はありません"
            for b in screen.buttons
            if b.leads_to not in {None, *catalogue.screens}
        ]
        problems += [
            f"{screen.key}: ボタン {key} はありません"
            for section in screen.sections
            for key in section.buttons
            if key not in buttons
        ]
    problems += [
        f"メニュー: 遷移先 {m.leads_to} はありません" for m in catalogue.menu_bar if m.leads_to not in catalogue.screens
    ]
    if problems:
        raise CatalogueError("\n".join(problems))
