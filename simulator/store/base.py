"""What all tables have in common."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, String, TypeDecorator
from sqlalchemy.dialects import mssql, mysql, oracle
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeEngine

from simulator.rules import JAPAN

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
