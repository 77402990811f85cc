"""What a logon account of a PC really has: a download folder and certificates.

The test bench gives the desk those of its own logon accounts; people who practise get some that live in memory.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from simulator.pki import open_sealed


class Folder(Protocol):
    """The download folder."""

    @property
    def names(self) -> list[str]:
        """The files in it, the newest last."""

    def read(self, name: str) -> bytes:
        """What a file holds.

        Raises:
            KeyError: there is no such file.
        """


class Certificates(Protocol):
    """The certificate store (CRT-03)."""

    @property
    def names(self) -> list[str]:
        """The names of its certificates, in the order of import."""

    def add(self, data: bytes, password: str) -> str:
        """Import a .p12 file; the name of its certificate (IMP-08).

        Raises:
            WrongPassword: it is not the password the file was sealed with.
            ValueError: it is no such file.
        """


class FolderOnDisk:
    """A download folder that is really there, or will be."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def names(self) -> list[str]:
        """The files in it, the newest last."""
        found = [path for path in self._path.glob("*") if path.is_file()]
        return [path.name for path in sorted(found, key=lambda path: path.stat().st_mtime_ns)]

    def read(self, name: str) -> bytes:
        """What a file holds; see `Folder`."""
        if name not in self.names:
            raise KeyError(name)
        return (self._path / name).read_bytes()


class FolderInMemory:
    """A download folder into which people who practise put files themselves."""

    MOST_FILES, MOST_BYTES = 20, 5_000_000

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}

    @property
    def names(self) -> list[str]:
        """The files in it, the newest last."""
        return list(self._files)

    def read(self, name: str) -> bytes:
        """What a file holds; see `Folder`."""
        return self._files[name]

    def put(self, name: str, data: bytes) -> None:
        """Add a file, or replace the one of that name; the oldest goes when there are too many."""
        self._files.pop(name, None)
        self._files[name] = data
        for oldest in list(self._files)[: -self.MOST_FILES]:
            del self._files[oldest]


class CertificatesInMemory:
    """The names of certificates that were imported; they are in no browser."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def add(self, data: bytes, password: str) -> str:
        """Import a .p12 file; see `Certificates`."""
        name = open_sealed(data, password).name
        if name not in self.names:
            self.names.append(name)
        return name
