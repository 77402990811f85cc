"""README.md stays true: its commands exist with their options, its snippets run."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from koujyo.selection import choose, plan_all
from simulator.server import Endpoints, Settings, SimulatorThread

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PLAN = plan_all(ROOT / "features", ROOT)
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)


def lines_of(language: str, prefix: str) -> list[str]:
    return [line for kind, text in BLOCKS if kind == language for line in text.splitlines() if line.startswith(prefix)]


@pytest.fixture(scope="module")
def endpoints() -> Iterator[Endpoints]:
    thread = SimulatorThread(Settings(port=0, office_port=0, smtp_port=0, mail_port=0, fast_passwords=True, key_pool=0))
    yield thread.start()
    thread.stop()


def test_the_two_commands_come_before_everything_else() -> None:
    assert README.index("make scenarios") < README.index("## ")
    assert README.index("make test ") < README.index("## ")


@pytest.mark.parametrize("target", sorted(set(re.findall(r"`?make ([a-z]+)", README))))
def test_every_make_target_named_exists(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE)


@pytest.mark.parametrize("name", ["scenarios", "manual", "serve", "model", "mutants"])
def test_every_option_in_a_section_is_an_option_of_its_command(name: str) -> None:
    section = README.split(f"## `koujyo {name}` の設定")[1].split("\n## ")[0]
    shown = set(re.findall(r"`(--[a-z0-9-]+)", section))
    told = subprocess.run([sys.executable, "-m", "koujyo", name, "--help"], capture_output=True, text=True, check=True)
    assert shown
    assert {option for option in shown if option not in told.stdout} == set()


@pytest.mark.parametrize("command", lines_of("sh", "koujyo scenarios"))
def test_every_selection_of_scenarios_means_something(command: str) -> None:
    words = shlex.split(command, comments=True)[2:]
    marks = [value for name, value in pairwise(words) if name == "-m"]
    titles = [value for name, value in pairwise(words) if name == "-k"]
    places = [word for word in words if word.startswith("features/")]
    assert words == ["--lf"] or 0 < len(choose(PLAN, ROOT, places, titles, marks)) < len(PLAN)


@pytest.mark.parametrize("command", lines_of("sh", "curl"))
def test_every_curl_line_gets_an_answer(endpoints: Endpoints, command: str) -> None:
    ours = command.replace("http://127.0.0.1:8444", endpoints.office).replace("http://127.0.0.1:8025", endpoints.mail)
    answer = subprocess.run(
        ["bash", "-c", f"{ours} -w '\n%{{http_code}}'"], capture_output=True, text=True, check=True
    ).stdout
    expected = {"404"} if "/wait?" in command else {"200", "201"}
    assert answer.rsplit("\n", 1)[-1] in expected, answer


@pytest.mark.parametrize("snippet", [text for kind, text in BLOCKS if kind == "python"])
def test_every_python_snippet_runs(snippet: str) -> None:
    ran = subprocess.run([sys.executable, "-c", snippet], capture_output=True, text=True, cwd=ROOT, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "10000001" in ran.stdout


def test_every_local_link_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
