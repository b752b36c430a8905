"""A restored backup brings nothing back of an address that was erased, whether or not anybody was on record."""

import json
import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from plugin.domain.data_request import AskedThrough, DataRequest, Sought
from plugin.domain.ids import DataRequestId, InboxId, ParkedId
from plugin.domain.order import Platform
from plugin.domain.stored import InboxMessage, ParkedRecord
from plugin.domain.tracking.push import PushId
from plugin.ports.claim_drafts import LinkRequest
from plugin.ports.mailer import Mail
from plugin.storage import Storage
from plugin.storage.erasure import Erased, ErasureList
from plugin.usecases.erase_person import erase_person, forget_person
from tests.build import MERCHANT, NOW, a_shop, a_stored_order, an_order
from tests.storage.conftest import OpenStorage, settle
from tests.storage.parcel_attempts import CARRIER_ACCOUNT, PUSH
from tests.support.processes import HANGS_AFTER

SHOP, IDA, DAY = a_shop().id, "ida@example.com", timedelta(days=1)
Restored = Callable[[], Storage]


@pytest.fixture
def storage(sqlite_url: str, opened: OpenStorage) -> Storage:
    storage = opened(sqlite_url)
    settle(storage.units)
    with storage.units(MERCHANT) as unit:
        unit.carrier_accounts.save(CARRIER_ACCOUNT)
        unit.commit()
    return storage


@pytest.fixture
def restored(storage: Storage, sqlite_url: str, opened: OpenStorage, tmp_path: Path) -> Callable[[], Restored]:
    """Take a backup now; what is given puts it back."""
    database, backup = Path(sqlite_url.removeprefix("sqlite:///")), tmp_path / "backup"

    def take() -> Restored:
        storage.close()
        shutil.copyfile(database, backup)
        return put_back

    def put_back() -> Storage:
        storage.close()
        shutil.copyfile(backup, database)
        return opened(sqlite_url)

    return take


def wait_for(storage: Storage, email: str, mark: str, at: datetime = NOW) -> None:
    """Have a piece of every kind wait that names this address and nothing else."""
    body = f'{{"email": "{email}", "mark": "{mark}"}}'.encode()
    platform = Platform.WOOCOMMERCE
    with storage.units(MERCHANT) as unit:
        unit.parked.add([ParkedRecord(ParkedId(mark), SHOP, platform, "order", "missing", "id", body, at)])
        unit.inbox.add(InboxMessage(InboxId(mark), MERCHANT, SHOP, platform, "order.updated", (), body, at), mark)
        unit.carrier_pushes.add(replace(PUSH, id=PushId(mark), body=body, received_at=at))
        unit.link_requests.add(LinkRequest(mark, SHOP, email, "de", at))
        unit.mails.add(mark, Mail("kaja@nordkap.example", "A claim", f"From\n{email}", "de"), at)
        unit.data_requests.save(DataRequest(DataRequestId(mark), SHOP, AskedThrough.DESK, at, Sought(email)))
        unit.commit()


def waiting(storage: Storage) -> dict[str, set[str]]:
    """Whose pieces are there, by kind."""
    later = NOW + 9 * DAY
    with storage.units.read(MERCHANT) as unit:
        return {
            "parked": {each.id for each in unit.parked.all()},
            "inbox": {each.id for each in unit.inbox.late(later, 9)},
            "pushes": {each.id for each in unit.carrier_pushes.parked(9)},
            "links": {name for name, _ in unit.link_requests.waiting(later, 9)},
            "mails": set(unit.mails.unsent(NOW - DAY, later, 9)),
            "requests": {each.id for each in unit.data_requests.open() if each.sought},
        }


def everywhere(*marks: str) -> dict[str, set[str]]:
    return {kind: set(marks) for kind in ("parked", "inbox", "pushes", "links", "mails", "requests")}


def erase(storage: Storage, email: str = IDA, at: datetime = NOW) -> None:
    erase_person(email, merchant=MERCHANT, units=storage.units, now=at)


def test_who_was_only_in_what_waits_does_not_come_back(storage: Storage, restored: Callable[[], Restored]) -> None:
    wait_for(storage, IDA, "ida")
    wait_for(storage, f"fr{IDA}", "frida")
    with storage.units(MERCHANT) as unit:
        form = b"first=Ida&email=ida%40example.com&last=Holm"
        unit.carrier_pushes.add(replace(PUSH, id=PushId("form"), body=form))
        unit.commit()
    put_back = restored()
    erase(storage, f" {IDA.upper()}")
    assert waiting(storage) == everywhere("frida")
    again = put_back()
    assert waiting(again) == {**everywhere("ida", "frida"), "pushes": {"ida", "frida", "form"}}, "the backup holds all"
    assert again.replay_erasures() == 1
    assert waiting(again) == everywhere("frida")
    assert again.replay_erasures() == 0


def test_who_bought_after_the_backup_was_taken_does_not_come_back_by_what_waited_then(
    storage: Storage, restored: Callable[[], Restored]
) -> None:
    wait_for(storage, IDA, "ida")
    put_back = restored()
    with storage.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order(an_order())])
        unit.commit()
    erase(storage)
    again = put_back()
    assert again.replay_erasures() == 1
    assert waiting(again) == everywhere()


def test_who_is_here_again_after_an_erasure_is_erased_once_more_only_when_they_ask(
    storage: Storage, restored: Callable[[], Restored]
) -> None:
    erase(storage)
    wait_for(storage, IDA, "again", NOW + DAY)
    put_back = restored()
    assert storage.replay_erasures() == 0
    again = put_back()
    assert again.replay_erasures() == 0
    assert waiting(again) == everywhere("again"), "it came after they were erased"
    erase(again, at=NOW + 2 * DAY)
    assert put_back().replay_erasures() == 1
    assert waiting(again) == everywhere()


def test_who_is_here_again_stays_where_the_restored_backup_knew_nothing_of_them(
    storage: Storage, restored: Callable[[], Restored]
) -> None:
    put_back = restored()
    erase(storage)
    again = put_back()
    assert again.replay_erasures() == 0
    wait_for(again, IDA, "again", NOW + DAY)
    assert again.replay_erasures() == 0
    assert waiting(again) == everywhere("again")


def test_the_list_names_no_address_and_is_read_for_nothing_while_nobody_came_back(
    storage: Storage, tmp_path: Path
) -> None:
    wait_for(storage, IDA, "ida")
    erase(storage)
    listed = (tmp_path / "erasures.jsonl").read_bytes()
    (line,) = listed.splitlines()
    assert json.loads(line).keys() == {"merchant", "person", "at"}
    assert b"ida" not in listed.lower()
    with storage.units.read(MERCHANT) as unit, storage.engine.connect() as connection:
        assert unit.people.find(IDA) is None
        (kept,) = connection.exec_driver_sql("SELECT * FROM people").mappings().all()
    assert kept["email_hash"] is None
    assert kept["id"] not in listed.decode(), "neither tells of the other without the merchant's key"
    with storage.means.lock.held(is_incoming=False):
        assert storage.replay_erasures() == 0
    assert (tmp_path / "erasures.jsonl").read_bytes() == listed


class Waiting(ErasureList):
    """Whoever erases is about to commit, and does not until they are told to."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.is_reached, self.go = Event(), Event()

    def append(self, erased: Iterable[Erased]) -> None:
        self.is_reached.set()
        assert self.go.wait(HANGS_AFTER)
        super().append(erased)


def test_of_two_that_replay_at_once_one_erases_and_the_other_finds_it_done(
    database_url: str, opened: OpenStorage, tmp_path: Path
) -> None:
    storage = opened(database_url)
    settle(storage.units)
    with storage.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order()])
        unit.data_requests.save(DataRequest(DataRequestId("asked"), SHOP, AskedThrough.DESK, NOW, Sought(IDA)))
        unit.commit()
    with storage.units(MERCHANT) as unit:  # never committed: the database is as before, and the list names her
        forget_person(IDA, unit, NOW)
        storage.means.erasures.append(unit.erased())  # type: ignore[attr-defined]  # the storage's own unit
    first = Waiting(tmp_path / "erasures.jsonl")
    with ThreadPoolExecutor(2) as pool:
        erasing = pool.submit(replace(storage, means=replace(storage.means, erasures=first)).replay_erasures)
        assert first.is_reached.wait(HANGS_AFTER)
        finding = pool.submit(storage.replay_erasures)
        with suppress(TimeoutError):
            finding.result(timeout=1)
        first.go.set()
        assert (erasing.result(), finding.result()) == (1, 0)
    with storage.units.read(MERCHANT) as unit:
        assert unit.people.find(IDA) is None
