"""The .p12 file as it is downloaded from the portal, in the hands of programs that are not ours."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from simulator.server import Endpoints
from tests.integration.visitors import PASSWORD, USER_ID, WRONG, running, visitor


@dataclass(frozen=True)
class Downloaded:
    """The file, and the portal it came from."""

    file: Path
    endpoints: Endpoints


@pytest.fixture(scope="module")
def downloaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Downloaded]:
    file = tmp_path_factory.mktemp("download") / "master01.p12"
    with running() as (simulator, endpoints), visitor(simulator) as person:
        file.write_bytes(person.issue())
        yield Downloaded(file, endpoints)


def commands(it: Downloaded, folder: Path, password: str) -> dict[str, list[str]]:
    """One import or use of the file for each program."""
    store, keystore = f"sql:{folder}", str(folder / "keystore")
    source = ["-srckeystore", str(it.file), "-srcstoretype", "PKCS12", "-srcstorepass", password]
    target = ["-destkeystore", keystore, "-deststorepass", "changeit", "-deststoretype", "PKCS12", "-noprompt"]
    certificate = ["--cert-type", "P12", "--cert", f"{it.file}:{password}"]
    return {
        "openssl": ["openssl", "pkcs12", "-in", str(it.file), "-passin", f"pass:{password}", "-info", "-noout"],
        "pk12util": ["pk12util", "-i", str(it.file), "-d", store, "-W", password],
        "keytool": ["keytool", "-importkeystore", *source, *target],
        "curl": ["curl", "-sS", "--fail", "--cacert", it.endpoints.ca, *certificate, f"{it.endpoints.portal}/login"],
    }


@pytest.mark.parametrize("program", ["openssl", "pk12util", "keytool", "curl"])
def test_each_program_takes_the_file_with_its_password_and_with_no_other(
    downloaded: Downloaded, tmp_path: Path, program: str
) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} がありません")
    if program == "pk12util":
        subprocess.run(["certutil", "-N", "-d", f"sql:{tmp_path}", "--empty-password"], check=True)
    refused = subprocess.run(commands(downloaded, tmp_path, WRONG)[program], capture_output=True, check=False)
    taken = subprocess.run(commands(downloaded, tmp_path, PASSWORD)[program], capture_output=True, check=False)
    assert refused.returncode != 0
    assert taken.returncode == 0, taken.stderr
    if program == "curl":
        assert USER_ID in taken.stdout.decode()  # the login screen shows whose certificate it is


def test_openssl_reaches_the_top_screen_without_any_certificate(downloaded: Downloaded) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl がありません")
    host = downloaded.endpoints.portal.removeprefix("https://")
    answer = subprocess.run(
        ["openssl", "s_client", "-connect", host, "-quiet", "-verify_return_error", "-CAfile", downloaded.endpoints.ca],
        input=b"GET / HTTP/1.0\r\n\r\n",
        capture_output=True,
        check=False,
    )
    assert "DC581101" in answer.stdout.decode()
