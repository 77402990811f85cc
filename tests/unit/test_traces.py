"""A trace is cleaned of secrets and of the session, or it is not kept."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from fixtures.recorder import _without_keys as without_keys
from fixtures.traces import clean
from storyboard.masking import DOT, MASK
from storyboard.model import Box, Touch

SESSION, STORED, PASSWORD = "sEssIon-0123456789", "sToreD-0123456789", 'Ab#"\\12'
PICTURE = bytes(range(256)) * 4


def a_trace(path: Path) -> Path:
    headers = [
        {"name": "Set-Cookie", "value": f"id={SESSION}; Path=/; Secure"},
        {"name": "Accept", "value": "text/html"},
    ]
    network = {"request": {"cookies": [{"name": "id", "value": SESSION}], "headers": headers}}
    stored = {"options": {"storageState": {"cookies": [{"name": "id", "value": STORED, "httpOnly": True}]}}}
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("trace.network", f"{json.dumps(network)}\n")
        parts.writestr("trace.trace", f"{json.dumps(stored)}\n{json.dumps({'value': PASSWORD})}\n")
        parts.writestr("resources/a.html", f"<p>{SESSION}</p>")
        parts.writestr("resources/b.png", PICTURE)
        parts.writestr("resources/c.bin", PICTURE + PASSWORD.encode())
    return path


def test_passwords_and_cookies_are_gone_and_the_rest_is_as_it_was(tmp_path: Path) -> None:
    path = a_trace(tmp_path / "a.zip")
    clean(path, [PASSWORD])
    with zipfile.ZipFile(path) as parts:
        files = {name: parts.read(name) for name in parts.namelist()}
    network = json.loads(files["trace.network"])
    assert network["request"]["headers"] == [
        {"name": "Set-Cookie", "value": f"id={MASK}; Path=/; Secure"},
        {"name": "Accept", "value": "text/html"},
    ]
    assert network["request"]["cookies"] == [{"name": "id", "value": MASK}]
    assert STORED.encode() not in files["trace.trace"]
    assert json.loads(files["trace.trace"].splitlines()[1]) == {"value": MASK}
    assert files["resources/a.html"].decode() == f"<p>{MASK}</p>"
    assert files["resources/b.png"] == PICTURE
    assert files["resources/c.bin"] == PICTURE + MASK.encode()
    assert [file.name for file in tmp_path.iterdir()] == ["a.zip"]


def test_what_cannot_be_cleaned_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"no trace")
    with pytest.raises(zipfile.BadZipFile):
        clean(path, [PASSWORD])
    assert not list(tmp_path.iterdir())


def test_where_the_keys_of_a_password_are_is_forgotten_but_for_the_last() -> None:
    boxes = [Box(x, 0, 10, 10) for x in range(4)]
    touches = [Touch("開く", "button", boxes[0]), *(Touch(DOT, "key", box) for box in boxes[1:])]
    assert [touch.box for touch in without_keys(touches)] == [boxes[0], None, None, boxes[3]]
    assert without_keys([]) == ()
