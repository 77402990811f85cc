"""Which scenarios are meant: by place, by words of a title as people see it, by tags; clear before anything runs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path

from koujyo.tag_expressions import BadExpression, matching
from storyboard.plan import SUFFIX, Planned, feature_files, plan_of

_KEYWORD = re.compile(r"(シナリオアウトライン|シナリオテンプレート|シナリオ|機能|フィーチャ|ルール)\s*[:：]\s*")
MOST_GUESSES = 3


class BadSelection(ValueError):  # noqa: N818 - it names what it is
    """What was asked for is not there; the text says in Japanese what is."""


def plan_all(features: Path, root: Path) -> list[Planned]:
    """Return every scenario of the checkout.

    Raises:
        PlanError: a feature file cannot be run as it is.
    """
    return [one for file in feature_files(features) for one in plan_of(file, root)]


def choose(
    plan: Sequence[Planned], root: Path, places: Iterable[str], words: Iterable[str], marks: Iterable[str]
) -> list[Planned]:
    """Return the scenarios meant, in the plan's order: those of any place, with any of the words, with any of the tags.

    Args:
        plan: all there are.
        root: to which places are relative, where they are not to the current folder.
        places: folders, feature files, "file:line" and "file::title"; without any, all.
        words: titles, or parts of them, as they are read; without any, all.
        marks: expressions of tags; without any, all.

    Raises:
        BadSelection: one of them means nothing.
        PlanError: a feature file outside the checkout's features cannot be run.
    """
    chosen = _any_of(places, lambda word: _at(word, plan, root)) or list(plan)
    everything = list(dict.fromkeys([*plan, *chosen]))
    for wanted, find in ((words, _titled), (marks, _tagged)):
        if found := _any_of(wanted, lambda word, find=find: find(word, everything)):  # type: ignore[misc]
            chosen = [one for one in chosen if one in found]
    if not chosen:
        raise BadSelection("指定をすべて満たすシナリオはありません。")
    return sorted(dict.fromkeys(chosen), key=lambda one: (one.file, one.line))


def _any_of(words: Iterable[str], find: Callable[[str], list[Planned]]) -> list[Planned]:
    return [one for word in words for one in find(word)]


def _at(word: str, plan: Sequence[Planned], root: Path) -> list[Planned]:
    """The scenarios of a place."""
    place, title = [*word.split("::", 1), ""][:2]
    place, line = (place.rsplit(":", 1) if re.search(r":\d+$", place) else (place, ""))[:2]
    path = next((path for path in (Path(place).absolute(), root / place) if path.exists()), None)
    if path is None:
        known = {part for one in plan for part in (one.file, one.file.rpartition("/")[0])}
        raise BadSelection(f"「{place}」はありません。{_guess(place, known)}")
    files = {file.resolve() for file in feature_files(path) if file.suffix == SUFFIX}
    found = [one for one in plan if (root / one.file).resolve() in files]
    found += [
        one for file in sorted(files - {(root / one.file).resolve() for one in plan}) for one in plan_of(file, root)
    ]
    if not found:
        raise BadSelection(f"「{place}」にシナリオはありません。")
    if title:
        return _titled(title, found)
    return _on_line(word, int(line), found) if line else found


def _on_line(word: str, line: int, plan: Sequence[Planned]) -> list[Planned]:
    """The scenario that stands on a line; of an outline the one line of its examples, or all of them."""
    around = [one for one in plan if one.first_line <= line <= one.last_line]
    if not around:
        raise BadSelection(
            f"「{word}」の行にシナリオはありません。最初のシナリオは {plan[0].first_line} 行目からです。"
        )
    return [one for one in around if one.line == line] or around


def _titled(word: str, plan: Sequence[Planned]) -> list[Planned]:
    """Those with exactly this title; else those whose title has this part; else those of such a rule or feature."""
    wanted = _plain(word)
    looks: tuple[Callable[[Planned], Iterable[str]], ...] = (
        lambda one: (one.title, one.outline, one.name),
        lambda one: (one.rule, one.feature),
    )
    for texts in looks:
        for fits in (str.__eq__, str.__contains__):
            if found := [one for one in plan if any(fits(_plain(text), wanted) for text in texts(one))]:
                return found
    guess = _guess(word, {one.title for one in plan} | {one.feature for one in plan})
    raise BadSelection(f"-k「{word}」に合うシナリオはありません。{guess}")


def _tagged(expression: str, plan: Sequence[Planned]) -> list[Planned]:
    known = {tag for one in plan for tag in one.tags}
    try:
        fits = matching(expression)
    except BadExpression as problem:
        raise BadSelection(f"-m「{expression}」は読めません（{problem}）。例: -m '手順書 and not 会員編'") from problem
    if unknown := sorted(fits.tags - known):
        raise BadSelection(f"-m: タグ「{unknown[0]}」の付いたシナリオはありません。{_guess(unknown[0], known)}")
    if found := [one for one in plan if fits(one.tags)]:
        return found
    raise BadSelection(f"-m「{expression}」に合うシナリオはありません。")


def _plain(text: str) -> str:
    """A text as it is compared: width, case and spaces make no difference, nor a keyword that was pasted with it."""
    plain = " ".join(unicodedata.normalize("NFKC", _KEYWORD.sub("", text.strip(), count=1)).split())
    return plain.casefold()


def _guess(word: str, known: Iterable[str]) -> str:
    by_plain = {_plain(text): text for text in known if text}
    close = get_close_matches(_plain(word), by_plain, MOST_GUESSES, cutoff=0.5)
    return f"もしかして: {'、'.join(f'「{by_plain[one]}」' for one in close)}" if close else ""
