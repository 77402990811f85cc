"""The portal's own certificate, by trustme: for the names under which a browser on this machine reaches it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import trustme
from cryptography.hazmat.primitives.serialization import Encoding

from simulator.pki.state import StateError, read_key_and_certificates, write_private

if TYPE_CHECKING:
    from pathlib import Path

SERVER_NAMES = ("localhost", "127.0.0.1", "::1", "www.cjs-rokin.jp")
"""The last one is the address printed in the manuals; a browser can be told to find it on this machine."""

OWNER = "koujyo simulator"


@dataclass(frozen=True, slots=True)
class ServerIdentity:
    """A server certificate for ``SERVER_NAMES`` and the authority a browser has to trust for it.

    The authority's own key is thrown away once it has signed: importing the authority into a browser lets nobody
    forge another site. Its validity is on the machine's time, whatever the simulated clock shows.

    Attributes:
        ca_pem: the authority's certificate, for browsers to trust.
        key_and_chain_pem: private key, server certificate and authority.
    """

    ca_pem: bytes
    key_and_chain_pem: bytes

    @classmethod
    def create(cls) -> Self:
        """Make a new authority and a server certificate."""
        authority = trustme.CA(path_length=0, organization_name=OWNER, organization_unit_name="server CA (TEST ONLY)")
        server = authority.issue_cert(
            *SERVER_NAMES,
            common_name=SERVER_NAMES[0],
            organization_name=OWNER,
            organization_unit_name="portal (TEST ONLY)",
        )
        ca_pem = authority.cert_pem.bytes()
        return cls(ca_pem, server.private_key_and_cert_chain_pem.bytes() + ca_pem)

    @classmethod
    def load_or_create(cls, folder: Path) -> Self:
        """Take the identity kept in ``folder``, or create one and keep it there, so that browsers stay content.

        Writes ``server.pem`` (key and chain) and ``server-ca.pem`` (for browsers), both with mode 0600.

        Raises:
            StateError: the kept file is damaged.
            OSError: the folder cannot be read or written.
        """
        path = folder / "server.pem"
        if path.exists():
            return cls._load(path)
        identity = cls.create()
        write_private(path, identity.key_and_chain_pem)
        write_private(folder / "server-ca.pem", identity.ca_pem)
        return identity

    @classmethod
    def _load(cls, path: Path) -> Self:
        _, certificates = read_key_and_certificates(path)
        if len(certificates) == 1:
            raise StateError(f"{path}に認証局の証明書がありません。このファイルを削除してから起動し直してください。")
        identity = cls(certificates[-1].public_bytes(Encoding.PEM), path.read_bytes())
        write_private(path.with_name("server-ca.pem"), identity.ca_pem)
        return identity
