"""A database restored by other means than ours, and a worker that starts: it erases again whom that brought back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from plugin.domain.effects import SendMail
from plugin.domain.ids import PersonId
from plugin.ports.mailer import Mail
from plugin.runtime import Runtime, open_runtime
from plugin.settings import Secrets, Settings
from plugin.usecases.erase_person import erase_person
from tests.build import MERCHANT, NOW, a_stored_order
from tests.storage.conftest import settle
from tests.support.processes import WORKER, Nursery, eventually
from tests.support.workers import environment

IDA, LETTER = "ida@example.com", "mail1"
DONE = text("SELECT count(*) FROM workflow_status WHERE name = 'job' AND status = 'SUCCESS'")


@pytest.fixture
def restored(sqlite_url: str, tmp_path: Path) -> Iterator[Runtime]:
    """Give an installation whose database is from before an erasure, with a letter to her that waits to leave."""
    database, older = Path(sqlite_url.removeprefix("sqlite:///")), tmp_path / "older"
    runtime = open_runtime(Settings.from_env(environment(tmp_path / "home", sqlite_url)))
    settle(runtime.deps.units)
    with runtime.deps.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order()])
        unit.mails.add(LETTER, Mail(IDA, "Your order", "Hello Ida", "de"), NOW)
        unit.queue.add([SendMail(MERCHANT, LETTER)], key=LETTER)
        unit.commit()
    runtime.close()
    shutil.copyfile(database, older)
    erase_person(IDA, merchant=MERCHANT, units=runtime.deps.units, now=NOW)
    runtime.close()
    shutil.copyfile(older, database)
    assert found(runtime), "the copy has her"
    yield runtime
    runtime.close()


def found(runtime: Runtime) -> PersonId | None:
    with runtime.deps.units.read(MERCHANT) as unit:
        return unit.people.find(IDA)


def has_worked(database_url: str) -> bool:
    engine = create_engine(database_url)
    with engine.connect() as connection:
        done = bool(connection.execute(DONE).scalar())
    engine.dispose()
    return done


def test_a_worker_erases_again_before_it_takes_any_work(
    nursery: Nursery, restored: Runtime, sqlite_url: str, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with nursery.running(WORKER, environment(tmp_path / "home", sqlite_url), log):
        eventually(lambda: has_worked(sqlite_url), "the letter's turn comes")
    assert found(restored) is None
    assert restored.deps.mailbox.newest() == [], "nothing left to her meanwhile"
    (said,) = [line for line in log.read_text().splitlines() if "erased_again" in line]
    assert '"persons": 1' in said


def test_a_worker_that_cannot_erase_again_says_so_and_takes_no_work(
    nursery: Nursery, restored: Runtime, sqlite_url: str, tmp_path: Path
) -> None:
    log, others = tmp_path / "log", Secrets.generate()
    given = {"AFTERCARE_KEYS": others.keys.reveal(), "AFTERCARE_SESSION": others.session.reveal()}
    worker = nursery.start(WORKER, environment(tmp_path / "home", sqlite_url) | given, log)
    assert worker.wait() == 1
    assert log.read_text().startswith("Who was erased cannot be erased again: these secrets do not open")
    assert not has_worked(sqlite_url)
    assert restored.deps.mailbox.newest() == []
