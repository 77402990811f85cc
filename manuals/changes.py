"""What is different from an older build: pictures and pages that changed, are new, or are gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from manuals.manifest import Entry, Manifest

TO_REPLACE = {"変更": "差し替えるページ", "新規": "新しいページ", "削除": "取り除くページ（前の番号）"}
MOVED = "番号だけが変わったページ"
Pair = tuple[Entry | None, Entry | None]
"""What was there, and what is there now."""


@dataclass(frozen=True)
class Change:
    """A part that is not what it was; at least one of both is there."""

    old: Entry | None
    new: Entry | None

    @property
    def kind(self) -> str:
        """What happened, in Japanese."""
        if self.old and self.new:
            return "変更"
        return "新規" if self.new else "削除"

    @property
    def entry(self) -> Entry:
        """How to name it: as it is now, if it still is."""
        found = self.new or self.old
        assert found is not None  # noqa: S101 - said above
        return found


@dataclass(frozen=True)
class Changes:
    """All that is different.

    Attributes:
        pictures, chapters, html, pdf: the parts that changed, are new, or are gone.
        moved: pages of the PDF that read as before, and have another number.
    """

    pictures: tuple[Change, ...]
    chapters: tuple[Change, ...]
    html: tuple[Change, ...]
    pdf: tuple[Change, ...]
    moved: tuple[Change, ...] = ()

    def pages_to_replace(self) -> list[tuple[str, str]]:
        """What to do with which pages of the PDF, in Japanese: what, and the pages' numbers."""
        told = [
            (title, ranges([int(change.entry.number) for change in self.pdf if change.kind == kind]))
            for kind, title in TO_REPLACE.items()
        ]
        told.append((MOVED, ranges([int(change.entry.number) for change in self.moved])))
        return [(title, numbers) for title, numbers in told if numbers]

    def __bool__(self) -> bool:
        """Whether there is anything to replace."""
        return bool(self.pictures or self.chapters or self.html or self.pdf)


def compare(old: Manifest, new: Manifest) -> Changes:
    """Compare two builds; what only one of them has made at all (no PDF, no HTML) is not compared."""
    pdf = list(_aligned(old.pdf, new.pdf, _in_order)) if old.pdf and new.pdf else []
    return Changes(
        pictures=_different(_aligned(old.pictures, new.pictures, _by_id)),
        chapters=_different(_by_id(old.chapters, new.chapters)),
        html=_different(_by_id(old.html, new.html)) if old.html and new.html else (),
        pdf=_different(pdf),
        moved=tuple(
            Change(was, now)
            for was, now in pdf
            if was and now and was.digest == now.digest and was.number != now.number
        ),
    )


def ranges(numbers: Sequence[int]) -> str:
    """Page numbers as people write them: 3-5、9."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _different(pairs: Iterable[Pair]) -> tuple[Change, ...]:
    return tuple(Change(old, new) for old, new in pairs if old is None or new is None or old.digest != new.digest)


def _aligned(
    old: Sequence[Entry], new: Sequence[Entry], rest: Callable[[Sequence[Entry], Sequence[Entry]], Iterator[Pair]]
) -> Iterator[Pair]:
    """Pair what looks alike in the same order, so that what was put in between does not change all that follows it."""
    matcher = SequenceMatcher(None, [one.digest for one in old], [one.digest for one in new], autojunk=False)
    for kind, first, last, begin, end in matcher.get_opcodes():
        if kind == "equal":
            yield from zip(old[first:last], new[begin:end], strict=True)
        else:
            yield from rest(old[first:last], new[begin:end])


def _by_id(old: Sequence[Entry], new: Sequence[Entry]) -> Iterator[Pair]:
    before, now = {one.id: one for one in old}, {one.id for one in new}
    yield from ((before.get(one.id), one) for one in new)
    yield from ((one, None) for one in old if one.id not in now)


def _in_order(old: Sequence[Entry], new: Sequence[Entry]) -> Iterator[Pair]:
    """Pages in the same place took the place of one another; what one side has more is new, or gone."""
    yield from zip_longest(old, new)
