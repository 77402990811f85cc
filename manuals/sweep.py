"""Searches all that a build wrote for the secrets of the run it was made of."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from PIL import Image

from manuals.printed import read_print
from storyboard.confidential import kept_secrets
from storyboard.masking import pattern_of
from storyboard.model import Scenario

_TAGS = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp"})


class SecretFound(Exception):  # noqa: N818 - it names what happened
    """Files of a build show a secret; the text names them, and never the secret."""


def secrets_of_all(report: Path, scenarios: Iterable[Scenario]) -> frozenset[str]:
    """All secrets that these scenarios of a report had.

    Raises:
        StoryboardError: they were not kept.
    """
    return frozenset[str]().union(*(kept_secrets(report, scenario.id) for scenario in scenarios))


def sweep(folder: Path, secrets: Iterable[str]) -> None:
    """Search every file below a folder, and the files' names.

    Raises:
        SecretFound: something was found.
    """
    pattern = pattern_of(frozenset(secrets))
    if pattern is None:
        return
    found = [
        f"{folder.name}/{path.relative_to(folder).as_posix()}"
        for path in sorted(folder.rglob("*"))
        if any(pattern.search(text) for text in _texts(path, folder))
    ]
    if found:
        raise SecretFound(f"秘密（パスワードや認証コード）が残っています: {'、'.join(found)}")


def _texts(path: Path, folder: Path) -> Iterator[str]:
    yield path.relative_to(folder).as_posix()
    if not path.is_file():
        return
    match path.suffix:
        case ".docx":
            yield from _word_texts(path)
        case ".pdf":
            yield from _print_texts(path)
        case suffix if suffix in PICTURES:
            with Image.open(path) as picture:
                yield from map(str, picture.info.values())
        case _:
            yield from _both(path.read_bytes())


def _word_texts(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as parts:
        for part in parts.infolist():
            yield part.filename
            if Path(part.filename).suffix not in PICTURES:
                yield from _both(parts.read(part))


def _print_texts(path: Path) -> Iterator[str]:
    printed = read_print(path)
    for text in printed.properties:
        yield from _both(text)
    for page in printed.pages:
        yield from page.hidden
        yield page.text
        # A line's end may stand in the middle of a word.
        yield _SPACE.sub("", page.text)


def _both(content: bytes | str) -> Iterator[str]:
    """A text as it is, and as it reads: without the tags that may stand in the middle of a word."""
    text = content if isinstance(content, str) else content.decode("utf-8", errors="replace")
    yield text
    yield html.unescape(_TAGS.sub("", text))
