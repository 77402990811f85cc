"""The .p12 file (CRT-32): key, certificate and authority sealed with the user's login password (IMP-03)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import PrivateFormat, pkcs12
from cryptography.hazmat.primitives.serialization.pkcs12 import PBES

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import KeySerializationEncryption

# What an attacker tries passwords against is the file's integrity check, whose rounds the library fixes at 2,048:
# more rounds for the contents would cost time and protect nothing.
ROUNDS = 20_000


class P12Encryption(Enum):
    """How a .p12 file is encrypted.

    ``MODERN``: PBES2 with AES-256-CBC, integrity by HMAC SHA-256. Windows 10 1709, Windows Server 2019 and later.
    ``LEGACY``: PBE with SHA-1 and three-key triple DES, integrity by HMAC SHA-1. For older Windows only.
    """

    MODERN = "modern"
    LEGACY = "legacy"


class WrongPassword(ValueError):  # noqa: N818 - named by what the user did
    """The password does not open the .p12 file."""


@dataclass(frozen=True, slots=True)
class OpenedP12:
    """What a .p12 file holds.

    Attributes:
        key: the user's private key.
        certificate: the user's certificate.
        authorities: the certificates that came along, the issuer's first.
        name: the friendly name, as Windows shows it.
    """

    key: RSAPrivateKey
    certificate: x509.Certificate
    authorities: tuple[x509.Certificate, ...]
    name: str


def seal(
    key: RSAPrivateKey,
    certificate: x509.Certificate,
    ca_certificate: x509.Certificate,
    password: str,
    name: str,
    encryption: P12Encryption = P12Encryption.MODERN,
) -> bytes:
    """Make the .p12 file: key and certificate under the friendly name ``name``, and the authority's certificate.

    Raises:
        ValueError: the password is empty, or the key is not the certificate's.
    """
    protection = _protection(password.encode(), encryption)
    return pkcs12.serialize_key_and_certificates(name.encode(), key, certificate, [ca_certificate], protection)


# Who issues, keeps and presents a file opens it each, and the check of an RSA key takes a twentieth of a second.
@lru_cache(maxsize=32)
def open_sealed(data: bytes, password: str) -> OpenedP12:
    """Open a .p12 file.

    Raises:
        WrongPassword: the password is another one.
        ValueError: ``data`` is no .p12 file with an RSA key and a certificate.
    """
    try:
        opened = pkcs12.load_pkcs12(data, password.encode())
    except ValueError as error:
        if "password" in str(error).lower():
            raise WrongPassword("the password does not open this .p12 file") from error
        raise
    if not isinstance(opened.key, RSAPrivateKey) or opened.cert is None:
        raise ValueError("the .p12 file holds no RSA key with a certificate")
    authorities = tuple(other.certificate for other in opened.additional_certs)
    return OpenedP12(opened.key, opened.cert.certificate, authorities, (opened.cert.friendly_name or b"").decode())


def _protection(password: bytes, encryption: P12Encryption) -> KeySerializationEncryption:
    builder = PrivateFormat.PKCS12.encryption_builder().kdf_rounds(ROUNDS)
    if encryption is P12Encryption.LEGACY:
        builder = builder.key_cert_algorithm(PBES.PBESv1SHA1And3KeyTripleDESCBC).hmac_hash(SHA1())  # noqa: S303
    else:
        builder = builder.key_cert_algorithm(PBES.PBESv2SHA256AndAES256CBC).hmac_hash(SHA256())
    return builder.build(password)
