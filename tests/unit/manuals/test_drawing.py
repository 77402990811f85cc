"""Pictures of a build: drawn once, the same every time, whatever the secrets in them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from manuals.building import ManualBuilder
from manuals.drawing import Darkroom, Drawn, draw_pictures, forget_unused
from manuals.figures import Work
from manuals.outline import load_outline
from manuals.pictures import compose
from simulator.catalogue import Edition, load_catalogue
from storyboard.model import load_all
from tests.unit.manuals.recorded_runs import CODE_BOX, Secrets, record

SHORT = Secrets(typed="Kurz#1", spoken="Wort#2", code="100001")
LONG = Secrets(typed="Sehr#LangesPasswort12345", spoken="NochEinWort#3", code="999999")


@pytest.fixture
def pool() -> Iterator[Executor]:
    """Draws one picture after the other."""
    with ThreadPoolExecutor(1) as threads:
        yield threads


def works_of(report: Path) -> list[Work]:
    builder = ManualBuilder(Edition.EMPLOYER, load_outline(), load_catalogue(), load_all(report / "storyboards"))
    builder.build()
    return builder.figures.works


def drawn(report: Path, folder: Path, cache: Path, pool: Executor) -> tuple[dict[str, bytes], list[Drawn]]:
    told: list[Drawn] = draw_pictures(Darkroom(report, cache, folder), works_of(report), pool, lambda: None)
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}, told


def test_runs_with_secrets_of_other_lengths_give_the_same_bytes(tmp_path: Path, pool: Executor) -> None:
    recorded = []
    for name, secrets in (("short", SHORT), ("long", LONG)):
        report = record(tmp_path / name, secrets)
        recorded.append((report / "pictures/login-login-employer-02.png").read_bytes())
    assert recorded[0] != recorded[1]
    first, _ = drawn(tmp_path / "short", tmp_path / "a", tmp_path / "cache-a", pool)
    second, _ = drawn(tmp_path / "long", tmp_path / "b", tmp_path / "cache-b", pool)
    assert {name.partition("/")[0] for name in first} == {"pictures", "originals"}
    assert first == second


def test_an_original_has_no_badges_and_hides_what_nobody_may_read(tmp_path: Path, pool: Executor) -> None:
    report = record(tmp_path / "report")
    drawn(report, tmp_path / "build", tmp_path / "cache", pool)
    name = "login-login-employer-03"
    recorded = Image.open(report / f"pictures/{name}.png").convert("RGB")
    original = Image.open(tmp_path / f"build/originals/{name}.png").convert("RGB")
    inside = (int(CODE_BOX.x) + 3, int(CODE_BOX.y) + 3, int(CODE_BOX.x) + 150, int(CODE_BOX.y) + 30)
    assert original.crop(inside).tobytes() != recorded.crop(inside).tobytes()
    pale = Image.new("RGB", (inside[2] - inside[0], inside[3] - inside[1]))
    for image in (recorded, original):
        image.paste(pale, inside[:2])
    # What is left is as it was taken: no frame, no badge.
    outside = (0, 0, recorded.width, int(CODE_BOX.y) - 1)
    assert original.crop(outside).tobytes() == recorded.crop(outside).tobytes()


def test_the_geometry_tells_what_is_drawn_where(tmp_path: Path, pool: Executor) -> None:
    report = record(tmp_path / "report")
    drawn(report, tmp_path / "build", tmp_path / "cache", pool)
    told = json.loads((tmp_path / "build/originals/login-login-employer-03.json").read_text(encoding="utf-8"))
    assert told["masks"] == [{"x": 400, "y": 320, "width": 160, "height": 36}]
    assert [badge["number"] for mark in told["marks"] for badge in mark["badges"]] == [1]
    assert told["labels"] == {"1": "認証コード"}
    assert (told["width"], told["height"]) == (1280, 720)


def test_what_was_drawn_before_is_taken_from_the_cache(tmp_path: Path, pool: Executor) -> None:
    report = record(tmp_path / "report")
    first, told = drawn(report, tmp_path / "a", tmp_path / "cache", pool)
    assert not any(one.reused for one in told)
    second, told = drawn(report, tmp_path / "b", tmp_path / "cache", pool)
    assert all(one.reused for one in told)
    assert first == second


def test_only_what_changed_is_drawn_again_and_what_nothing_uses_is_forgotten(tmp_path: Path, pool: Executor) -> None:
    report = record(tmp_path / "report")
    drawn(report, tmp_path / "a", tmp_path / "cache", pool)
    before = {path.name for path in (tmp_path / "cache").iterdir()}
    (report / "pictures/login-login-employer-04.png").write_bytes(
        (report / "pictures/login-login-employer-02.png").read_bytes()
    )
    _, told = drawn(report, tmp_path / "b", tmp_path / "cache", pool)
    assert sorted(one.reused for one in told) == [False, True, True]
    forget_unused(tmp_path / "cache", told)
    left = {path.name for path in (tmp_path / "cache").iterdir()}
    assert left == set().union(*(one.names for one in told))
    assert before - left


def test_a_picture_that_was_not_recorded_is_an_error(tmp_path: Path, pool: Executor) -> None:
    report = record(tmp_path / "report")
    (report / "pictures/login-login-employer-04.png").unlink()
    with pytest.raises(FileNotFoundError):
        drawn(report, tmp_path / "a", tmp_path / "cache", pool)


def test_a_picture_that_somebody_else_is_drawing_too_is_drawn_all_the_same(tmp_path: Path) -> None:
    report = record(tmp_path / "report")
    work = works_of(report)[0]
    target = tmp_path / "cache/one.png"
    target.with_suffix(".part").mkdir(parents=True)
    compose(report / work.source, work.drawing, target)
    assert target.is_file()
