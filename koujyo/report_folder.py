"""The folder of a report: one run at a time writes it, and what is in it stays until there is something better."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from koujyo.shelf import Shelf, beside
from storyboard.run import FILE, STORYBOARDS


class CannotReport(Exception):  # noqa: N818 - it names what happened
    """The folder cannot be used for a report; the text says in Japanese why."""


@dataclass(frozen=True)
class Claim:
    """A folder that is ours until the end of the run, with the draft of what is to take its place."""

    folder: Path
    _shelf: Shelf

    @property
    def draft(self) -> Path:
        """Where the run writes."""
        return self._shelf.draft / self.folder.name

    def take_place(self) -> None:
        """Put the draft in the place of what was there.

        Raises:
            CannotReport: what was there is in use.
        """
        try:
            self._shelf.take_place([self.folder.name])
        except OSError as error:
            raise CannotReport(
                f"前回の報告書 {self.folder} を片付けられません（{error.strerror}）。開いている画面を閉じてください。"
            ) from error


@contextmanager
def claimed(folder: Path) -> Iterator[Claim]:
    """Keep others away from the folder, and give a draft for it.

    Raises:
        CannotReport: it is in use, cannot be written, or holds something that is no report.
    """
    folder = folder.absolute()
    if folder.exists() and not _is_replaceable(folder):
        raise CannotReport(f"--report: {folder} は報告書のフォルダーではないので、置き換えません。")
    lock = FileLock(folder.with_name(f".{folder.name}.lock"), timeout=0)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as busy:
        raise CannotReport(
            f"報告書のフォルダー {folder} は、ほかの実行が使っています。"
            "終わるのを待つか、--report で別のフォルダーを指定してください。"
        ) from busy
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        with beside(folder.parent, f"{folder.name}.") as shelf:
            claim = Claim(folder, shelf)
            claim.draft.mkdir()
            yield claim
    finally:
        lock.release()


def _unwritable(folder: Path, error: OSError) -> CannotReport:
    return CannotReport(
        f"報告書のフォルダー {folder} に書き込めません（{error.strerror}）。"
        "--report で別のフォルダーを指定してください。"
    )


def _is_replaceable(folder: Path) -> bool:
    """Whether it is a folder that holds a report, or nothing."""
    if not folder.is_dir():
        return False
    names = {path.name for path in folder.iterdir()}
    return not names or bool(names & {FILE, STORYBOARDS})
