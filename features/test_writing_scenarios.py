"""Writing scenarios goes as docs/scenarios.md says: its example runs green, in a new folder, with a tag of its own."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", GUIDE, flags=re.MULTILINE | re.DOTALL)
PLACE = Path("features/my_office/search.feature")
TAG = "課題123"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the checkout into which the guide's example was written."""
    copy = tmp_path / "checkout"
    left_out = shutil.ignore_patterns(".*", "build", "__pycache__")
    shutil.copytree(ROOT, copy, ignore=left_out)
    (copy / PLACE).parent.mkdir()
    (copy / PLACE).write_text(example(), encoding="utf-8")
    return copy


def example() -> str:
    (found,) = [text for kind, text in BLOCKS if kind == "gherkin"]
    return str(found)


def run(checkout: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *words]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.long
def test_the_example_of_the_guide_runs_green_and_stands_in_the_report(checkout: Path) -> None:
    assert str(PLACE) in GUIDE

    done = run(checkout, "koujyo", "scenarios", "-m", TAG, "--workers", "0")

    assert done.returncode == 0, done.stdout + done.stderr
    (file,) = (checkout / "build" / "report" / "storyboards").glob("*.json")
    recorded = json.loads(file.read_text(encoding="utf-8"))["scenario"]
    assert (recorded["outcome"], recorded["chapter"]) == ("passed", "そのほか（my_office）")
    assert "そのほか（my_office）" in (checkout / "build" / "report" / "index.html").read_text(encoding="utf-8")


@pytest.mark.long
def test_a_mistyped_sentence_is_told_in_japanese_where_the_scenario_fails(checkout: Path) -> None:
    wrong = example().replace("メッセージ「E1006」が表示される", "メッセージ「E1006」が出る")
    (checkout / PLACE).write_text(wrong, encoding="utf-8")
    line = next(number for number, text in enumerate(wrong.splitlines(), 1) if "が出る" in text)
    (told,) = [
        text.strip() for kind, block in BLOCKS if kind == "text" for text in block.splitlines() if "もしか" in text
    ]

    done = run(checkout, "pytest", "features", "-m", TAG, "-n", "0", "-p", "no:randomly")

    assert done.returncode == 1
    said = f"この文に合うステップがありません: 「メッセージ「E1006」が出る」（{PLACE.as_posix()}:{line}）。もしかして: "
    assert f"{said}「メッセージ「E1006」が表示される」" in done.stdout
    assert told.startswith(said)
    (file,) = (checkout / "build" / "test-report" / "storyboards").glob("*.json")
    recorded = json.loads(file.read_text(encoding="utf-8"))["scenario"]
    assert said in recorded["failure"]["message"].splitlines()[0]


@pytest.mark.long
@pytest.mark.parametrize(
    ("tag", "reason", "meant"),
    [
        ("手順善", "は、決まったタグと一文字違いです", "手順書"),
        ("MRG-1", "は条項の番号の形ですが、features/clauses.yaml にありません", "MRG-01"),
    ],
)
def test_a_mistyped_tag_is_refused_before_anything_runs(checkout: Path, tag: str, reason: str, meant: str) -> None:
    (checkout / PLACE).write_text(example().replace(f"@{TAG}", f"@{tag}"), encoding="utf-8")

    done = run(checkout, "pytest", "features", "-n", "0")

    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    said = f"ERROR: タグ「@{tag}」{reason}（{PLACE.as_posix()}:10）。もしかして: 「@{meant}」"
    assert done.stderr.splitlines() == [said, ""]
    assert not (checkout / "build").exists()
