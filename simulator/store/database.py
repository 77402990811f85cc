"""The one way to reach the tables."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from simulator.store.base import Table

MEMORY = "sqlite://"
# So long another program, a backup say, may hold a database file before a request gives up.
BUSY_MILLISECONDS = 20_000


class OutdatedDatabase(SQLAlchemyError):  # noqa: N818 - it names what is wrong
    """The database was made by another version of koujyo; its data is left as it is."""


def is_busy(problem: Exception) -> bool:
    """Whether a database could not be used only because another program held it for too long."""
    return isinstance(problem, OperationalError) and "database is locked" in str(problem.orig)


class Store:
    """One database.

    Args:
        url: an SQLAlchemy URL; `sqlite://` keeps everything in memory.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the URL is malformed or the database cannot be opened.
        OutdatedDatabase: its tables lack columns.
    """

    def __init__(self, url: str = MEMORY) -> None:
        place = make_url(url)
        self.in_memory = place.get_backend_name() == "sqlite" and place.database in {None, "", ":memory:"}
        self._engine = _open(url, in_memory=self.in_memory)
        # One connection serves every thread when the database is in memory, so transactions take turns.
        self._turn = threading.RLock()
        if not self.in_memory:
            _refuse_outdated(self._engine)
        Table.metadata.create_all(self._engine)
        self._memory: Any = self._engine.raw_connection().driver_connection if self.in_memory else None

    @property
    def version(self) -> int | None:
        """A number that differs once any row has changed; None where others, too, may change rows."""
        return None if self._memory is None else int(self._memory.total_changes)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose work is committed at the end of the block, or rolled back when the block raises."""
        if not self.in_memory:
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                yield session
            return
        with self._turn, Session(self._engine, expire_on_commit=False) as session, session.begin():
            yield session

    def clear(self) -> None:
        """Delete every row of every table."""
        with self.transaction() as session:
            for table in reversed(Table.metadata.sorted_tables):
                session.execute(table.delete())
            if self._engine.dialect.name == "sqlite":
                session.execute(text("DELETE FROM sqlite_sequence"))  # everybody is forgotten: numbers begin anew

    def close(self) -> None:
        """Close all connections, once the transaction under way has ended: SQLite crashes otherwise."""
        with self._turn:
            self._engine.dispose()


def _open(url: str, *, in_memory: bool) -> Engine:
    if in_memory:
        engine = create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})
    else:
        engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin_immediately)
    return engine


def _refuse_outdated(engine: Engine) -> None:
    found = inspect(engine)
    lacking = [
        f"{table.name}.{column.name}"
        for table in Table.metadata.sorted_tables
        if found.has_table(table.name)
        for column in table.columns
        if column.name not in {existing["name"] for existing in found.get_columns(table.name)}
    ]
    if lacking:
        engine.dispose()
        raise OutdatedDatabase(
            "このデータベースは、koujyo の別の版で作られたものです"
            f"（{'、'.join(lacking)} がありません）。別の場所を指定してください。"
        )


def _configure_sqlite(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    """Durable, and with foreign keys; every connection needs it because SQLite does not store these."""
    del entry
    connection.isolation_level = None  # the driver's own BEGIN comes too late: see _begin_immediately
    cursor = connection.cursor()
    for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY_MILLISECONDS}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediately(connection: Any) -> None:
    """Take the write lock at once: a transaction that reads first and writes later could not be retried."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
