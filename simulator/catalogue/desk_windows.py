"""The windows of the simulated PC as data: what the manuals lead through outside the portal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from simulator.rules import load_profile

SHARED = "pc.yaml"
# The parser written in C is ten times faster, where the library was built with it.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Kind = Literal[
    "access", "alert", "button", "certificates", "check", "checklist", "choice", "files", "group", "idle", "input",
    "list", "meter", "paper", "pick", "programs", "row", "sheet", "switch", "text", "type", "upload", "value",
]  # fmt: skip


class DeskError(ValueError):
    """The files of the desk contradict themselves."""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Choosable(_Data):
    """Something that can be set on a PC, kept for each logon account: what it is to begin with, and what it may be."""

    start: str
    states: Mapping[str, str]


class Part(_Data):
    """A piece of a window.

    Attributes:
        kind: what it looks like and how it is used.
        key: its name in forms and code; texts have none.
        label: as printed.
        hint: what stands under the label.
        setting: the name of what it shows and changes.
        value: what a `set` makes of the setting.
        shows: the name of what it shows and does not change.
        shows_value: the same for what is no setting, with names in braces.
        list: the name of the list that it shows, or adds to.
        takes: key of the input that it reads.
        does: what pressing it does beside leading on; nothing where empty.
        leads_to: key of the window that follows.
        choices: labels by a name in code, where they are no states of the setting.
        secret: typed unseen.
        main: whether it is the window's main action.
        when: it is there only while these settings have these values.
        needs: it can be pressed only while these settings have these values.
        parts: what it groups.
        assumed: True when the manuals do not print it.
        clauses: the clauses it comes from.
    """

    kind: Kind
    key: str = ""
    label: str = ""
    hint: str = ""
    setting: str = ""
    value: str = ""
    shows: str = ""
    shows_value: str = ""
    list: str = ""
    takes: str = ""
    does: str = ""
    leads_to: str | None = None
    choices: Mapping[str, str] = {}
    secret: bool = False
    main: bool = False
    when: Mapping[str, str] = {}
    needs: Mapping[str, str] = {}
    parts: tuple[Part, ...] = ()
    assumed: bool = False
    clauses: tuple[str, ...] = ()


class DeskWindow(_Data):
    """A window, a dialog or a menu.

    Attributes:
        key: its name in addresses and code.
        title: as printed in its title bar.
        frame: what it looks like.
        heading: what stands at the top of its page.
        group, tab: the windows it is reached from by a tab or an entry at the left, and what that is called.
        within: the window of the group that it belongs to.
        over: the window that it stands before.
        closes_to: the window that is left when it is closed; `over` where there is one.
        address: what a browser's address bar shows.
        tools: what stands beside that.
        guide: what the reader does here, and why.
        script: the script that runs in it.
    """

    key: str
    title: str
    title_assumed: bool = False
    frame: Literal["browser", "desktop", "dialog", "download", "menu", "window", "wizard"]
    heading: str = ""
    heading_assumed: bool = False
    group: str = ""
    tab: str = ""
    within: str = ""
    over: str = ""
    closes_to: str = ""
    address: str = ""
    back: Part | None = None
    tools: tuple[Part, ...] = ()
    parts: tuple[Part, ...] = ()
    buttons: tuple[Part, ...] = ()
    guide: str = ""
    script: str = ""
    clauses: tuple[str, ...] = ()

    def walk(self) -> Iterator[Part]:
        """Every piece, groups before what they hold."""
        waiting = [*([self.back] if self.back else []), *self.tools, *self.parts, *self.buttons]
        while waiting:
            part = waiting.pop(0)
            yield part
            waiting[:0] = part.parts

    def part(self, key: str) -> Part:
        """The piece with this key.

        Raises:
            KeyError: there is none.
        """
        return {part.key: part for part in self.walk() if part.key}[key]


class Program(_Data):
    """What the start menu lists, or only the search finds; starting it may set something."""

    key: str
    label: str
    leads_to: str
    sets: Mapping[str, str] = {}
    in_menu: bool = False
    assumed: bool = False
    clauses: tuple[str, ...] = ()


class DeskCatalogue(_Data):
    """The PC: what can be set, its programs, its windows and the words they share.

    Attributes:
        wizard: the settings that a wizard asks anew each time.
        lists: what sites can be added to.
        groups: windows that are reached from each other.
        problems: what a window says when it cannot go on, by a name in code.
    """

    settings: Mapping[str, Choosable]
    wizard: tuple[str, ...]
    lists: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]
    programs: tuple[Program, ...]
    words: Mapping[str, str]
    problems: Mapping[str, str]
    windows: Mapping[str, DeskWindow]

    def window(self, key: str) -> DeskWindow:
        """The window with this key.

        Raises:
            KeyError: there is none.
        """
        return self.windows[key]

    def starting(self) -> dict[str, str]:
        """What is set under a new logon account."""
        return {name: setting.start for name, setting in self.settings.items()}


@lru_cache(maxsize=4)
def load_desk(folder: Path | None = None) -> DeskCatalogue:
    """Read all windows; `$portal_site` in a text is replaced by the profile's value.

    Args:
        folder: where the files stand; the package's own by default.

    Raises:
        DeskError: a file is missing or malformed, or names what does not exist.
    """
    root = folder or Path(str(files("simulator.catalogue") / "desk"))
    windows = [w for path in sorted(root.glob("*.yaml")) if path.name != SHARED for w in _read(path)["windows"]]
    try:
        desk = DeskCatalogue.model_validate({**_read(root / SHARED), "windows": {w["key"]: w for w in windows}})
    except (ValidationError, TypeError, KeyError) as problem:
        raise DeskError(f"{root}: {problem}") from problem
    if len(desk.windows) < len(windows):
        raise DeskError("同じ key のウィンドウがあります")
    if problems := list(_dangling(desk)):
        raise DeskError("\n".join(problems))
    return desk


def _read(path: Path) -> Any:
    try:
        text = Template(path.read_text(encoding="utf-8")).substitute(portal_site=load_profile().portal_site)
        return yaml.load(text, _Loader)  # noqa: S506 - a safe loader
    except (OSError, yaml.YAMLError, KeyError, ValueError) as problem:
        raise DeskError(f"{path.name}: {problem}") from problem


def _dangling(desk: DeskCatalogue) -> Iterator[str]:
    """What is named and does not exist, or is named twice."""
    known = {"", *desk.settings}
    for window in desk.windows.values():
        parts = list(window.walk())
        ways = [p.leads_to for p in parts if p.leads_to] + [w for w in (window.over, window.closes_to) if w]
        named = [name for p in parts for name in (p.setting, p.shows, *p.when, *p.needs)]
        keys = [p.key for p in parts if p.key]
        yield from (f"{window.key}: ウィンドウ {key} はありません" for key in ways if key not in desk.windows)
        yield from (f"{window.key}: 設定 {name} はありません" for name in named if name not in known)
        yield from (f"{window.key}: 一覧 {p.list} はありません" for p in parts if p.list and p.list not in desk.lists)
        yield from (f"{window.key}: 入力 {p.takes} はありません" for p in parts if p.takes and p.takes not in keys)
        yield from (f"{window.key}: {key} が重複しています" for key in set(keys) if keys.count(key) > 1)
        if window.group and window.key not in desk.groups[window.group] and not window.within:
            yield f"{window.key}: {window.group} に入っていません"
    for name, members in (*desk.groups.items(), ("programs", [p.leads_to for p in desk.programs])):
        yield from (f"{name}: ウィンドウ {key} はありません" for key in members if key not in desk.windows)
