"""A backup brings back what was there, as of one instant, and nobody who was erased since; on both databases."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from plugin.backup import restore
from plugin.backup.archive import opened
from plugin.backup.errors import BackupError
from plugin.backup.places import Places
from plugin.backup.restore import let_go_left_over, restore_backup
from plugin.backup.tools import tool
from plugin.backup.verify import verify_backup
from plugin.doctor.home import look
from plugin.domain.data_request import AskedThrough, DataRequest, Sought
from plugin.domain.ids import DataRequestId, ParkedId
from plugin.domain.order import Platform
from plugin.domain.stored import ParkedRecord
from plugin.ports.mailer import Mail
from plugin.settings import SettingsError
from plugin.settings.running import begin_work, left_over, unfinished
from plugin.usecases.erase_person import erase_person
from tests.backup.conftest import Installation
from tests.backup.rewritten import with_manifest
from tests.build import MERCHANT, NOW, PLACED, a_stored_order, an_order
from tests.storage.person_data import HERE, IDA, MAX
from tests.support.postgres import Cluster


@contextmanager
def written_to(here: Installation) -> Iterator[list[int]]:
    """Others write all the time: each transaction is one order and one count of its own, so there is never one more."""
    stop, done = threading.Event(), [0]

    def write() -> None:
        with here.open() as runtime:
            while not stop.is_set():
                with runtime.deps.units(MERCHANT) as unit:
                    number = f"busy-{done[0]}"
                    unit.orders.save([a_stored_order(an_order(number), order_id=number)])
                    unit.attempts.count("busy", number, NOW)
                    unit.commit()
                done[0] += 1

    thread = threading.Thread(target=write)
    thread.start()
    try:
        while done[0] < 3:
            assert thread.is_alive()
        yield done
    finally:
        stop.set()
        thread.join()


def test_a_backup_taken_while_others_write_is_of_one_instant_and_comes_back_whole(
    here: Installation, tmp_path: Path
) -> None:
    with written_to(here) as done:
        before = done[0]
        taken = here.backup(tmp_path / "one.tar")
        while done[0] < before + 3:
            pass  # nobody had to wait for the backup
    orders, people = (taken.manifest.counts[_named(here, table)] for table in ("orders", "attempts"))
    assert orders - 2 == people >= before
    assert here.count("orders") > orders
    assert verify_backup(here.settings, taken.file) == taken.manifest
    restore_backup(here.settings, taken.file, replaces=True)
    assert here.count("orders") == orders
    assert {IDA, MAX} <= set(here.emails())
    assert (here.settings.home / "files" / MERCHANT / "evidence-ida" / "object").read_bytes()
    assert sorted(path.name for path in here.settings.home.glob(".*")) == [".lock", ".running"]


def _named(here: Installation, table: str) -> str:
    return table if here.settings.sqlite_file else f"public.{table}"


def raw(here: Installation, cluster: Cluster | None, run_folder: Path) -> bytes:
    """Every byte that the database has on disk."""
    if file := here.settings.sqlite_file:
        return b"".join(path.read_bytes() for path in file.parent.glob(f"*{file.name}*") if path.is_file())
    assert cluster
    name = here.settings.database_url.reveal().rpartition("/")[2]
    with cluster.connect(name) as connection:
        connection.execute("CHECKPOINT")
        row = connection.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone()
        assert row
    folder = run_folder / "data" / "base" / str(row[0])
    return b"".join(path.read_bytes() for path in folder.iterdir())


def traces(here: Installation, mark: str) -> list[bytes]:
    """What the database has of somebody: the hash they are found by, their key, and what is sealed under it."""
    placed = f"FROM orders JOIN people ON people.id = person_id WHERE orders.id = 'order-{mark}'"
    return [here.cell(f"SELECT {column} {placed}") for column in ("email_hash", "wrapped_key", "personal")]


STRANGER, WEEK = "stranger@example.com", timedelta(days=7)


def have_wait(here: Installation) -> list[bytes]:
    """Something of somebody who is not on record, and of Ida without her address: as it is sealed, to look for."""
    with here.open() as runtime, runtime.deps.units(MERCHANT) as unit:
        record = ParkedRecord(ParkedId("s1"), HERE, Platform.WOOCOMMERCE, "order", "x", "id", STRANGER.encode(), NOW)
        unit.parked.add([record, replace(record, id=ParkedId("s2"), body=b"Ida's own", subject="ref-ida")])
        unit.mails.add("s3", Mail(STRANGER, "For you", "Hello", "de"), NOW)
        asked = DataRequest(DataRequestId("s4"), HERE, AskedThrough.DESK, NOW, Sought(IDA))
        unit.data_requests.save(asked)
        unit.data_requests.save(replace(asked, id=DataRequestId("s5"), sought=Sought(STRANGER)))
        unit.commit()
    sealed = ("body FROM parked", "content FROM mails", "sought FROM data_requests")
    of = (("s1", "s2"), ("s3",), ("s4", "s5"))
    rows = [(each, row) for each, names in zip(sealed, of, strict=True) for row in names]
    return [here.cell(f"SELECT {each} WHERE id = '{row}'") for each, row in rows]


def still_waits(here: Installation) -> set[str]:
    """What has content of somebody yet."""
    with here.open() as runtime, runtime.deps.units.read(MERCHANT) as unit:
        asked = {each.id for each in unit.data_requests.open() if each.sought}
        return asked | {each.id for each in unit.parked.all()} | set(unit.mails.unsent(PLACED, NOW + WEEK, 99))


PSQL = """#!/bin/sh
[ "$1" = --version ] && echo "psql (PostgreSQL) 99.1" && exit
exec {program} "$@"
"""
NEWER = """#!/bin/sh
[ "$1" = --version ] && echo "pg_restore (PostgreSQL) 99.1" && exit
case "$*" in
  *--dbname=*) echo 'pg_restore: error: unrecognized configuration parameter "setting_of_99"' >&2; exit 1 ;;
esac
echo "SET setting_of_99 = 0;"
exec {program} "$@"
"""


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_programs_newer_than_the_server_restore_what_it_does_not_know_every_setting_of(
    here: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken, newer = here.backup(tmp_path / "one.tar"), tmp_path / "99"
    newer.mkdir()
    for name, script in (("pg_restore", NEWER), ("psql", PSQL)):
        file = newer / name
        file.write_text(script.format(program=tool(name, 0)))
        file.chmod(0o755)
    monkeypatch.setenv("PATH", f"{newer}:{os.environ['PATH']}")
    before = here.emails()
    restore_backup(here.settings, taken.file, replaces=True)
    assert here.emails() == before


def test_who_was_erased_after_the_backup_is_in_no_byte_of_what_is_restored(
    here: Installation, tmp_path: Path, request: pytest.FixtureRequest, run_folder: Path
) -> None:
    cluster = None if here.settings.sqlite_file else request.getfixturevalue("postgres_cluster")
    of = {mark: traces(here, mark) for mark in ("ida", "max")}
    evidence = here.settings.home / "files" / MERCHANT / "evidence-ida" / "object"
    waiting = have_wait(here)
    taken = here.backup(tmp_path / "one.tar")
    assert all(trace in raw(here, cluster, run_folder) for trace in (*of["ida"], *of["max"], *waiting))
    with here.open() as runtime:
        assert erase_person(IDA, merchant=MERCHANT, units=runtime.deps.units, now=NOW).person
        assert erase_person(STRANGER, merchant=MERCHANT, units=runtime.deps.units, now=NOW).person is None
    restore_backup(here.settings, taken.file, replaces=True)
    found = raw(here, cluster, run_folder)
    assert all(trace in found for trace in of["max"]), "the search finds whom nobody erased"
    assert not any(trace in found for trace in of["ida"])
    assert here.settings.sqlite_file is None or not any(trace in found for trace in waiting), "no byte is kept there"
    assert still_waits(here) == {"parked-max", "mail-max"}
    assert here.emails() == [None, MAX]
    assert not evidence.exists()
    assert (evidence.parents[1] / "evidence-max" / "object").exists()


def test_a_restore_that_fails_at_its_end_leaves_everything_as_it_was(here: Installation, tmp_path: Path) -> None:
    taken = here.backup(tmp_path / "one.tar")
    counts = dict(taken.manifest.counts) | {_named(here, "orders"): 7}
    broken = with_manifest(taken.file, tmp_path / "broken.tar", counts=counts)
    with here.open() as runtime, runtime.deps.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order(an_order("later"), order_id="later")])
        unit.commit()
    with pytest.raises(BackupError, match=r"orders had 7 rows, and the copy has 2"):
        restore_backup(here.settings, broken, replaces=True)
    assert here.count("orders") == 3
    assert len(here.emails()) == 3
    assert (here.settings.home / "files" / MERCHANT / "evidence-ida" / "object").exists()
    assert not unfinished(here.settings).exists()


def test_a_restore_that_was_killed_is_undone_by_the_next_one(here: Installation, tmp_path: Path) -> None:
    taken = here.backup(tmp_path / "one.tar")
    with here.open() as runtime, runtime.deps.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order(an_order("later"), order_id="later")])
        unit.commit()
    go_as_far_as_the_swap(here, taken.file)
    with pytest.raises(SettingsError, match=r"a restore into .* was broken off"):
        begin_work(here.settings)
    with pytest.raises(BackupError, match="holds data"):
        restore_backup(here.settings, taken.file, replaces=False)
    assert here.count("orders") == 3, "what was there is back, even though this one was refused"
    begin_work(here.settings).close()
    restore_backup(here.settings, taken.file, replaces=True)
    assert here.count("orders") == 2


def test_what_a_restore_killed_at_its_very_end_left_behind_goes_with_the_next_start(
    here: Installation, tmp_path: Path
) -> None:
    taken = here.backup(tmp_path / "one.tar")
    places = go_as_far_as_the_swap(here, taken.file)
    places.finish(left_over(here.settings))
    kept = list(here.settings.home.glob(".*.before-restore"))
    assert kept
    begin_work(here.settings).close()
    assert "what a restore replaced is still here" in [each.told for each in look(here.settings)]
    assert let_go_left_over(here.settings)
    assert not any(each.exists() for each in (*kept, left_over(here.settings)))
    assert here.count("orders") == 2
    assert not let_go_left_over(here.settings)
    if not here.settings.sqlite_file:
        assert here.count("pg_namespace WHERE nspname LIKE 'aftercare_before%'") == 0


def go_as_far_as_the_swap(here: Installation, backup: Path) -> Places:
    """Everything that a restore does until its last step, and nothing of what it does when it fails."""
    settings = here.settings
    target = restore._target(settings)
    places = Places(unfinished(settings), restore._places(settings, target))
    places.begin()
    with opened(backup) as reader:
        restore.load_database(reader, target, settings.home / ".restore-dump")
        restore._load_files(settings, reader)
    places.swap()
    return places
