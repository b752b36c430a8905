"""Code of an earlier release works on today's schema, so that `aftercare db upgrade` runs before anything is stopped.

What the old code selects is there, what it inserts is taken, and nothing it may leave out is asked for. What this
cannot see is a change of meaning: that is for whoever reads the migration (docs/upgrading.md).
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from sqlalchemy import Engine, Inspector, create_engine, inspect
from sqlalchemy.engine.interfaces import ReflectedColumn

from plugin.storage.engine import open_engines
from plugin.storage.migrating import migrate
from tests.upgrades.record import DATABASE
from tests.upgrades.test_upgrades import RECORDED, releases

Columns = Mapping[str, ReflectedColumn]


@pytest.fixture
def old(release: Path, tmp_path: Path) -> Iterator[Engine]:
    file = tmp_path / "old.sqlite3"
    file.write_bytes(gzip.decompress((release / f"{DATABASE}.gz").read_bytes()))
    engine = create_engine(f"sqlite:///{file}")
    yield engine
    engine.dispose()


@pytest.fixture
def new(release: Path, tmp_path: Path) -> Iterator[Engine]:
    file = tmp_path / "new.sqlite3"
    file.write_bytes(gzip.decompress((release / f"{DATABASE}.gz").read_bytes()))
    engines = open_engines(f"sqlite:///{file}")
    migrate(engines.write)
    yield engines.write
    engines.dispose()


def contracted(old: Inspector, new: Inspector) -> Iterator[str]:
    """What code that knows the old schema would stumble over in the new one."""
    for table in old.get_table_names():
        if new.has_table(table):
            before = {column["name"]: column for column in old.get_columns(table)}
            after = {column["name"]: column for column in new.get_columns(table)}
            yield from (f"{table}.{fault}" for fault in of_columns(before, after))
            yield from (f"{table} {fault}" for fault in of_rows(old, new, table))
        else:
            yield f"{table} is gone"


def of_columns(before: Columns, after: Columns) -> Iterator[str]:
    for name, column in before.items():
        if name not in after:
            yield f"{name} is gone"
        elif str(after[name]["type"]) != str(column["type"]):
            yield f"{name} is of another type"
        elif column["nullable"] and not after[name]["nullable"]:
            yield f"{name} has to be given"
    for name in after.keys() - before.keys():
        if not after[name]["nullable"] and after[name]["default"] is None:
            yield f"{name} is new and has to be given"


def of_rows(old: Inspector, new: Inspector, table: str) -> Iterator[str]:
    """A key with a column that the old code leaves empty binds none of its rows."""
    known = {column["name"] for column in old.get_columns(table)}
    for columns in unique(new, table) - unique(old, table):
        if set(columns) <= known:
            yield f"takes no two rows with the same {', '.join(columns)}"
    for columns in foreign(new, table) - foreign(old, table):
        if set(columns) <= known:
            yield f"wants rows for {', '.join(columns)} to be elsewhere"


def unique(schema: Inspector, table: str) -> set[tuple[str, ...]]:
    indexes = [
        tuple(str(name) for name in each["column_names"]) for each in schema.get_indexes(table) if each["unique"]
    ]
    return {*indexes, *(tuple(each["column_names"]) for each in schema.get_unique_constraints(table))}


def foreign(schema: Inspector, table: str) -> set[tuple[str, ...]]:
    return {tuple(each["constrained_columns"]) for each in schema.get_foreign_keys(table)}


@releases
def test_code_of_a_release_works_on_the_schema_of_today(old: Engine, new: Engine) -> None:
    assert list(contracted(inspect(old), inspect(new))) == []


CHANGES = (
    "ALTER TABLE orders RENAME COLUMN facts TO details",
    "DROP TABLE parked",
    "CREATE UNIQUE INDEX once ON mails (id, fault)",
    "ALTER TABLE people ADD COLUMN region TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE people ADD COLUMN home TEXT",
)
NOTICED = {
    "orders.facts is gone",
    "orders.details is new and has to be given",
    "parked is gone",
    "mails takes no two rows with the same id, fault",
}


@pytest.mark.parametrize("release", RECORDED[-1:], ids=["newest"])
def test_a_migration_that_takes_away_or_asks_for_more_would_be_noticed(old: Engine, new: Engine) -> None:
    with new.begin() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        for change in CHANGES:
            connection.exec_driver_sql(change)
    assert set(contracted(inspect(old), inspect(new))) == NOTICED
