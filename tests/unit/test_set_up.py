"""The bootstrap: what it installs, what it leaves alone, and what it says."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "tools" / "set_up.py"


class Machine:
    """Stands in for the programs that set-up starts: `fails` names words of commands that fail.

    An environment that is made has the program `tool`, which holds the environment's path.
    """

    def __init__(self) -> None:
        self.commands: list[list[str]] = []
        self.fails: dict[str, str] = {}

    def run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        self.commands.append(command)
        words = " ".join(command)
        if "-m venv" in words:
            make_environment(Path(command[-1]), "new")
        output = next((text for word, text in self.fails.items() if word in words), None)
        return subprocess.CompletedProcess(command, 0 if output is None else 1, output or "")

    def calls(self, word: str) -> list[str]:
        return [line for line in map(" ".join, self.commands) if word in line]


def make_environment(folder: Path, tool: str) -> None:
    """An environment as venv makes it, with the Python that runs this test."""
    scripts = folder / "bin"
    scripts.mkdir(parents=True)
    (scripts / "python").symlink_to(sys.executable)
    (folder / "pyvenv.cfg").write_text(f"version = 3.99\nexecutable = {Path(sys.executable).resolve()}\n", "utf-8")
    (scripts / "tool").write_text(f"#!{scripts}/python\n{tool}\n", encoding="utf-8")


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, set_up: ModuleType) -> Machine:
    machine = Machine()
    monkeypatch.setattr(set_up, "_run", machine.run)
    return machine


@pytest.fixture
def set_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, on a checkout of its own with nothing set up."""
    spec = importlib.util.spec_from_file_location("set_up", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("requirements.lock", "pyproject.toml"):
        (tmp_path / name).write_text("one", encoding="utf-8")
    environment = tmp_path / ".venv"
    environment.mkdir()
    for name, value in {"ROOT": tmp_path, "LOCK": tmp_path / "requirements.lock", "VENV": environment}.items():
        monkeypatch.setattr(module, name, value)
    monkeypatch.setattr(module, "apt_privilege", list)
    return module


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch, set_up: ModuleType) -> None:
    monkeypatch.setattr(set_up, "_is_there", lambda _: False)


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("ID=debian\n", "debian"),
        ('ID=ubuntu\nID_LIKE="debian"\n', "ubuntu"),
        ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', "ubuntu"),
        ("ID=fedora\n", ""),
    ],
)
def test_apt_is_used_on_debian_ubuntu_and_their_relatives(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str, family: str
) -> None:
    monkeypatch.setattr(set_up.shutil, "which", lambda _: "/usr/bin/apt-get")
    (tmp_path / "os-release").write_text(text, encoding="utf-8")

    assert set_up.linux_family(tmp_path / "os-release") == family


def test_systems_without_the_file_have_no_apt(set_up: ModuleType, tmp_path: Path) -> None:
    assert set_up.linux_family(tmp_path / "nothing") == ""


@pytest.mark.usefixtures("nothing_installed")
def test_ubuntu_s_chromium_package_is_not_asked_for(set_up: ModuleType) -> None:
    assert set_up.missing_packages("ubuntu")[0] == "fonts-noto-cjk"
    assert set_up.missing_packages("debian")[:2] == ["chromium", "chromium-headless-shell"]


@pytest.mark.usefixtures("nothing_installed")
def test_a_python_without_ensurepip_asks_for_its_venv_package(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(set_up.importlib.util, "find_spec", lambda _: None)

    assert f"python3.{sys.version_info[1]}-venv" in set_up.missing_packages("debian")


@pytest.mark.usefixtures("nothing_installed")
def test_missing_packages_are_installed_in_one_call_after_an_update(set_up: ModuleType, machine: Machine) -> None:
    set_up.install_packages("debian")

    update, install = machine.calls("apt-get")
    assert update.endswith("update")
    assert "--no-install-recommends chromium chromium-headless-shell chromium-l10n fonts-noto-cjk" in install


@pytest.mark.usefixtures("nothing_installed")
def test_an_unknown_package_does_not_keep_the_others_away(set_up: ModuleType, machine: Machine) -> None:
    machine.fails = {"chromium-headless-shell": "E: Unable to locate package"}

    set_up.install_packages("debian")

    assert machine.calls("--no-install-recommends curl")


@pytest.mark.usefixtures("nothing_installed")
def test_what_apt_refused_is_asked_for_again_only_on_demand(set_up: ModuleType, machine: Machine) -> None:
    set_up.remember_refused(set_up.install_packages("debian"))
    machine.commands.clear()

    assert set_up.install_packages("debian") == set_up.missing_packages("debian")
    assert machine.commands == []
    set_up.install_packages("debian", again=True)
    assert machine.commands


@pytest.mark.usefixtures("nothing_installed")
def test_sudo_is_used_when_not_root_and_nothing_is_tried_without_it(
    set_up: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(set_up, "apt_privilege", lambda: None)
    assert set_up.install_packages("debian")
    assert machine.commands == []

    monkeypatch.setattr(set_up, "apt_privilege", lambda: ["sudo"])
    set_up.install_packages("debian")
    assert all(command[0] == "sudo" for command in machine.commands)


def test_packages_come_from_the_lock_with_hashes_and_koujyo_without_dependencies(
    set_up: ModuleType, machine: Machine
) -> None:
    set_up.install_environment("stamp")

    locked, project = machine.calls("pip install")
    assert f"--require-hashes -r {set_up.LOCK}" in locked
    assert f"--no-deps --no-build-isolation -e {set_up.ROOT}" in project
    assert not machine.calls("index-url")


def test_a_second_run_starts_no_program(set_up: ModuleType, machine: Machine) -> None:
    set_up.install_environment("stamp")
    machine.commands.clear()

    set_up.install_environment("stamp")

    assert machine.commands == []


def test_a_failed_install_is_told_in_one_line_and_tried_again_next_time(
    set_up: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(set_up, "linux_family", str)
    machine.fails = {"--require-hashes": "Collecting\nERROR: No matching distribution\nmore\n"}

    for _ in range(2):
        assert set_up.main([]) == 1
        assert capsys.readouterr().err == "set_up: 部品を入れられません: ERROR: No matching distribution\n"
    assert [path.name for path in set_up.ROOT.glob(".venv*")] == [".venv"]


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_the_stamp_changes_with_the_files_it_is_made_from(set_up: ModuleType, name: str) -> None:
    before = set_up.stamp()
    (set_up.ROOT / name).write_text("two", encoding="utf-8")

    assert set_up.stamp() != before


def test_the_stamp_changes_with_the_folder_and_not_with_python(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = set_up.stamp()
    monkeypatch.setattr(set_up.sys, "version", "3.99")
    assert set_up.stamp() == before
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "pyproject.toml").write_text("one", encoding="utf-8")
    monkeypatch.setattr(set_up, "ROOT", tmp_path / "copy")
    assert set_up.stamp() != before


def test_a_found_browser_is_kept(set_up: ModuleType, machine: Machine) -> None:
    set_up.install_browser("")

    assert not machine.calls("playwright install")


def test_without_a_browser_playwright_downloads_and_the_failure_is_one_line(
    set_up: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(set_up, "_is_there", lambda _: False)
    machine.fails = {"find_browser": "missing", "playwright": "Error: download failed\n"}

    with pytest.raises(set_up.Failed, match=r"Microsoft Edge.*download failed"):
        set_up.install_browser("")
    assert machine.calls("playwright install chromium")


def test_an_old_python_is_refused_with_the_version_that_is_needed(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(set_up, "OLDEST_PYTHON", (3, 99))

    assert set_up.main([]) == 1
    assert "Python 3.99 以上が必要です" in capsys.readouterr().err


def test_the_script_needs_nothing_but_the_standard_library() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import runpy; runpy.run_path({str(SCRIPT)!r})"],
        capture_output=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
