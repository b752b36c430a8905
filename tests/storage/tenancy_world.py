"""Where an intruder tries: a database with everything of somebody else's, whose transactions nobody commits."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy
from sqlalchemy import select

from plugin.domain.ids import MerchantId, PersonId
from plugin.storage import KeyRing, Storage, open_storage
from plugin.storage.tables import metadata, worker_slots
from tests.build import MERCHANT
from tests.storage.conftest import NoQueue, settle
from tests.support import databases

Fill = Callable[[Storage], PersonId]
OF_MERCHANTS = [table for table in metadata.sorted_tables if table is not worker_slots]
"""Workers are the installation's, and nobody's among its merchants."""


Rows = dict[str, list[tuple[object, ...]]]


class World:
    """One merchant with something in every table, another with nothing of their own in, and the open transaction."""

    def __init__(self, url: str, home: Path, fill: Fill, intruder: MerchantId) -> None:
        self.storage: Storage = open_storage(url, home=home, keys=KeyRing.generate(), queue_factory=self._open)
        settle(self.storage.units)
        self.victim = fill(self.storage)
        self._all_rows = {table.name: _all_rows(table, self.storage.engine.dialect) for table in OF_MERCHANTS}
        with self.storage.units(intruder):
            self.before = self.theirs()

    def _open(self, connection: sqlalchemy.Connection) -> NoQueue:
        """Remember the connection of a unit, which is asked here for its queue."""
        self.connection = connection
        return NoQueue()

    def theirs(self) -> Rows:
        """Every row of the victim, as the unit that was opened last sees it."""
        rows = {name: self.connection.exec_driver_sql(asked) for name, asked in self._all_rows.items()}
        return {name: [tuple(row) for row in found] for name, found in rows.items()}


def _all_rows(table: sqlalchemy.Table, dialect: sqlalchemy.Dialect) -> str:
    """The question for all of the victim's in a table, as written to the database: it is asked after each attempt."""
    asked = select(table).where(table.c.merchant_id == MERCHANT).order_by(*table.primary_key.columns)
    return str(asked.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


@contextmanager
def database(request: pytest.FixtureRequest, run_folder: Path, home: Path) -> Iterator[str]:
    if request.param == "sqlite":
        copy = home / "aftercare.sqlite3"
        shutil.copyfile(databases.migrated_file(run_folder), copy)
        yield databases.sqlite(copy)
        return
    cluster = request.getfixturevalue("postgres_cluster")
    reused = request.getfixturevalue("reused_postgres")
    name = reused.take()
    yield cluster.url(name)
    reused.give_back(name)
