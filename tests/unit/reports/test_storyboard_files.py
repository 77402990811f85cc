import json
from datetime import datetime
from pathlib import Path

import pytest

from storyboard.codec import StoryboardError
from storyboard.model import FORMAT, Attachment, Failure, Step, attach, load_all, save
from tests.unit.reports.report_samples import failed_scenario, full_scenario, make_scenario


def test_what_was_saved_is_loaded_again_unchanged(tmp_path: Path) -> None:
    saved = [failed_scenario(), full_scenario()]
    for scenario in reversed(saved):
        save(scenario, tmp_path)
    assert load_all(tmp_path) == saved


def test_saving_again_replaces_the_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    save(make_scenario("a-1"), tmp_path)
    save(make_scenario("a-1", name="新しい名前"), tmp_path)
    assert [scenario.name for scenario in load_all(tmp_path)] == ["新しい名前"]
    assert [path.name for path in tmp_path.iterdir()] == ["a-1.json"]


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("outcome", "green", "outcome"),
        ("seconds", "1.5", "seconds"),
        ("line", True, "line"),
        ("clock_at_start", "2026-11-20T10:00:00", "clock_at_start"),
        ("clock_at_start", "yesterday", "clock_at_start"),
        ("steps", [{"number": 1}], "欠けている項目"),
        ("steps", {}, "steps"),
        ("colour", "red", "知らない項目 colour"),
        ("id", "../a", "シナリオの id"),
        ("id", "other", "ファイル名"),
    ],
)
def test_a_damaged_file_is_refused_with_the_field_named(tmp_path: Path, name: str, value: object, told: str) -> None:
    path = save(full_scenario(), tmp_path)
    content = json.loads(path.read_text(encoding="utf-8"))
    content["scenario"][name] = value
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(StoryboardError, match=told) as caught:
        load_all(tmp_path)
    assert "full-01.json" in str(caught.value)


@pytest.mark.parametrize("content", ["", "[]", "{}", f'{{"format": {FORMAT}, "scenario": {{}}}}', '{"format": 2}'])
def test_a_file_which_is_no_storyboard_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "a-1.json").write_text(content, encoding="utf-8")
    with pytest.raises(StoryboardError, match=r"a-1\.json"):
        load_all(tmp_path)


def test_a_folder_which_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoryboardError, match="記録のフォルダーがありません"):
        load_all(tmp_path / "nowhere")


@pytest.mark.parametrize("path", ["/etc/passwd", "../secret.png", "a/../../b.png", "javascript:alert(1)", "C:\\a.png"])
def test_a_picture_page_or_trace_outside_the_report_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="相対パス"):
        Step(1, "もし", "x", "passed", picture=path, picture_size=(1, 1))
    with pytest.raises(ValueError, match="相対パス"):
        Failure("x", page=path)
    with pytest.raises(ValueError, match="相対パス"):
        Failure("x", trace=path)
    with pytest.raises(ValueError, match="相対パス"):
        Attachment("video", path)


def test_a_moment_keeps_its_time_zone(tmp_path: Path) -> None:
    save(make_scenario("a-1"), tmp_path)
    clock = load_all(tmp_path)[0].clock_at_start
    assert clock == datetime.fromisoformat("2026-11-20T10:00:00+09:00")


def test_what_is_kept_after_the_end_is_put_into_the_record_that_is_there(tmp_path: Path) -> None:
    video = (Attachment("video", "confidential/a-1/video-1.webm"),)
    attach(tmp_path, "a-1", video)
    assert load_all(tmp_path) == []
    save(make_scenario("a-1"), tmp_path)
    attach(tmp_path, "a-1", video)
    assert load_all(tmp_path) == [make_scenario("a-1", attachments=video)]
