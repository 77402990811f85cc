"""A failing scenario leaves its passwords and codes in no file, however its sentences and steps call them."""

from __future__ import annotations

import html
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from koujyo.places import CLAUSES, ROOT
from koujyo.scenario_run import expected
from reports import build_report
from storyboard import confidential
from storyboard.masking import MASK
from storyboard.plan import plan_of
from storyboard.run import FILE, append

PYTEST_JUNIT = "pytest-junit.xml"


# Six passwords: typed in a known sentence, in a table, called by another name, in an example, at the labour bank's
# desk, and told to the portal by a step whose sentence says nothing of it.
TYPED, TABLED, NAMED, EXAMPLE, FILED, HEARD = (
    "Canary#01", "Canary#02", """Canary<&>"'\\03""", "Canary%+04", "Canary#5", "Canary#6",
)  # fmt: skip
FEATURE = f"""# language: ja
機能: 秘密
  シナリオアウトライン: パスワード「<パスワード>」でも続ける
    前提 労金が契約「30000001」を初期パスワード「{FILED}」で登録している
    かつ 事務の準備が済んでいる
    かつ マスターユーザー初期登録ログインの画面を開いている
    もし 「初期パスワード」に「{TYPED}」を入力する
    かつ 次のとおり入力する
      | 項目           | 値         |
      | 契約番号       | 10000001   |
      | 初期パスワード | {TABLED} |
    かつ 「初期パスワード」に「<パスワード>」を入力する
    かつ 合言葉を「{NAMED}」と決める
    前提 契約「10000001」にマスターユーザー「sample001」が登録されている
    かつ ユーザー「sample001」が「認証コード入力」画面まで進んでいる
    もし 「sample001@sample.co.jp」に届いた認証コードを入力する
    ならば すべてを口にして失敗する

    例:
      | パスワード |
      | {EXAMPLE}  |
"""
STEPS = """
import json, os
from pathlib import Path
import pytest
from pytest_bdd import given, parsers, then, when
import fixtures.secrets, fixtures.traces
from simulator.services.bank import file_initial_password
from steps.mail import newest_code

HERE = Path(__file__).parent
if "SHOW" in os.environ:
    fixtures.secrets.masked = fixtures.traces.masked = lambda text, secrets: text

@given("事務の準備が済んでいる")
def prepare(world):
    file_initial_password(world, "20000001", {heard!r})

@when(parsers.re("合言葉を「(?P<x>.*)」と決める"))
def decide(accounts, x):
    print("決めた", x)
    accounts.current.page.evaluate("x => {{ document.body.dataset.said = x; console.error(x); }}", x)
    accounts.current.problems.clear()

@then("すべてを口にして失敗する")
def tell(accounts, mailbox):
    page, code = accounts.current.page, newest_code(mailbox, "sample001@sample.co.jp")
    made = [code, *(cookie["value"] for cookie in page.context.cookies())]
    (HERE / "at-run-time.json").write_text(json.dumps(made), encoding="utf-8")
    del made
    all_of_it = {said!r} + [code]
    page.evaluate("told => {{ document.body.append(told.join(' ')); }}", all_of_it)
    accounts.current.problems.append(f"ブラウザのコンソール: {{all_of_it}}")
    print(*all_of_it)
    assert not all_of_it, "\\n".join(all_of_it)
"""


@dataclass(frozen=True)
class Ran:
    """What is left of a run: its folder, what stood in the terminal, and the secrets that it made up."""

    folder: Path
    terminal: str
    code: str
    cookies: tuple[str, ...]

    @property
    def report(self) -> Path:
        return self.folder / "report"


@pytest.fixture(scope="module")
def masked(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return run(tmp_path_factory.mktemp("masked"))


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return run(tmp_path_factory.mktemp("shown"), SHOW="1")


def run(folder: Path, **environment: str) -> Ran:
    """Run the scenario, again for its trace, and build the report."""
    here = folder / "features" / "login"
    here.mkdir(parents=True)
    shutil.copy(ROOT / "conftest.py", folder)
    (here / "canary.feature").write_text(FEATURE, encoding="utf-8")
    said = [TYPED, TABLED, NAMED, EXAMPLE, FILED, HEARD]
    (here / "conftest.py").write_text(STEPS.format(heard=HEARD, said=said), encoding="utf-8")
    report = folder / "report"
    told = ""
    record = report / FILE
    report.mkdir()
    append(record, [expected(one) for one in plan_of(here / "canary.feature", folder)])
    first = ["--pictures", f"--junitxml={report / PYTEST_JUNIT}", f"--run-record={record}"]
    for words in (first, ["--traces"]):
        command = ["-m", "pytest", str(here), "-c", str(ROOT / "pyproject.toml"), f"--rootdir={folder}"]
        own = ["-p", "no:cacheprovider", "-p", "no:randomly", "-vv", "-l", "--full-trace", "-o", "junit_logging=all"]
        own += [f"--report={report}"]
        made = subprocess.run(
            [sys.executable, *command, *own, *words],
            cwd=ROOT, env={**os.environ, "PYTHONUTF8": "1", **environment}, capture_output=True, encoding="utf-8",
            timeout=200, check=False,
        )  # fmt: skip
        told += made.stdout + made.stderr
        assert made.returncode == 1, told
    build_report(report, CLAUSES)
    code, *cookies = json.loads((here / "at-run-time.json").read_text(encoding="utf-8"))
    return Ran(folder, told, code, tuple(cookies))


def secrets_of(ran: Ran) -> dict[str, str]:
    cookies = {f"cookie {place}": value for place, value in enumerate(ran.cookies)}
    told = {"typed": TYPED, "in a table": TABLED, "by another name": NAMED, "in an example": EXAMPLE}
    return {**told, "filed": FILED, "never spoken of": HEARD, "mailed": ran.code, **cookies}


def spellings(secret: str) -> set[str]:
    """How files of many kinds spell a secret; written here once more, so that no mistake is made twice."""
    escaped, bare = html.escape(secret), html.escape(secret, quote=False)
    numbered = bare.replace('"', "&#34;").replace("'", "&#39;")
    written = {json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1], repr(secret)[1:-1]}
    return {secret, escaped, bare, numbered, bare.replace('"', "&quot;"), quote(secret, safe="")} | written


def files_of(ran: Ran) -> Iterator[tuple[str, bytes]]:
    """All that was written: files, what is packed in them, the terminal."""
    yield "terminal", ran.terminal.encode()
    for path in (path for path in ran.report.rglob("*") if path.is_file()):
        yield path.relative_to(ran.report).as_posix(), path.read_bytes()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as parts:
                yield from ((f"{path.name}!{name}", parts.read(name)) for name in parts.namelist())


def found_in(ran: Ran) -> set[tuple[str, str]]:
    """Which secret stands in which file."""
    spelt = {name: [one.encode() for one in spellings(secret)] for name, secret in secrets_of(ran).items()}
    return {
        (name, file)
        for file, content in files_of(ran)
        for name, ways in spelt.items()
        if any(way in content or way in file.encode() for way in ways)
    }


def test_no_file_of_a_failing_run_holds_a_secret(masked: Ran) -> None:
    assert found_in(masked) == set()
    assert MASK in masked.terminal
    assert any(file.endswith(".trace") for file, _ in files_of(masked))


@pytest.mark.long
def test_the_search_finds_every_secret_where_nothing_is_masked(shown: Ran) -> None:
    found = found_in(shown)
    everywhere = {name for name in secrets_of(shown) if not name.startswith("cookie")}
    (story,) = (path.stem for path in (shown.report / "storyboards").glob("*.json"))
    for file in (
        "terminal",
        PYTEST_JUNIT,
        "junit.xml",
        f"storyboards/{story}.json",
        f"scenarios/{story}.html",
        f"failures/{story}/page.html",
    ):
        assert {name for name, where in found if where == file} >= everywhere, file
    assert {name for name, where in found if "!" in where} == secrets_of(shown).keys()


def test_the_trace_is_kept_apart_and_marked_and_the_report_says_so(masked: Ran) -> None:
    traces = [path.relative_to(masked.report).parts[0] for path in masked.report.rglob("*.zip")]
    assert traces == [confidential.FOLDER]
    folder = masked.report / confidential.FOLDER
    assert confidential.MARK in (folder / "README.txt").read_text(encoding="utf-8")
    assert not (folder / confidential.SECRETS).exists()
    (page,) = (path.read_text(encoding="utf-8") for path in (masked.report / "scenarios").glob("*.html"))
    assert f"トレース（{confidential.MARK}）" in page


@pytest.mark.long
def test_a_cleaned_trace_is_still_one(masked: Ran, shown: Ran) -> None:
    """Every line is JSON, the events are those of a trace that was left alone, all that they refer to is there."""
    kinds = []
    for ran in (masked, shown):
        (trace,) = ran.report.rglob("*.zip")
        with zipfile.ZipFile(trace) as parts:
            names = set(parts.namelist())
            told = b"".join(parts.read(name) for name in sorted(names) if name.endswith((".trace", ".network")))
        events = [json.loads(line) for line in told.splitlines()]
        referred = {file for event in events for file in files_named_in(event)}
        assert referred
        assert referred <= names
        kinds.append({event["type"] for event in events})
    assert kinds[0] == kinds[1]


def files_named_in(told: object) -> Iterator[str]:
    """The files of the trace that an event refers to."""
    match told:
        case str() if told.startswith("resources/"):
            yield told
        case dict():
            yield from files_named_in(list(told.values()))
        case list():
            for value in told:
                yield from files_named_in(value)
