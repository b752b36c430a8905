"""An installation of its own with everything on record that can be about somebody."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from integrations.files.local import LocalFiles
from plugin.backup.take import Taken, take_backup
from plugin.runtime import Runtime, open_runtime
from plugin.settings import Settings
from tests.build import MERCHANT, NOW
from tests.storage.conftest import settle
from tests.storage.person_data import IDA, MAX, Kept, keep

Search = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Installation:
    """A home folder and a database; opened for as long as a test needs it."""

    settings: Settings

    @contextmanager
    def open(self) -> Iterator[Runtime]:
        runtime = open_runtime(self.settings)
        try:
            yield runtime
        finally:
            runtime.close()

    def fill(self) -> None:
        """Ida and Max, with orders, claims, parcels, letters and files of evidence."""
        with self.open() as runtime:
            runtime.migrate()
            settle(runtime.deps.units)
            for mark, email in (("ida", IDA), ("max", MAX)):
                keep(Kept(mark, email), runtime.storage, LocalFiles(self.settings.home / "files"))

    def backup(self, to: Path, *, has_secrets: bool = False, now: datetime = NOW) -> Taken:
        return take_backup(self.settings, to, has_secrets=has_secrets, now=now)

    def cell(self, query: str) -> bytes:
        with self.open() as runtime, runtime.storage.engine.connect() as connection:
            return bytes(connection.execute(text(query)).scalar_one())

    def count(self, table: str) -> int:
        with self.open() as runtime, runtime.storage.engine.connect() as connection:
            found: int = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608 - ours
            return found

    def emails(self) -> list[str | None]:
        """Who placed the orders on record, opened with the secrets of this home."""
        with self.open() as runtime, runtime.deps.units.read(MERCHANT) as unit:
            return sorted(
                (stored.order.shopper.email for stored in unit.orders.batch(None, None, 50)),
                key=lambda email: email or "",
            )


def at(home: Path, database_url: str | None = None) -> Installation:
    """The installation with its home here; without a database named, the file in it."""
    environ = {"AFTERCARE_HOME": str(home)} | ({"DATABASE_URL": database_url} if database_url else {})
    return Installation(Settings.from_env(environ))


@pytest.fixture
def here(tmp_path: Path, database_url: str) -> Installation:
    """Give a filled installation, on either database."""
    found = at(tmp_path / "home", database_url)
    found.fill()
    return found


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the home of a filled installation on SQLite; copied, never used itself."""
    home = tmp_path_factory.mktemp("kept") / "home"
    at(home).fill()
    return home
