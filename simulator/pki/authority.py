"""The authority that issues the users' certificates (CRT-27), unmistakably one of a simulator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Self

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from simulator.pki.keys import MINIMUM_BITS, generate_key
from simulator.pki.state import StateError, key_pem, read_key_and_certificates, write_private

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

CA_NAME = "koujyo simulator client CA (TEST ONLY)"
# The simulated clock may be set years away from the moment the authority was made; its certificate covers that.
BEFORE_NOW, AFTER_NOW = timedelta(days=10 * 365), timedelta(days=50 * 365)
# A run may take that long.
MARGIN = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class ClientAuthority:
    """The certificate authority behind every user's electronic certificate.

    Attributes:
        certificate: its self-signed certificate, valid ten years back and fifty ahead of its making.
        key: its RSA key.
        valid_at: a moment of the machine's own time at which every certificate is valid, too. Browsers offer none
            that is out of date for them, however far from today the simulated clock is; the portal judges by its
            own record of the term.
    """

    certificate: x509.Certificate
    key: RSAPrivateKey
    valid_at: datetime | None = None

    @property
    def pem(self) -> bytes:
        """The authority's certificate as PEM."""
        return self.certificate.public_bytes(Encoding.PEM)

    @classmethod
    def create(cls, now: datetime, common_name: str = CA_NAME) -> Self:
        """Make an authority; ``now`` is an aware moment on the simulated clock."""
        key = generate_key(MINIMUM_BITS)
        name = _name(common_name)
        builder = _builder(name, name, key.public_key(), now - BEFORE_NOW, now + AFTER_NOW)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        builder = builder.add_extension(_key_usage(signs_certificates=True), critical=True)
        builder = builder.add_extension(_key_identifier(key.public_key()), critical=False)
        return cls(builder.sign(key, SHA256()), key)

    @classmethod
    def load_or_create(cls, folder: Path, now: datetime) -> Self:
        """Take the authority kept in ``folder``, or create one and keep it there as ``client-ca.pem`` (mode 0600).

        Raises:
            StateError: the kept file is damaged.
            OSError: the folder cannot be read or written.
        """
        path = folder / "client-ca.pem"
        if not path.exists():
            authority = cls.create(now)
            write_private(path, key_pem(authority.key) + authority.pem)
            return authority
        key, certificates = read_key_and_certificates(path)
        if not isinstance(key, RSAPrivateKey):
            raise StateError(f"{path}の鍵がRSAではありません。このファイルを削除してから起動し直してください。")
        return cls(certificates[0], key)

    def issue(
        self,
        common_name: str,
        not_before: datetime,
        not_after: datetime,
        key: RSAPrivateKey,
        *,
        serial_number: int | None = None,
        client_auth: bool = True,
    ) -> x509.Certificate:
        """Sign a certificate for a user; X.509 knows whole seconds, so fractions of a second are dropped.

        Args:
            common_name: at most 64 characters (RFC 5280, ub-common-name).
            not_before: first valid moment, aware.
            not_after: last valid moment, aware.
            key: the user's key; its public half goes into the certificate.
            serial_number: positive, at most 159 bits; drawn at random if None.
            client_auth: whether it may prove a client (the extended usage clientAuth alone). Otherwise it is
                the specimen of a certificate made for another purpose (serverAuth alone).

        Raises:
            ValueError: the name is empty or too long, the key too short, a moment naive or the term reversed.
        """
        if key.key_size < MINIMUM_BITS:
            raise ValueError(f"an RSA key needs at least {MINIMUM_BITS} bits, this one has {key.key_size}")
        if self.valid_at is not None:
            not_before, not_after = min(not_before, self.valid_at), max(not_after, self.valid_at + MARGIN)
        usage = ExtendedKeyUsageOID.CLIENT_AUTH if client_auth else ExtendedKeyUsageOID.SERVER_AUTH
        issuer, own = self.certificate.subject, key.public_key()
        builder = _builder(_name(common_name), issuer, own, not_before, not_after, serial_number)
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        builder = builder.add_extension(_key_usage(signs_certificates=False), critical=True)
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
        builder = builder.add_extension(_key_identifier(own), critical=False)
        builder = builder.add_extension(_authority_identifier(self.key.public_key()), critical=False)
        return builder.sign(self.key, SHA256())


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: RSAPublicKey,
    not_before: datetime,
    not_after: datetime,
    serial_number: int | None = None,
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    builder = builder.serial_number(serial_number or x509.random_serial_number())
    return builder.not_valid_before(_whole_second(not_before)).not_valid_after(_whole_second(not_after))


def _whole_second(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone")
    return moment.astimezone(UTC).replace(microsecond=0)


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _key_identifier(key: RSAPublicKey) -> x509.SubjectKeyIdentifier:
    return x509.SubjectKeyIdentifier.from_public_key(key)


def _authority_identifier(key: RSAPublicKey) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key)


def _key_usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_encipherment=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
