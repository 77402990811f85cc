"""The tables of the portal and the one way to reach them.

The schema uses nothing that only SQLite has: any SQLAlchemy URL can hold it. SQLite in memory is the default, a file
survives a restart. Moments are kept as UTC and handed out as aware datetimes in Japan time.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    Engine,
    ForeignKey,
    Identity,
    String,
    TypeDecorator,
    Unicode,
    UniqueConstraint,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.dialects import mssql, mysql, oracle
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool
from sqlalchemy.types import TypeEngine

from simulator.rules import JAPAN

MEMORY = "sqlite://"
MASTER_PLACE = 0

# Some databases compare text without regard to case unless told otherwise; user ids differ by it (MRG-16).
CASE_SENSITIVE = (
    String(12)
    .with_variant(String(12, collation="utf8mb4_bin"), "mysql", "mariadb")
    .with_variant(String(12, collation="Latin1_General_100_BIN2"), "mssql")
)


class Moment(TypeDecorator[datetime]):
    """An instant, exact to the microsecond: stored as naive UTC, read as an aware datetime in Japan time."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The database's type that keeps microseconds; its plain one may round them away."""
        exact: dict[str, TypeEngine[Any]] = {
            "mysql": mysql.DATETIME(fsp=6),
            "mariadb": mysql.DATETIME(fsp=6),
            "mssql": mssql.DATETIME2(6),  # type: ignore[no-untyped-call]
            "oracle": oracle.TIMESTAMP(),
        }
        return dialect.type_descriptor(exact.get(dialect.name, DateTime()))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware datetime into naive UTC.

        Raises:
            ValueError: it is naive; the machine's own time zone must not slip in.
        """
        del dialect
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no time zone")
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn naive UTC into an aware datetime in Japan time."""
        del dialect
        return None if value is None else value.replace(tzinfo=UTC).astimezone(JAPAN)


# A number once given must not come back: sessions and issues under way know codes by it, when a user is long gone.
NEVER_AGAIN = {"sqlite_autoincrement": True}


class Table(DeclarativeBase):
    """Base of all tables."""

    __table_args__: Any = NEVER_AGAIN


class Counted(Table):
    """A secret that is asked for at a gate, and what the lock rule counts there (MRG-10, CRT-14, LGN-10)."""

    __abstract__ = True

    secret_hash: Mapped[str] = mapped_column(String(200))

    failures: Mapped[int] = mapped_column(default=0)
    locks: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(Moment, default=None)
    blocked: Mapped[bool] = mapped_column(default=False)


class Contract(Counted):
    """A contracting party, an employer (事業主) or a member organisation (会員); its secret is the initial password."""

    __tablename__ = "contracts"

    number: Mapped[str] = mapped_column(String(8), primary_key=True)
    edition: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(Unicode(80))
    created_at: Mapped[datetime] = mapped_column(Moment)
    # Whether the party applied for the detail change functions (ROK-10, MNU-09).
    detail_change: Mapped[bool] = mapped_column(default=False)
    users: Mapped[list[User]] = relationship(back_populates="contract")


class User(Counted):
    """A master or general user, with the login password as secret; user ids are unique in the whole system (MRG-27)."""

    __tablename__ = "users"
    # Never NULL: databases disagree on whether two of those are duplicates.
    __table_args__ = (UniqueConstraint("contract_number", "place", name="one_user_per_place"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    user_id: Mapped[str] = mapped_column(CASE_SENSITIVE, unique=True)
    contract_number: Mapped[str] = mapped_column(ForeignKey("contracts.number"), index=True)
    # The master's place is 0 (MRG-02), general users take those from 1 on.
    place: Mapped[int]
    name: Mapped[str] = mapped_column(Unicode(20))
    mail_address: Mapped[str] = mapped_column(String(50))
    password_set_at: Mapped[datetime] = mapped_column(Moment)
    # Given by the master; has to be changed at the next login (USR-09, PWD-01).
    password_is_temporary: Mapped[bool] = mapped_column(default=False)
    registered_at: Mapped[datetime] = mapped_column(Moment)
    contract: Mapped[Contract] = relationship(back_populates="users")

    @property
    def is_master(self) -> bool:
        """Whether this is the contract's master user."""
        return self.place == MASTER_PLACE


class Code(Table):
    """An authentication code on its way from user authentication to issuing (CRT-20 to CRT-24)."""

    __tablename__ = "codes"
    # A visitor's session keeps the id: after a deletion it must not come to mean somebody else's code.
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy's own way

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    user: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    hash: Mapped[str] = mapped_column(String(64))
    issued_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)
    wrong_tries: Mapped[int] = mapped_column(default=0)
    # open -> verified -> spent; void when a newer one is issued or after too many wrong tries
    state: Mapped[str] = mapped_column(String(8), default="open")


class Certificate(Table):
    """A client certificate that was issued; it stays known after its user is gone."""

    __tablename__ = "certificates"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    user: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    name: Mapped[str] = mapped_column(String(64))
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    file_name: Mapped[str] = mapped_column(String(40))
    issued_at: Mapped[datetime] = mapped_column(Moment)
    renewal_opens_at: Mapped[datetime] = mapped_column(Moment, index=True)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    revocation_reason: Mapped[str] = mapped_column(Unicode(80), default="")
    # When the mails of the daily batch went out: each goes once (ML-06, ML-07).
    warned_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    expiry_told_at: Mapped[datetime | None] = mapped_column(Moment, default=None)


class Notice(Table):
    """A notice message of the labour bank on the information screen (INF-03)."""

    __tablename__ = "notices"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    published_at: Mapped[datetime] = mapped_column(Moment, index=True)
    title: Mapped[str] = mapped_column(Unicode(80))
    text: Mapped[str] = mapped_column(Unicode(400))


class Maintenance(Table):
    """The maintenance switch: one row while it is on (ENV-13)."""

    __tablename__ = "maintenance"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(String(400))
    since: Mapped[datetime] = mapped_column(Moment)


class Event(Table):
    """A line of the audit trail."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    kind: Mapped[str] = mapped_column(String(40))
    contract_number: Mapped[str | None] = mapped_column(String(8), default=None)
    user_id: Mapped[str | None] = mapped_column(String(12), default=None)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class Store:
    """One database.

    Args:
        url: an SQLAlchemy URL; `sqlite://` keeps everything in memory.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the URL is malformed or the database cannot be opened.
    """

    def __init__(self, url: str = MEMORY) -> None:
        place = make_url(url)
        self.in_memory = place.get_backend_name() == "sqlite" and place.database in {None, "", ":memory:"}
        self._engine = _open(url, in_memory=self.in_memory)
        # One connection serves every thread when the database is in memory, so transactions take turns.
        self._turn = threading.RLock()
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


def _configure_sqlite(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    """Durable, and with foreign keys; every connection needs it because SQLite does not store these."""
    del entry
    connection.isolation_level = None  # the driver's own BEGIN comes too late: see _begin_immediately
    cursor = connection.cursor()
    for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediately(connection: Any) -> None:
    """Take the write lock at once: a transaction that reads first and writes later could not be retried."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
