"""What the portal reads from the certificate a browser presents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class PresentedCertificate:
    """A certificate as the portal judges it; that its issuer is the simulator's authority TLS has already checked.

    Attributes:
        common_name: the subject's common name, empty when it has none or several.
        serial: serial number, positive.
        fingerprint: SHA-256 of the whole certificate, 64 lower-case hexadecimal digits.
        not_before: first valid moment, aware, UTC, whole second.
        not_after: last valid moment, aware, UTC, whole second.
        client_auth: whether its extended usage allows to prove a client.
        issuer: the issuer's name as RFC 4514 writes it.
    """

    common_name: str
    serial: int
    fingerprint: str
    not_before: datetime
    not_after: datetime
    client_auth: bool
    issuer: str


def read_certificate(der: bytes) -> PresentedCertificate:
    """Read a certificate in DER form.

    Raises:
        ValueError: it is none.
    """
    certificate = x509.load_der_x509_certificate(der)
    return PresentedCertificate(
        common_name=_common_name(certificate),
        serial=certificate.serial_number,
        fingerprint=certificate.fingerprint(SHA256()).hex(),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        client_auth=_allows_client(certificate),
        issuer=certificate.issuer.rfc4514_string(),
    )


def _common_name(certificate: x509.Certificate) -> str:
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if len(names) == 1 else ""


def _allows_client(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return ExtendedKeyUsageOID.CLIENT_AUTH in usage
