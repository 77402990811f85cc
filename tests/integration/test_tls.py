"""Real handshakes: what reaches a page and what TLS refuses, seen by clients which are not ours."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import ssl
import subprocess
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPSConnection
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from simulator.listener import Listener, send_alerts_on_refusal
from simulator.pki import (
    ClientAuthority,
    P12Encryption,
    PresentedCertificate,
    ServerIdentity,
    generate_key,
    portal_tls,
    read_certificate,
    seal,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from starlette.requests import Request

NOW = datetime.now(UTC).replace(microsecond=0)
YEAR = timedelta(days=365)
NAME = "master01 20271120100000 ROKIN Koujyo Web System"
PASSWORD = "P:a+ss,w0rd"
KEY = generate_key()
TLS_VERSIONS = {"1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}
both_versions = pytest.mark.parametrize("version", list(TLS_VERSIONS))
both_encryptions = pytest.mark.parametrize("encryption", list(P12Encryption), ids=lambda choice: choice.value)


@dataclass(frozen=True)
class Bench:
    """A listener in a thread of its own, with what is needed to visit it."""

    identity: ServerIdentity
    authority: ClientAuthority
    port: int
    folder: Path

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}/"

    @property
    def ca_file(self) -> Path:
        return self.folder / "server-ca.pem"

    def issue(self, *, days: int = -1, client_auth: bool = True) -> x509.Certificate:
        """A certificate of a year that began ``-days`` ago."""
        start = NOW + timedelta(days=days)
        return self.authority.issue(NAME, start, start + YEAR, KEY, client_auth=client_auth)

    def visit(self, certificate: x509.Certificate | None = None, version: str = "1.3") -> dict[str, Any]:
        """The "tls" extension the page saw."""
        with self.connection(certificate, version) as connection:
            connection.request("GET", "/")
            answer = json.loads(connection.getresponse().read())
        return dict(answer)

    @contextmanager
    def connection(self, certificate: x509.Certificate | None, version: str) -> Iterator[HTTPSConnection]:
        context = ssl.create_default_context(cadata=self.identity.ca_pem.decode())
        context.minimum_version = context.maximum_version = TLS_VERSIONS[version]
        if certificate is not None:
            context.load_cert_chain(self.file(certificate))
        connection = HTTPSConnection("localhost", self.port, context=context, timeout=10)
        try:
            yield connection
        finally:
            connection.close()

    def file(self, certificate: x509.Certificate, key: RSAPrivateKey = KEY) -> Path:
        path = self.folder / f"{certificate.serial_number:x}.pem"
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        path.write_bytes(secret + certificate.public_bytes(Encoding.PEM))
        return path

    def p12(self, encryption: P12Encryption) -> Path:
        path = self.folder / f"{encryption.value}.p12"
        path.write_bytes(seal(KEY, self.issue(), self.authority.certificate, PASSWORD, NAME, encryption))
        return path


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    identity, authority = ServerIdentity.create(), ClientAuthority.create(NOW)
    (tmp_path / "server-ca.pem").write_bytes(identity.ca_pem)
    listener = Listener(_pages(), "localhost", 0, ssl_context=portal_tls(identity, authority))
    with _running(listener):
        yield Bench(identity, authority, listener.port, tmp_path)


def _pages() -> Starlette:
    return Starlette(routes=[Route("/", _tls_page)])


def _tls_page(request: Request) -> JSONResponse:
    return JSONResponse(request.scope["extensions"].get("tls"))


@contextmanager
def _running(listener: Listener) -> Iterator[None]:
    """The listener in an event loop in a background thread, as the simulator runs it."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(listener.start(), loop).result(10)
        yield
    finally:
        asyncio.run_coroutine_threadsafe(listener.stop(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


def _run(*command: object, text: str = "") -> subprocess.CompletedProcess[str]:
    """Run a program that may be missing here."""
    program = str(command[0])
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    arguments = [str(part) for part in command]
    return subprocess.run(arguments, input=text, capture_output=True, text=True, timeout=60, check=False)


def _presented(extension: dict[str, Any]) -> PresentedCertificate:
    (pem,) = extension["client_cert_chain"]
    return read_certificate(ssl.PEM_cert_to_DER_cert(pem))


@both_versions
def test_a_visitor_without_a_certificate_reaches_the_page(bench: Bench, version: str) -> None:
    extension = bench.visit(version=version)
    assert extension["client_cert_chain"] == []
    assert extension["client_cert_name"] is None
    assert extension["tls_version"] == TLS_VERSIONS[version].value
    assert extension["cipher_suite"] in {0x1301, 0x1302, 0x1303, 0xC02B, 0xC02C, 0xCCA9}


@both_versions
@pytest.mark.parametrize("days", [-1, -366, 1], ids=["valid", "expired", "future"])
def test_a_certificate_reaches_the_page_whatever_its_term(bench: Bench, version: str, days: int) -> None:
    certificate = bench.issue(days=days)
    extension = bench.visit(certificate, version)
    presented = _presented(extension)
    assert presented.common_name == NAME
    assert presented.serial == certificate.serial_number
    assert presented.not_after == NOW + timedelta(days=days) + YEAR
    assert extension["client_cert_name"] == f"CN={NAME}"


def test_every_request_of_a_connection_carries_the_certificate(bench: Bench) -> None:
    certificate = bench.issue()
    with bench.connection(certificate, "1.3") as connection:
        for _ in range(3):
            connection.request("GET", "/")
            extension = json.loads(connection.getresponse().read())
            assert _presented(extension).serial == certificate.serial_number


def test_a_visitor_cannot_go_on_with_a_former_session(bench: Bench) -> None:
    with bench.connection(bench.issue(), "1.3") as connection:
        connection.request("GET", "/")
        connection.getresponse().read()
        assert isinstance(connection.sock, ssl.SSLSocket)
        session = connection.sock.session
    assert session is None or not session.has_ticket


@both_versions
def test_a_certificate_of_another_authority_is_refused_with_an_alert(bench: Bench, version: str) -> None:
    stranger = ClientAuthority.create(NOW).issue(NAME, NOW - YEAR, NOW + YEAR, KEY)
    assert "unknown ca" in _refusal(bench, bench.file(stranger), version)
    assert "unknown ca" in _refusal_seen_by_curl(bench, bench.file(stranger), version)


@both_versions
def test_a_self_signed_certificate_of_the_same_name_is_refused_with_an_alert(bench: Bench, version: str) -> None:
    impostor = ClientAuthority.create(NOW)
    assert re.search("alert unknown ca", _refusal(bench, bench.file(impostor.certificate, impostor.key), version))


@both_versions
def test_a_certificate_for_servers_is_refused_with_an_alert(bench: Bench, version: str) -> None:
    specimen = bench.file(bench.issue(client_auth=False))
    assert "alert" in _refusal(bench, specimen, version)


def _refusal(bench: Bench, certificate: Path, version: str) -> str:
    """What openssl says of a refused handshake; it reads on until the server ends the connection."""
    options = ["-connect", f"localhost:{bench.port}", "-CAfile", bench.ca_file, "-cert", certificate, "-ign_eof"]
    request = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    result = _run("openssl", "s_client", f"-tls{version.replace('.', '_')}", *options, text=request)
    assert "client_cert_chain" not in result.stdout
    return result.stderr


def _refusal_seen_by_curl(bench: Bench, certificate: Path, version: str) -> str:
    options = ["-sS", "--cacert", bench.ca_file, "--cert", certificate, f"--tlsv{version}", "--tls-max", version]
    result = _run("curl", *options, bench.url)
    assert result.returncode != 0
    assert not result.stdout
    return result.stderr


@both_versions
def test_the_request_names_the_authority_whose_certificates_are_wanted(bench: Bench, version: str) -> None:
    options = ["-connect", f"localhost:{bench.port}", "-CAfile", bench.ca_file]
    result = _run("openssl", "s_client", f"-tls{version.replace('.', '_')}", *options)
    assert re.search(r"Acceptable client certificate CA names\nCN ?= ?koujyo simulator client CA", result.stdout)
    assert "Verify return code: 0 (ok)" in result.stdout


@pytest.mark.parametrize("version", ["tls1", "tls1_1"])
def test_older_tls_is_refused(bench: Bench, version: str) -> None:
    options = ["-connect", f"localhost:{bench.port}", "-cipher", "DEFAULT@SECLEVEL=0"]
    result = _run("openssl", "s_client", f"-{version}", *options)
    assert "alert protocol version" in result.stderr


def test_the_alert_is_installed_once() -> None:
    send_alerts_on_refusal()
    protocol: Any = asyncio.sslproto.SSLProtocol
    installed = protocol._on_handshake_complete  # noqa: SLF001 - the method replaced is asyncio's own
    send_alerts_on_refusal()
    assert protocol._on_handshake_complete is installed  # noqa: SLF001
    assert installed.__name__ == "complete_with_alert"


# ---- certificates and .p12 files, judged by programs of others


def test_openssl_accepts_the_certificate_for_clients_only(bench: Bench) -> None:
    authority, leaf = bench.folder / "client-ca.pem", bench.file(bench.issue())
    authority.write_bytes(bench.authority.pem)
    verify = ["openssl", "verify", "-x509_strict", "-CAfile", authority, "-purpose"]
    accepted = _run(*verify, "sslclient", leaf)
    refused = _run(*verify, "sslserver", leaf)
    assert accepted.returncode == 0, accepted.stderr
    assert refused.returncode != 0
    assert re.search("unsuitable certificate purpose|unsupported certificate purpose", refused.stderr)


@pytest.mark.parametrize(("seconds", "answer"), [(0, "OK"), (1, "certificate has expired")])
def test_openssl_agrees_on_the_last_second(bench: Bench, seconds: int, answer: str) -> None:
    authority, leaf = bench.folder / "client-ca.pem", bench.file(bench.issue())
    authority.write_bytes(bench.authority.pem)
    last = int((NOW - timedelta(days=1) + YEAR).timestamp())
    result = _run("openssl", "verify", "-attime", str(last + seconds), "-CAfile", authority, leaf)
    assert answer in result.stdout + result.stderr


ALGORITHMS = {
    P12Encryption.MODERN: ["MAC: sha256, Iteration 2048", "PBES2, PBKDF2, AES-256-CBC, Iteration 20000", "SHA256"],
    P12Encryption.LEGACY: ["MAC: sha1, Iteration 2048", "pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 20000"],
}


@both_encryptions
def test_openssl_opens_the_file(bench: Bench, encryption: P12Encryption) -> None:
    command = ["openssl", "pkcs12", "-in", bench.p12(encryption), "-info", "-noenc", "-passin"]
    opened = _run(*command, f"pass:{PASSWORD}")
    assert opened.returncode == 0, opened.stderr
    assert opened.stdout.count("BEGIN CERTIFICATE") == 2
    assert "RC2" not in opened.stderr
    assert [part for part in ALGORITHMS[encryption] if part not in opened.stderr] == []
    assert "Mac verify error" in _run(*command, "pass:wrong").stderr


@both_encryptions
def test_nss_imports_the_file_as_chromium_and_firefox_do(bench: Bench, encryption: P12Encryption) -> None:
    database = bench.folder / "nss"
    database.mkdir()
    assert _run("certutil", "-N", "-d", f"sql:{database}", "--empty-password").returncode == 0
    command = ["pk12util", "-d", f"sql:{database}", "-i", bench.p12(encryption), "-W"]
    assert _run(*command, "wrong").returncode != 0
    imported = _run(*command, PASSWORD)
    assert "PKCS12 IMPORT SUCCESSFUL" in imported.stdout, imported.stderr
    assert NAME in _run("certutil", "-K", "-d", f"sql:{database}").stdout


@both_encryptions
def test_java_imports_the_file(bench: Bench, encryption: P12Encryption) -> None:
    source = ["-srckeystore", bench.p12(encryption), "-srcstoretype", "PKCS12", "-noprompt"]
    target = ["-destkeystore", bench.folder / "java.p12", "-deststorepass", "changeit", "-deststoretype", "PKCS12"]
    command = ["keytool", "-importkeystore", *source, *target, "-srcstorepass"]
    assert _run(*command, "wrongwrong").returncode != 0
    imported = _run(*command, PASSWORD)
    assert imported.returncode == 0, imported.stdout + imported.stderr
    assert (bench.folder / "java.p12").exists()


@both_encryptions
def test_curl_visits_the_portal_with_the_file(bench: Bench, encryption: P12Encryption) -> None:
    command = ["curl", "-sS", "--cacert", bench.ca_file, "--cert-type", "P12", bench.url, "--cert"]
    visited = _run(*command, f"{bench.p12(encryption)}:{PASSWORD}")
    assert visited.returncode == 0, visited.stderr
    assert _presented(json.loads(visited.stdout)).common_name == NAME
    assert _run(*command, f"{bench.p12(encryption)}:wrong").returncode != 0
