import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Unicode, inspect, select
from sqlalchemy.dialects import registry
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.schema import CreateTable

from simulator.rules import JAPAN
from simulator.store import MASTER_PLACE, Contract, Event, Maintenance, Store, Table, User
from simulator.store.database import OutdatedDatabase

NOW = datetime(2026, 11, 20, 10, 0, 0, 123456, tzinfo=JAPAN)
DATABASES = ["sqlite", "postgresql", "mysql", "mssql", "oracle"]


def contract(number: str = "10000001") -> Contract:
    return Contract(number=number, edition="employer", name="株式会社", secret_hash="x", created_at=NOW)


def user(user_id: str, place: int = MASTER_PLACE, number: str = "10000001") -> User:
    return User(
        user_id=user_id,
        contract_number=number,
        place=place,
        name="労金　太郎",
        mail_address="a@example.jp",
        secret_hash="x",
        password_set_at=NOW,
        registered_at=NOW,
    )


@pytest.fixture(params=["memory", "file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store with one contract."""
    made = Store("sqlite://" if request.param == "memory" else f"sqlite:///{tmp_path}/store.db")
    with made.transaction() as session:
        session.add(contract())
    yield made
    made.close()


@pytest.mark.parametrize("zone", [JAPAN, UTC, timezone(timedelta(hours=-9, minutes=-30))])
def test_a_moment_comes_back_the_same_and_in_japan_time(store: Store, zone: timezone) -> None:
    with store.transaction() as session:
        session.add(Event(at=NOW.astimezone(zone), kind="test"))
    with store.transaction() as session:
        read = session.query(Event).one().at
    assert (read, read.utcoffset(), read.microsecond) == (NOW, timedelta(hours=9), 123456)


def test_a_moment_without_time_zone_is_refused(store: Store) -> None:
    with pytest.raises(StatementError, match="has no time zone"), store.transaction() as session:
        session.add(Event(at=NOW.replace(tzinfo=None), kind="test"))


def test_moments_are_compared_as_instants(store: Store) -> None:
    with store.transaction() as session:
        session.add(Event(at=NOW, kind="test"))
        later = (NOW + timedelta(seconds=1)).astimezone(UTC)
        assert session.query(Event).where(Event.at < later).count() == 1
        assert session.query(Event).where(Event.at > later).count() == 0


def test_a_contract_has_one_master_and_users_in_places_of_their_own(store: Store) -> None:
    with store.transaction() as session:
        session.add_all([user("master01"), user("general1", 1), user("general2", 2)])
        session.flush()
        assert [row.is_master for row in session.query(User).order_by(User.place)] == [True, False, False]
    for place in (MASTER_PLACE, 1):
        with pytest.raises(IntegrityError), store.transaction() as session:
            session.add(user("other999", place))


def test_of_twenty_masters_written_at_once_one_stays(store: Store) -> None:
    def write(number: int) -> bool:
        try:
            with store.transaction() as session:
                session.add(user(f"master{number:02}"))
        except IntegrityError:
            return False
        return True

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(write, range(20))) == 1


def test_fifty_increments_at_once_lose_none(store: Store) -> None:
    def count(_: int) -> None:
        with store.transaction() as session:
            session.get_one(Contract, "10000001", with_for_update=True).failures += 1

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(count, range(50)))
    with store.transaction() as session:
        assert session.get_one(Contract, "10000001").failures == 50


def test_a_block_that_raises_leaves_nothing_behind(store: Store) -> None:
    def add_and_fail() -> None:
        with store.transaction() as session:
            session.add(contract("20000001"))
            session.flush()
            raise LookupError

    with pytest.raises(LookupError):
        add_and_fail()
    with store.transaction() as session:
        assert session.get(Contract, "20000001") is None


def test_a_user_without_contract_is_refused(store: Store) -> None:
    with pytest.raises(IntegrityError), store.transaction() as session:
        session.add(user("master01", number="99999999"))


def test_clear_empties_every_table(store: Store) -> None:
    with store.transaction() as session:
        session.add_all([user("master01"), Event(at=NOW, kind="test"), Maintenance(text="", since=NOW)])
    store.clear()
    with store.transaction() as session:
        assert [table.name for table in Table.metadata.sorted_tables if session.query(table).count()] == []


def test_a_file_database_keeps_its_rows_over_a_restart(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    first = Store(url)
    with first.transaction() as session:
        session.add_all([contract(), user("master01")])
    first.close()
    second = Store(url)
    with second.transaction() as session:
        assert session.query(User).one().registered_at == NOW
    second.close()


def test_a_file_of_another_version_is_refused_by_what_it_lacks_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    Store(f"sqlite:///{path}").close()
    with closing(sqlite3.connect(path)) as older:
        older.execute("ALTER TABLE users DROP COLUMN name")
    before = path.read_bytes()
    with pytest.raises(OutdatedDatabase, match=r"users\.name"):
        Store(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_every_connection_to_a_file_is_durable_and_checks_foreign_keys(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/store.db")
    names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    connections = [store._engine.raw_connection() for _ in range(3)]  # noqa: SLF001
    settings = []
    for connection in connections:
        cursor = connection.cursor()
        settings.append([cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in names])
        connection.close()
    store.close()
    full, on = 2, 1
    assert settings == [["wal", full, on, 20_000]] * 3


def test_closing_waits_for_the_transaction_under_way() -> None:
    store = Store()
    with ThreadPoolExecutor(1) as pool:
        with store.transaction() as session:
            session.add(contract())
            closing = pool.submit(store.close)
            assert wait([closing], timeout=0.1).not_done
        assert closing.result(10) is None


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_both_spellings_of_memory_are_one_database_for_all_threads(url: str) -> None:
    store = Store(url)
    with store.transaction() as session:
        session.add(contract())

    def read(_: int) -> int:
        with store.transaction() as session:
            return session.query(Contract).count()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(read, range(8))) == [1] * 8
    store.close()


def test_stores_in_memory_share_nothing() -> None:
    first, second = Store(), Store()
    with first.transaction() as session:
        session.add(contract())
    with second.transaction() as session:
        assert session.query(Contract).count() == 0
    first.close()
    second.close()


def schema(database: str) -> str:
    """The statements that create the tables in this database."""
    dialect = registry.load(database)()
    return "\n".join(str(CreateTable(table).compile(dialect=dialect)) for table in Table.metadata.sorted_tables)


@pytest.mark.parametrize("database", DATABASES)
def test_no_database_is_ruled_out_by_the_schema(database: str) -> None:
    created = schema(database)
    assert [name for name in Table.metadata.tables if f"CREATE TABLE {name} " not in created] == []
    # NULL in a unique constraint: once for SQL Server, per other column for Oracle, any number elsewhere.
    unique = [c.nullable for t in Table.metadata.sorted_tables for c in t.columns if c.unique]
    assert not any(unique)
    assert not inspect(User).columns["place"].nullable


@pytest.mark.parametrize(
    ("database", "kind"),
    [("mysql", "DATETIME(6)"), ("mssql", "DATETIME2(6)"), ("oracle", "TIMESTAMP"), ("postgresql", "TIMESTAMP")],
)
def test_moments_keep_their_microseconds_in_every_database(database: str, kind: str) -> None:
    moments = [line.split()[1] for line in schema(database).splitlines() if line.strip().startswith(("at ", "issued"))]
    assert moments == [kind] * 4


@pytest.mark.parametrize(("database", "collation"), [("mysql", "utf8mb4_bin"), ("mssql", "Latin1_General_100_BIN2")])
def test_user_ids_differ_by_case_where_text_usually_does_not(database: str, collation: str) -> None:
    assert f"user_id VARCHAR(12) COLLATE {collation} NOT NULL" in schema(database)


@pytest.mark.parametrize("database", ["postgresql", "oracle"])
def test_rows_number_themselves_where_that_has_to_be_asked_for(database: str) -> None:
    numbered = {table.name for table in Table.metadata.sorted_tables if table.autoincrement_column is not None}
    numbered -= {"maintenance"}  # it has one row
    assert len(numbered) >= 8
    assert schema(database).count("GENERATED BY DEFAULT AS IDENTITY") == len(numbered)


def test_japanese_names_are_unicode_where_text_usually_is_not() -> None:
    names = [table.columns["name"].type for table in Table.metadata.sorted_tables if "name" in table.columns]
    japanese = [kind for kind in names if isinstance(kind, Unicode)]
    assert len(japanese) == len(names) - 1  # a certificate's name is Latin
    assert schema("mssql").count("\tname NVARCHAR(") == len(japanese)


def test_the_number_of_a_row_is_never_given_again(store: Store) -> None:
    with store.transaction() as session:
        session.add(user("first001"))
    with store.transaction() as session:
        gone = session.scalars(select(User)).one()
        session.delete(gone)
    with store.transaction() as session:
        session.add(user("second01"))
    with store.transaction() as session:
        assert session.scalars(select(User)).one().id > gone.id
