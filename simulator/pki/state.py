"""Files of key material in the state folder: readable by their owner only, whole or absent."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes


class StateError(Exception):
    """A file in the state folder cannot be used; the message names it and says what to do."""


def write_private(path: Path, content: bytes) -> None:
    """Write ``content`` with mode 0600, creating the folder; another process sees the old file or the whole new one.

    Raises:
        OSError: the folder or the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)  # mkstemp makes it 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.replace(temporary, path)  # noqa: PTH105 - the descriptor came from mkstemp, which speaks str
    except BaseException:
        os.unlink(temporary)  # noqa: PTH108
        raise


def key_pem(key: PrivateKeyTypes) -> bytes:
    """The private key as unencrypted PKCS #8 PEM."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def read_key_and_certificates(path: Path) -> tuple[PrivateKeyTypes, list[x509.Certificate]]:
    """Read a file that holds one private key and then its certificate, followed by those of its issuers.

    Raises:
        StateError: the file is damaged or the key is not the first certificate's.
        OSError: it cannot be read.
    """
    pem = path.read_bytes()
    try:
        key = load_pem_private_key(pem, password=None)
        certificates = x509.load_pem_x509_certificates(pem)
    except (ValueError, TypeError) as error:
        raise _unusable(path) from error
    if certificates[0].public_key() != key.public_key():
        raise _unusable(path)
    return key, certificates


def _unusable(path: Path) -> StateError:
    return StateError(f"鍵と証明書のファイル{path}が壊れています。このファイルを削除してから起動し直してください。")
