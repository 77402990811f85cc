"""`DIR/endpoints.json`: where a running simulator can be reached; it exists exactly while one is running."""

import contextlib
import json
import os
import socket
import tempfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

NAME = "endpoints.json"


class CannotStart(Exception):  # noqa: N818 - it names what happened, as the reader sees it
    """The simulator cannot run as asked; the text is one Japanese line for the user."""


class EndpointsFile:
    """The file in the state folder; only the simulator that wrote it removes it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self.path = self.folder / NAME

    def claim(self) -> None:
        """Make the folder ready: it exists, can be written, holds no stale file and is not in use.

        Raises:
            CannotStart: the folder cannot be written, or a running simulator uses it.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder):
                pass
        except OSError as error:
            raise CannotStart(
                f"--state {self.folder} に書き込めません（{error.strerror}）。別のフォルダーを指定してください。"
            ) from error
        if self._answers():
            raise CannotStart(
                f"--state {self.folder} は起動中のシミュレータが使っています。"
                "そちらを終えるか、別のフォルダーを指定してください。"
            )
        self.path.unlink(missing_ok=True)

    def write(self, endpoints: Mapping[str, str]) -> None:
        """Write the file in one step: a reader sees all of it or nothing."""
        draft = self.path.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps(endpoints, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        draft.replace(self.path)

    def remove(self) -> None:
        """Take the file away: nothing answers any more."""
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)

    def _answers(self) -> bool:
        """Whether the portal of a file that is already there accepts a connection."""
        try:
            portal = urlsplit(json.loads(self.path.read_text(encoding="utf-8"))["portal"])
            with socket.create_connection((portal.hostname or "", portal.port or 0), timeout=1):
                return True
        except (OSError, ValueError, KeyError, TypeError):
            return False
