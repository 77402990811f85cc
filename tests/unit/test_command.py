"""The command line: what each subcommand hands on, refuses and answers with its exit code."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fixtures import needs
from koujyo import __main__ as command
from koujyo import check, diagnosis, running, scenario_run, terminal
from koujyo import test as test_command
from koujyo.check import Outcome, run_checks
from koujyo.places import FEATURES, ROOT
from storyboard.plan import feature_files

runner = CliRunner()


@pytest.fixture
def pytest_calls(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The calls of pytest, in which nothing runs."""
    calls: list[list[str]] = []

    def run(arguments: list[str]) -> int:
        calls.append(arguments)
        return 0

    monkeypatch.setattr(scenario_run, "run_pytest", run)
    monkeypatch.setenv("KOUJYO_BROWSER", sys.executable)
    return calls


def test_the_version_is_that_of_the_installed_distribution(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "version", {"koujyo": "1.2.3"}.__getitem__)

    assert runner.invoke(command.app, ["--version"]).output == "koujyo 1.2.3\n"


def test_every_subcommand_has_a_help_text() -> None:
    for name, _, purpose in command.SUBCOMMANDS:
        result = runner.invoke(command.app, [name, "--help"])
        assert result.exit_code == 0
        assert purpose in result.output


@pytest.mark.parametrize("words", [["nosuch"], ["serve", "--port", "65536"], ["scenarios", "--workers", "-1"]])
def test_bad_options_end_with_exit_code_2(words: list[str]) -> None:
    assert runner.invoke(command.app, words).exit_code == 2


def test_scenarios_runs_all_feature_files_with_pictures(pytest_calls: list[list[str]], tmp_path: Path) -> None:
    result = runner.invoke(command.app, ["scenarios", "--workers", "3", "--report", str(tmp_path / "report")])

    assert result.exit_code == scenario_run.NOTHING_RAN
    (words,) = pytest_calls
    files = [file.relative_to(ROOT).as_posix() for file in feature_files(FEATURES)]
    assert words[: len(files) + 2] == [*files, "-n", "3"]
    assert words[-3:] == ["--certificates", "context", "--pictures"]


def test_scenarios_hands_its_options_on_to_pytest(
    pytest_calls: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = ["--report", str(tmp_path / "report")]
    chosen = ["features/login", "-k", "ダブルクリック", "-m", "LGN-05", *report]
    monkeypatch.setattr(needs, "has_screen", lambda _: True)
    options = ["--headed", "--no-pictures", "--clock", "2026-11-24T10:00", "--browser-executable", sys.executable]
    runner.invoke(command.app, ["scenarios", *chosen, *options, "--", "-x", "--maxfail", "3"])

    (words,) = pytest_calls
    assert words[:3] == ["features/login/login.feature", "-n", "1"]  # windows side by side would hide each other
    assert words[-10:] == [
        *("--browser-executable", sys.executable, "--portal-clock", "2026-11-24T10:00", "--certificates", "context"),
        *("--headed", "-x", "--maxfail", "3"),
    ]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--browser-executable", "/nowhere/browser"], "/nowhere/browser"),
        (["--browser-channel", "netscape"], "netscape"),
        (["--clock", "あした"], "--clock"),
    ],
)
@pytest.mark.usefixtures("pytest_calls")
def test_scenarios_refuses_bad_input_in_one_line(options: list[str], says: str) -> None:
    result = runner.invoke(command.app, ["scenarios", *options])

    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(("options", "chosen"), [([], ["-m", "not long"]), (["--long"], ["--check-pages"])])
@pytest.mark.parametrize(("checked", "tested", "expected"), [(0, 0, 0), (3, 0, 3), (0, 1, 1), (3, 1, 3)])
def test_test_runs_both_halves_and_ends_with_the_first_failure(
    monkeypatch: pytest.MonkeyPatch, checked: int, tested: int, expected: int, options: list[str], chosen: list[str]
) -> None:
    order: list[str] = []

    def answer(words: list[str], exit_code: int) -> int:
        order.extend(words)
        return exit_code

    monkeypatch.setattr(test_command, "run_checks", lambda: answer(["check"], checked))
    monkeypatch.setattr(test_command, "run_pytest", lambda words: answer(words, tested))

    result = runner.invoke(command.app, ["test", "--workers", "2", *options, "--", "-x"])

    assert order == ["check", "-n", "2", *test_command.BY_FILE, *chosen, "-x"]
    assert result.exit_code == expected


def test_a_failed_check_shows_its_output_and_a_passed_one_does_not(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outcomes = {"ruff": Outcome("ruff", 0, 0.1, "quiet"), "mypy": Outcome("mypy", 7, 0.2, "line 1 is wrong\n")}
    monkeypatch.setattr(check, "CHECKS", dict.fromkeys(outcomes, ()))
    monkeypatch.setattr(check, "run_check", lambda name, _: outcomes[name])

    assert run_checks() == 7
    assert capsys.readouterr().out == "ruff: 合格 (0.1 秒)\nmypy: 不合格 (0.2 秒)\nline 1 is wrong\n"


def test_a_check_whose_program_is_missing_fails_with_the_remedy() -> None:
    outcome = check.run_check("nothing", ("no-such-program-anywhere",))

    assert outcome.exit_code == 1
    assert "make setup" in outcome.output


def test_pytest_really_runs_and_its_exit_code_comes_back(tmp_path: Path) -> None:
    (tmp_path / "test_two.py").write_text("def test_one(): pass\ndef test_two(): assert 0\n", encoding="utf-8")

    assert (
        running.run_pytest(["-q", "--no-header", "-p", "no:cacheprovider", f"--rootdir={tmp_path}", str(tmp_path)]) == 1
    )


def test_the_module_can_be_run_as_a_program() -> None:
    done = subprocess.run([sys.executable, "-m", "koujyo", "check", "--nonsense"], capture_output=True, check=False)

    assert done.returncode == 2


def test_doctor_ends_with_1_and_names_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    findings = [diagnosis.Finding("Python", "良好", "3.11"), diagnosis.Finding("keytool", "不足", "なし", "入れる")]
    monkeypatch.setattr(diagnosis, "examine", lambda *, headed: findings[headed:])

    result = runner.invoke(command.app, ["doctor"])

    assert result.exit_code == 1
    assert result.output.splitlines()[-1] == "足りないもの: keytool"


def test_doctor_ends_with_0_where_only_the_optional_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnosis, "examine", lambda *, headed: [diagnosis.Finding("Xvfb", "任意", "", str(headed))])

    assert runner.invoke(command.app, ["doctor"]).exit_code == 0


def test_doctor_notices_a_port_in_use_but_does_not_require_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        assert diagnosis.port("--port", number).verdict == "注意"
    assert diagnosis.port("--port", number).verdict == "良好"


def test_doctor_asks_for_python_3_11() -> None:
    assert diagnosis.python_version((3, 10, 14)).verdict == "不足"
    assert diagnosis.python_version((3, 11, 0)).verdict == "良好"


def test_doctor_says_when_a_browser_is_found_but_does_not_start() -> None:
    finding = diagnosis.browser(environment={"KOUJYO_BROWSER": sys.executable, "PATH": ""})

    assert finding.verdict == "不足"
    assert "起動しません" in finding.detail


def test_doctor_requires_the_tools_on_linux_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    assert {diagnosis.tool(name, "linux").verdict for name in diagnosis.TOOLS} == {"不足"}
    assert {diagnosis.tool(name, "win32").verdict for name in diagnosis.TOOLS} == {"任意"}


def test_doctor_requires_the_sources() -> None:
    assert diagnosis.checkout(is_there=True).verdict == "良好"
    assert diagnosis.checkout(is_there=False).verdict == "不足"


def test_doctor_requires_a_screen_only_where_the_browser_is_to_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")

    assert diagnosis.screen({}, headed=False).verdict == "任意"
    assert diagnosis.screen({}, headed=True).verdict == "不足"


def test_doctor_names_ffmpeg_with_what_it_is_for(tmp_path: Path) -> None:
    finding = diagnosis.ffmpeg({"PATH": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)})

    assert (finding.verdict, finding.detail) == ("任意", "--video に使います")


def test_without_a_checkout_what_needs_one_is_refused_before_it_does_anything(
    monkeypatch: pytest.MonkeyPatch, pytest_calls: list[list[str]]
) -> None:
    monkeypatch.setattr(terminal, "IS_CHECKOUT", False)

    result = runner.invoke(command.app, ["scenarios", "-k", "登録"])

    assert result.exit_code == 2
    assert "git clone" in result.output
    assert pytest_calls == []


def test_doctor_finds_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert diagnosis.writable(tmp_path / "file" / "build").verdict == "不足"
    assert diagnosis.writable(tmp_path / "build").verdict == "良好"
