"""Running a simulator from the command line: signals, the endpoints file, and start-up faults in one clear line."""

import asyncio
import contextlib
import errno
import os
import signal
import socket
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from rich.console import Console
from rich.table import Table
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from koujyo.endpoints import CannotStart, EndpointsFile

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["CannotStart", "database_url", "run", "same_ports"]

LABELS = {
    "portal": "ポータル",
    "office": "労金の事務コンソール、管理 API",
    "smtp": "メールの受け口 (SMTP)",
    "mail": "届いたメール",
    "ca": "サーバー証明書の CA",
}


class Reachable(Protocol):
    """Where a running simulator is reached; the names are the keys of endpoints.json."""

    @property
    def portal(self) -> str: ...
    @property
    def office(self) -> str: ...
    @property
    def smtp(self) -> str: ...
    @property
    def mail(self) -> str: ...
    @property
    def ca(self) -> str: ...


class Clock(Protocol):
    """What is needed of `simulator.clock.Clock`."""

    def now(self) -> "datetime": ...


class Running(Protocol):
    """What is needed of `simulator.server.Simulator`."""

    @property
    def clock(self) -> Clock: ...
    async def start(self) -> Reachable: ...
    async def stop(self) -> None: ...


def same_ports(ports: Mapping[str, int]) -> None:
    """Refuse one number for two listeners (0 means any free one and may be repeated).

    Raises:
        CannotStart: two options name the same port.
    """
    seen: dict[int, str] = {}
    for option, port in ports.items():
        if port and port in seen:
            raise CannotStart(f"{seen[port]} と {option} が同じ番号 {port} です。別の番号にしてください。")
        seen[port] = option


def database_url(database: str | None) -> str | None:
    """The SQLAlchemy URL for `--database`, which may also be the path of an SQLite file.

    Raises:
        CannotStart: the URL cannot be read, or the folder of the file does not exist.
    """
    if database is None:
        return None
    if "://" not in database:
        path = Path(database).absolute()
        if not path.parent.is_dir() or path.is_dir():
            raise CannotStart(f"--database {database} は開けません。既にあるフォルダーの中のファイルにしてください。")
        return f"sqlite:///{path.as_posix()}"
    try:
        make_url(database).get_dialect()
    except (ArgumentError, ImportError, SQLAlchemyError) as error:
        raise CannotStart(f"--database の URL が正しくないか、対応する部品がありません: {error}") from error
    return database


async def run(make: Callable[[], Running], endpoints: EndpointsFile, host: str, ports: Mapping[str, int]) -> None:
    """Make and start a simulator, announce it, wait for Ctrl-C or SIGTERM, stop it.

    Raises:
        CannotStart: a port is taken or not allowed, the host is not ours, the database or the keys cannot be opened.
    """
    stop = asyncio.Event()
    _listen_for_signals(stop)
    with _faults_explained(host, ports):
        simulator = make()
        started = await simulator.start()
    try:
        reachable = {name: str(getattr(started, name)) for name in LABELS}
        endpoints.write(reachable)
        _announce(reachable, simulator.clock.now())
        await stop.wait()
    finally:
        endpoints.remove()
        await simulator.stop()


@contextlib.contextmanager
def _faults_explained(host: str, ports: Mapping[str, int]) -> Iterator[None]:
    from simulator.pki import StateError  # noqa: PLC0415 - only this subcommand needs it

    try:
        yield
    except StateError as error:
        raise CannotStart(f"--state の中の鍵を使えません: {error}") from error
    except OSError as error:
        raise CannotStart(_explain(error, host, ports)) from error
    except (SQLAlchemyError, ImportError) as error:
        raise CannotStart(f"データベースを開けません: {getattr(error, 'orig', None) or error}") from error


def _listen_for_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))


def _explain(error: OSError, host: str, ports: Mapping[str, int]) -> str:
    if error.errno == errno.EADDRINUSE:
        taken = [f"{port}（{option}）" for option, port in ports.items() if port and not is_free(host, port)]
        return f"ポート {'、'.join(taken)}は使用中です。別の番号か 0（空いている番号）を指定してください。"
    if isinstance(error, PermissionError):
        return "このポートを使う権限がありません。1024 以上の番号か 0（空いている番号）を指定してください。"
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return f"--host {host} はこのコンピューターのアドレスではありません。127.0.0.1 などを指定してください。"
    return f"シミュレータを起動できません: {error}"


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            if os.name == "posix":  # there the option only ignores sockets that are still closing
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError:
        return False
    return True


def _announce(reachable: Mapping[str, str], now: "datetime") -> None:
    table = Table(title="koujyo シミュレータ（練習・検証用）", title_justify="left", show_header=False)
    for name, value in reachable.items():
        table.add_row(LABELS.get(name, name), value)
    table.add_row("模擬時計", f"{now:%Y-%m-%d %H:%M}")
    console = Console()
    console.print(table)
    console.print("Ctrl-C で終わります。")
