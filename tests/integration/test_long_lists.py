"""Lists of 20,000 workers: memory, temporary files, and a portal that goes on answering (MNU-06, MNU-08)."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import httpx
import pytest

from simulator.portal import savings_documents
from simulator.portal.savings_documents import Paper
from simulator.server import Simulator
from simulator.services.savings import deliver_generation
from simulator.services.savings_data import MOST_WORKERS
from simulator.services.world import World
from tests.integration.savings_visits import START
from tests.integration.visitors import EMPLOYER, Visitor, token_in
from tests.unit.services.worlds import make_bench

MEGABYTES = 300
MEMBER = "20000001"
DECEMBER = "data=balances&kind=statement&month=2026-12"
SCRIPT = """
import sys
from datetime import date
from pathlib import Path
from simulator.catalogue import load_catalogue
from simulator.documents import CsvEncoding
from simulator.portal.deduction_documents import DeductionPaper
from simulator.portal.savings_documents import Paper
from simulator.services.contracts import contract_numbered
from simulator.services.deductions_lists import choose_deductions
from simulator.services.savings_lists import Choice, ListData, ListKind, choose_list
from simulator.services.savings_lookup import Criteria
from tests.unit.services.worlds import make_bench

def kilobytes(name):
    return next(int(line.split()[1]) for line in Path("/proc/self/status").read_text().splitlines() if name in line)

url, kind, data, suffix, path = sys.argv[1:]
world = make_bench(url).world
catalogue = load_catalogue()
before = kilobytes("VmRSS")
Path("/proc/self/clear_refs").write_text("5")  # the peak is counted from here on
if kind == "deductions":
    contract = contract_numbered(world, "20000001")
    chosen = choose_deductions(world, contract.number, Criteria())
    paper = DeductionPaper(catalogue, contract, chosen)
else:
    contract = contract_numbered(world, "10000001")
    chosen = choose_list(world, contract.number, Choice(ListKind(kind), ListData(data), date(2027, 1, 1)))
    paper = Paper(catalogue, contract, chosen)
product = paper.as_pdf(world, "m") if suffix == ".pdf" else paper.as_csv(world, CsvEncoding.CP932)
with open(path, "wb") as file:
    product.write(file)
print(chosen.lines, (kilobytes("VmHWM") - before) // 1024)
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database in which everybody is new in January: both generations have 20,000 workers, and none in common."""
    url = f"sqlite:///{tmp_path_factory.mktemp('long') / 'long.db'}"
    bench = make_bench(url)
    for seed in (1, 2):
        deliver_generation(bench.world, EMPLOYER, MOST_WORKERS, seed)
    deliver_generation(bench.world, MEMBER, MOST_WORKERS, 1)
    bench.world.store.close()
    return url


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="Linux だけで測れます")
@pytest.mark.parametrize(
    ("kind", "data", "suffix", "fewest"),
    [
        ("statement", "balances", ".pdf", 25_000),
        ("statement", "balances", ".csv", 25_000),
        ("changes", "deposits", ".csv", 50_000),
        ("deductions", "this month's", ".pdf", 20_000),
    ],
)
def test_a_list_of_twenty_thousand_workers_needs_little_memory(
    database: str, tmp_path: Path, kind: str, data: str, suffix: str, fewest: int
) -> None:
    path = tmp_path / f"list{suffix}"
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, database, kind, data, suffix, str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    lines, grown = (int(number) for number in run.stdout.split())
    assert lines > fewest
    assert grown < MEGABYTES
    assert path.stat().st_size > 1_000_000


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files of this test are made."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def open_temporary_files(folder: Path) -> list[Path]:
    """Files in a folder that this process holds open, whether they have a name or not."""
    places = []
    for handle in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # the one by which this folder is read is gone meanwhile
            places.append(handle.readlink())
    return [place for place in places if folder in place.parents]


def is_left(member: Visitor, folder: Path) -> bool:
    """Whether temporary files are left, when the portal has answered many more requests."""
    for _ in range(200):
        if not open_temporary_files(folder):
            break
        member.get("/savings/lists")
    return bool(open_temporary_files(folder) or list(folder.iterdir()))


def ask_for_file(member: Visitor) -> str:
    """Press OK; where the file comes from."""
    token = token_in(member.get(f"/savings/lists/confirmation?{DECEMBER}"))
    blank = member.client.post(f"/savings/lists/print?{DECEMBER}", data={"csrf_token": token})
    return f"/savings/lists/file?{blank.url.query.decode()}"


@pytest.fixture
def december(simulator: Simulator, member: Visitor) -> Visitor:
    """A visitor whose contract has received December."""
    deliver_generation(simulator.world, EMPLOYER, 200)
    assert simulator.world.clock.now() >= START
    return member


Held = tuple[threading.Event, threading.Event]


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    """Making a PDF says that it has begun, and goes on when it is told to."""
    begun, go_on = threading.Event(), threading.Event()
    make: Callable[[Paper, World, str, BinaryIO], None] = savings_documents.Paper._print  # noqa: SLF001

    def wait(paper: Paper, world: World, mark: str, file: BinaryIO) -> None:
        begun.set()
        assert go_on.wait(20)
        make(paper, world, mark, file)

    monkeypatch.setattr(Paper, "_print", wait)
    yield begun, go_on
    go_on.set()


def test_other_pages_answer_while_a_list_is_being_made(december: Visitor, held: Held) -> None:
    begun, go_on = held
    path, answers = ask_for_file(december), []
    thread = threading.Thread(target=lambda: answers.append(december.client.get(path)))
    thread.start()
    assert begun.wait(20)
    assert december.get("/savings/statements").status_code == 200
    assert not answers
    go_on.set()
    thread.join(20)
    assert [answer.headers["content-type"] for answer in answers] == ["application/pdf"]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="Linux だけで調べられます")
def test_nothing_is_left_on_the_disk_after_a_download(december: Visitor, temporary: Path) -> None:
    december.get(ask_for_file(december)).raise_for_status()
    assert not is_left(december, temporary)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="Linux だけで調べられます")
def test_nothing_is_left_when_the_visitor_leaves_before_the_file_is_made(
    december: Visitor, temporary: Path, held: Held
) -> None:
    begun, go_on = held
    path = ask_for_file(december)
    with pytest.raises(httpx.ReadTimeout):
        december.client.get(path, timeout=0.5)
    assert begun.wait(20)
    go_on.set()
    december.get(ask_for_file(december)).raise_for_status()
    assert not is_left(december, temporary)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="Linux だけで調べられます")
def test_nothing_is_left_when_making_the_file_fails(
    simulator: Simulator, december: Visitor, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(paper: Paper, world: World, mark: str, file: BinaryIO) -> None:
        del paper, world, mark
        file.write(b"half")
        raise OSError("no space left")

    monkeypatch.setattr(Paper, "_print", fail)
    assert december.get(ask_for_file(december)).status_code == 500
    assert not is_left(december, temporary)
    simulator.portal.failures.clear()
