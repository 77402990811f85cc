from __future__ import annotations

import stat
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from simulator.pki import (
    SERVER_NAMES,
    ClientAuthority,
    KeyPool,
    P12Encryption,
    ServerIdentity,
    StateError,
    WrongPassword,
    generate_key,
    open_sealed,
    read_certificate,
    seal,
)

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

NOW = datetime(2026, 11, 20, 10, 0, 0, 123456, tzinfo=timezone(timedelta(hours=9)))
EXPIRY = NOW + timedelta(days=365)
NAME = "master01 20271120100000 ROKIN Koujyo Web System"


@pytest.fixture(scope="module")
def authority() -> ClientAuthority:
    return ClientAuthority.create(NOW)


@pytest.fixture(scope="module")
def key() -> RSAPrivateKey:
    return generate_key()


@pytest.fixture(scope="module")
def certificate(authority: ClientAuthority, key: RSAPrivateKey) -> x509.Certificate:
    return authority.issue(NAME, NOW, EXPIRY, key)


def test_a_certificate_says_what_it_is_for(certificate: x509.Certificate, key: RSAPrivateKey) -> None:
    extensions = certificate.extensions
    constraints = extensions.get_extension_for_class(x509.BasicConstraints)
    usage = extensions.get_extension_for_class(x509.KeyUsage)
    assert constraints.critical
    assert not constraints.value.ca
    assert usage.critical
    assert usage.value.digital_signature
    assert usage.value.key_encipherment
    assert not usage.value.key_cert_sign
    purposes = extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(purposes) == [ExtendedKeyUsageOID.CLIENT_AUTH]
    identifier = extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    assert identifier == x509.SubjectKeyIdentifier.from_public_key(key.public_key())


def test_a_certificate_points_to_its_authority(certificate: x509.Certificate, authority: ClientAuthority) -> None:
    certificate.verify_directly_issued_by(authority.certificate)
    pointer = certificate.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value
    own = authority.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    assert pointer.key_identifier == own.digest


def test_the_authority_signs_users_only_and_says_that_it_is_a_simulator(authority: ClientAuthority) -> None:
    extensions = authority.certificate.extensions
    assert extensions.get_extension_for_class(x509.BasicConstraints).value == x509.BasicConstraints(True, 0)
    assert extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign
    assert "TEST ONLY" in authority.certificate.subject.rfc4514_string()
    assert authority.certificate.not_valid_before_utc < NOW - timedelta(days=9 * 365)
    assert authority.certificate.not_valid_after_utc > NOW + timedelta(days=40 * 365)


def test_serial_numbers_are_positive_and_differ(authority: ClientAuthority, key: RSAPrivateKey) -> None:
    serials = [authority.issue(NAME, NOW, EXPIRY, key).serial_number for _ in range(20)]
    assert len(set(serials)) == 20
    assert all(0 < serial < 2**159 for serial in serials)


def test_the_term_is_kept_to_the_second(certificate: x509.Certificate) -> None:
    assert certificate.not_valid_before_utc == datetime(2026, 11, 20, 1, 0, 0, tzinfo=UTC)
    assert certificate.not_valid_after_utc == datetime(2027, 11, 20, 1, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize("today", [datetime(2029, 5, 1, tzinfo=UTC), datetime(2024, 5, 1, tzinfo=UTC), NOW])
def test_a_browser_calls_none_out_of_date_whatever_the_simulated_clock_says(
    authority: ClientAuthority, key: RSAPrivateKey, today: datetime
) -> None:
    made = replace(authority, valid_at=today).issue(NAME, NOW, EXPIRY, key)
    assert made.not_valid_before_utc <= today <= made.not_valid_after_utc
    if today == NOW:
        assert made.not_valid_before_utc == NOW.replace(microsecond=0)
        assert made.not_valid_after_utc == EXPIRY.replace(microsecond=0)


def test_impossible_certificates_are_refused(authority: ClientAuthority, key: RSAPrivateKey) -> None:
    with pytest.raises(ValueError, match="time zone"):
        authority.issue(NAME, NOW.replace(tzinfo=None), EXPIRY, key)
    with pytest.raises(ValueError, match="length"):
        authority.issue("x" * 65, NOW, EXPIRY, key)
    with pytest.raises(ValueError, match="length"):
        authority.issue("", NOW, EXPIRY, key)
    with pytest.raises(ValueError, match="after"):
        authority.issue(NAME, EXPIRY, NOW, key)


def test_what_is_read_from_a_presented_certificate(certificate: x509.Certificate, authority: ClientAuthority) -> None:
    presented = read_certificate(certificate.public_bytes(Encoding.DER))
    assert presented.common_name == NAME
    assert presented.serial == certificate.serial_number
    assert len(presented.fingerprint) == 64
    assert presented.not_before == certificate.not_valid_before_utc
    assert presented.not_after == certificate.not_valid_after_utc
    assert presented.issuer == authority.certificate.subject.rfc4514_string()
    assert presented.client_auth


def test_a_certificate_for_servers_is_recognised(authority: ClientAuthority, key: RSAPrivateKey) -> None:
    specimen = authority.issue(NAME, NOW, EXPIRY, key, client_auth=False)
    assert not read_certificate(specimen.public_bytes(Encoding.DER)).client_auth
    assert not read_certificate(authority.certificate.public_bytes(Encoding.DER)).client_auth


def test_what_is_no_certificate_is_not_read() -> None:
    with pytest.raises(ValueError, match="parsing"):
        read_certificate(b"no certificate")


@pytest.mark.parametrize("encryption", list(P12Encryption))
@pytest.mark.parametrize("password", ["Passw0rd", "a1!\"#$%&'()*", "P:w@+ \\/,;12"])
def test_a_sealed_file_opens_with_its_password_only(
    authority: ClientAuthority,
    key: RSAPrivateKey,
    certificate: x509.Certificate,
    encryption: P12Encryption,
    password: str,
) -> None:
    data = seal(key, certificate, authority.certificate, password, NAME, encryption)
    opened = open_sealed(data, password)
    assert opened.key.private_numbers() == key.private_numbers()
    assert opened.certificate == certificate
    assert opened.authorities == (authority.certificate,)
    assert opened.name == NAME
    for wrong in ("", password + " ", password.swapcase()):
        with pytest.raises(WrongPassword):
            open_sealed(data, wrong)


def test_a_damaged_file_is_not_taken_for_a_wrong_password(
    authority: ClientAuthority, key: RSAPrivateKey, certificate: x509.Certificate
) -> None:
    data = seal(key, certificate, authority.certificate, "Passw0rd", NAME)
    for damaged in (b"", b"no p12", data[:-30]):
        with pytest.raises(ValueError, match="deserialize") as caught:
            open_sealed(damaged, "Passw0rd")
        assert caught.type is ValueError


def test_sealing_needs_a_password_and_the_right_key(
    authority: ClientAuthority, key: RSAPrivateKey, certificate: x509.Certificate
) -> None:
    with pytest.raises(ValueError, match="1 or more bytes"):
        seal(key, certificate, authority.certificate, "", NAME)
    with pytest.raises(ValueError, match=r"match"):
        seal(generate_key(), certificate, authority.certificate, "Passw0rd", NAME)


def test_the_server_certificate_names_every_address_of_the_portal() -> None:
    server = x509.load_pem_x509_certificates(ServerIdentity.create().key_and_chain_pem)[0]
    names = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    found = [*names.get_values_for_type(x509.DNSName), *map(str, names.get_values_for_type(x509.IPAddress))]
    assert sorted(found) == sorted(SERVER_NAMES)


def test_identity_and_authority_are_kept_in_the_state_folder(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    identity = ServerIdentity.load_or_create(folder)
    authority = ClientAuthority.load_or_create(folder, NOW)
    assert ServerIdentity.load_or_create(folder) == identity
    assert ClientAuthority.load_or_create(folder, NOW).pem == authority.pem
    assert (folder / "server-ca.pem").read_bytes() == identity.ca_pem
    assert sorted(file.name for file in folder.iterdir()) == ["client-ca.pem", "server-ca.pem", "server.pem"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_a_kept_authority_issues_as_before(tmp_path: Path, key: RSAPrivateKey) -> None:
    first = ClientAuthority.load_or_create(tmp_path, NOW)
    later = ClientAuthority.load_or_create(tmp_path, NOW + timedelta(days=300))
    later.issue(NAME, NOW, EXPIRY, key).verify_directly_issued_by(first.certificate)


@pytest.mark.parametrize("name", ["server.pem", "client-ca.pem"])
def test_a_damaged_file_in_the_state_folder_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("damaged")
    with pytest.raises(StateError, match=name):
        _load(tmp_path)


def test_a_key_that_is_not_the_certificates_is_named(tmp_path: Path) -> None:
    ClientAuthority.load_or_create(tmp_path, NOW)
    path = tmp_path / "client-ca.pem"
    key = path.read_bytes().partition(b"-----BEGIN CERTIFICATE")[0]
    path.write_bytes(key + ClientAuthority.create(NOW).pem)
    with pytest.raises(StateError, match=r"client-ca\.pem"):
        ClientAuthority.load_or_create(tmp_path, NOW)


def _load(folder: Path) -> None:
    ServerIdentity.load_or_create(folder)
    ClientAuthority.load_or_create(folder, NOW)


def test_a_pool_gives_every_key_once_and_fills_up_again() -> None:
    pool = KeyPool(size=2)
    pool.start()
    try:
        taken = [pool.take() for _ in range(5)]
        _wait_until_full(pool, 2)
        taken += [pool.take()]
    finally:
        pool.stop()
    assert len({key.private_numbers().p for key in taken}) == 6
    assert {key.key_size for key in taken} == {2048}


def _wait_until_full(pool: KeyPool, size: int) -> None:
    tick = threading.Event()
    for _ in range(3000):
        if len(pool) == size:
            return
        tick.wait(0.01)
    pytest.fail("the pool did not fill up")


@pytest.mark.parametrize("size", [0, 1])
def test_a_pool_serves_without_its_thread(size: int) -> None:
    pool = KeyPool(size=size)
    assert pool.take().key_size == 2048
    states = []
    for act in (pool.start, pool.start, pool.stop, pool.stop):
        act()
        states.append(pool.is_running)
    assert states == [True, True, False, False]
    assert pool.take().key_size == 2048


def test_an_impossible_pool_is_refused() -> None:
    with pytest.raises(ValueError, match="-1 keys"):
        KeyPool(size=-1)
    with pytest.raises(ValueError, match="1024 bits"):
        KeyPool(bits=1024)
