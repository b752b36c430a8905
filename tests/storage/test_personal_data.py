"""Personal data in the database itself: not to be read in it, gone when erased, back from no backup."""

import shutil
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from plugin.domain.ids import InboxId, OrderId, ParkedId, StaffId
from plugin.domain.order import Platform
from plugin.domain.shop import Role, Session, StaffMember
from plugin.domain.stored import InboxMessage, ParkedRecord
from plugin.ports.mailer import Mail
from plugin.storage import KeyRing, Storage
from plugin.storage.cipher import unseal
from plugin.storage.errors import CannotOpen
from plugin.storage.persons import key_place
from tests.build import MERCHANT, NOW, a_line, a_shop, a_shopper, a_stored_order, an_order
from tests.storage.conftest import OpenStorage, settle

SHOP = a_shop().id
SECRETS = ("ida@example.com", "Ida Holm", "Torstraße", "Nordstern 4711", "kaja@nordkap.example", "Firefox on Debian")
SHOPPER = a_shopper(note="Nordstern 4711", line_properties={"11": (("Engraving", "Nordstern 4711"),)})
ORDER = an_order(shopper=SHOPPER, lines=(a_line(title="Visible lantern"),))
BODY = b'{"email": "ida@example.com", "name": "Ida Holm"}'


def fill(storage: Storage) -> None:
    """Put every secret into every place that takes one."""
    with storage.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order(ORDER)])
        headers = (("X-Customer", "ida@example.com"),)
        unit.inbox.add(
            InboxMessage(InboxId("in1"), MERCHANT, SHOP, Platform.WOOCOMMERCE, "order.updated", headers, BODY, NOW),
            "key1",
        )
        unit.parked.add([ParkedRecord(ParkedId("p1"), SHOP, Platform.WOOCOMMERCE, "order", "missing", "id", BODY, NOW)])
        unit.mails.add("mail1", Mail("ida@example.com", "For Ida Holm", "Nordstern 4711", "de"), NOW)
        unit.staff.save(StaffMember(StaffId("s1"), "kaja@nordkap.example", Role.OWNER, "de", NOW))
        unit.staff.save_session(Session("x1", StaffId("s1"), b"hash", NOW, NOW, NOW, "Firefox on Debian"))
        unit.commit()


def erase_ida(storage: Storage) -> None:
    with storage.units(MERCHANT) as unit:
        person = unit.people.find("ida@example.com")
        assert person
        unit.people.erase(person, NOW)
        unit.commit()


def shopper_of(storage: Storage) -> object:
    with storage.units.read(MERCHANT) as unit:
        return unit.orders.get(OrderId("order1")).order.shopper


def cell(storage: Storage, query: str) -> bytes:
    with storage.engine.connect() as connection:
        return bytes(connection.execute(text(query)).scalar_one())


@pytest.fixture
def raw(sqlite_url: str) -> Callable[[], bytes]:
    """Give everything SQLite has written: the database and its write-ahead log."""
    database = Path(sqlite_url.removeprefix("sqlite:///"))
    return lambda: b"".join(path.read_bytes() for path in database.parent.glob(f"{database.name}*"))


def test_nothing_personal_can_be_read_in_the_files(
    sqlite_url: str, opened: OpenStorage, raw: Callable[[], bytes]
) -> None:
    storage = opened(sqlite_url)
    settle(storage.units)
    fill(storage)
    content = raw() + zlib.decompress(cell(storage, "SELECT facts FROM orders"))
    assert b"woocommerce" in content, "the search sees columns that are not secret"
    assert b"Visible lantern" in content, "and facts"
    for secret in SECRETS:
        for spelling in (secret, secret.lower(), secret.upper()):
            assert spelling.encode() not in content, secret


def test_an_erasure_leaves_neither_key_nor_sealed_data_in_the_files(
    sqlite_url: str, opened: OpenStorage, raw: Callable[[], bytes]
) -> None:
    storage = opened(sqlite_url)
    settle(storage.units)
    fill(storage)
    wrapped = cell(storage, "SELECT wrapped_key FROM people")
    sealed = cell(storage, "SELECT personal FROM orders")
    email_hash = cell(storage, "SELECT email_hash FROM people")
    assert all(trace in raw() for trace in (wrapped, sealed, email_hash))
    erase_ida(storage)
    assert not any(trace in raw() for trace in (wrapped, sealed, email_hash))


def test_an_erased_order_keeps_its_facts(storage: Storage) -> None:
    fill(storage)
    assert shopper_of(storage) == SHOPPER
    erase_ida(storage)
    with storage.units.read(MERCHANT) as unit:
        order = unit.orders.get(OrderId("order1")).order
    assert order.shopper.is_erased
    assert order == replace(ORDER, shopper=order.shopper)


def test_erasing_twice_changes_nothing(storage: Storage) -> None:
    fill(storage)
    with storage.units(MERCHANT) as unit:
        person = unit.people.find("ida@example.com")
        assert person
        unit.people.erase(person, NOW)
        unit.people.erase(person, NOW)
        unit.commit()


def test_orders_of_one_e_mail_share_a_person_and_orders_without_one_do_not(storage: Storage) -> None:
    nameless = a_shopper(email=None)
    emails = [a_shopper(), a_shopper(email=" IDA@Example.com "), nameless, nameless]
    with storage.units(MERCHANT) as unit:
        orders = [an_order(str(i), shopper=shopper) for i, shopper in enumerate(emails)]
        unit.orders.save([a_stored_order(order, order_id=order.ref.external_id) for order in orders])
        unit.commit()
    with storage.engine.connect() as connection:
        persons = list(connection.execute(text("SELECT person_id FROM orders ORDER BY external_id")).scalars())
    assert persons[0] == persons[1]
    assert len(set(persons)) == 3


def test_an_order_follows_its_shopper_to_a_new_e_mail(storage: Storage) -> None:
    fill(storage)
    with storage.units(MERCHANT) as unit:
        stored = unit.orders.get(OrderId("order1"))
        moved = replace(stored.order, shopper=a_shopper(email="ida@holm.example"))
        unit.orders.save([replace(stored, order=moved)])
        unit.commit()
    erase_ida(storage)
    assert shopper_of(storage) == a_shopper(email="ida@holm.example")


def test_sealed_data_copied_to_another_row_does_not_open(storage: Storage) -> None:
    with storage.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order(), a_stored_order(an_order("2"), order_id="order2")])
        unit.commit()
    with storage.engine.begin() as connection:
        swap = "UPDATE orders SET personal = (SELECT personal FROM orders WHERE id = 'order2') WHERE id = 'order1'"
        connection.execute(text(swap))
    with pytest.raises(CannotOpen, match="wrong place"):
        shopper_of(storage)


def test_the_wrong_ring_opens_nothing_and_says_which_key_is_missing(
    storage: Storage, database_url: str, opened: OpenStorage, ring: KeyRing
) -> None:
    fill(storage)
    with pytest.raises(CannotOpen, match=ring.current):
        shopper_of(opened(database_url, KeyRing.generate()))


def test_keys_rotate_and_the_old_app_key_can_go(
    storage: Storage, database_url: str, opened: OpenStorage, ring: KeyRing
) -> None:
    fill(storage)
    with storage.units(MERCHANT) as unit:
        many = [an_order(str(i), shopper=a_shopper(email=f"{i}@example.com")) for i in range(2, 700)]
        unit.orders.save([a_stored_order(order, order_id=order.ref.external_id) for order in many])
        unit.commit()
    rotated = ring.rotated()
    rotating = opened(database_url, rotated)
    assert shopper_of(rotating) == SHOPPER
    assert rotating.rotate_keys() == 1 + 699
    assert rotating.rotate_keys() == 0
    after = opened(database_url, rotated.without_old())
    assert shopper_of(after) == SHOPPER
    with after.units.read(MERCHANT) as unit:
        assert unit.people.find("ida@example.com")
        assert unit.parked.get(ParkedId("p1")).body == BODY


def test_a_rotation_that_was_stopped_goes_on(
    storage: Storage, database_url: str, opened: OpenStorage, ring: KeyRing
) -> None:
    fill(storage)
    rotated = ring.rotated()
    rotating = opened(database_url, rotated)
    with storage.engine.connect() as connection:
        row = connection.execute(text("SELECT id, key_id, wrapped_key FROM people")).one()
    at = key_place(MERCHANT, row.id)
    fresh = rotating.means.data_keys.wrap(unseal(ring.key(row.key_id), bytes(row.wrapped_key), at), at)
    with storage.engine.begin() as connection:  # one of the two keys was wrapped anew before the run died
        update = text("UPDATE people SET key_id = :key_id, wrapped_key = :sealed")
        connection.execute(update, {"key_id": fresh.key_id, "sealed": fresh.sealed})
    assert rotating.rotate_keys() == 1
    assert shopper_of(opened(database_url, rotated.without_old())) == SHOPPER


def test_a_restored_backup_brings_nobody_back(sqlite_url: str, opened: OpenStorage, tmp_path: Path) -> None:
    storage = opened(sqlite_url)
    settle(storage.units)
    fill(storage)
    with storage.units(MERCHANT) as unit:
        another = BODY.replace(b"ida@", b"frida@")
        unit.parked.add(
            [ParkedRecord(ParkedId("p2"), SHOP, Platform.WOOCOMMERCE, "order", "missing", "id", another, NOW)]
        )
        unit.commit()
    storage.close()
    database = Path(sqlite_url.removeprefix("sqlite:///"))
    shutil.copyfile(database, tmp_path / "backup")
    erase_ida(storage)
    storage.close()
    shutil.copyfile(tmp_path / "backup", database)

    restored = opened(sqlite_url)
    assert shopper_of(restored) == SHOPPER, "the backup holds her"
    assert restored.replay_erasures() == 1
    assert restored.replay_erasures() == 0
    with restored.units.read(MERCHANT) as unit:
        assert unit.orders.get(OrderId("order1")).order.shopper.is_erased
        assert unit.people.find("ida@example.com") is None
        assert [record.id for record in unit.parked.all()] == ["p2"], "what was parked of her is gone again too"


def test_a_replay_writes_nothing_where_nobody_came_back(storage: Storage, tmp_path: Path) -> None:
    fill(storage)
    erase_ida(storage)
    listed = (tmp_path / "erasures.jsonl").read_bytes()
    with storage.means.lock.held(is_incoming=False):  # a writer at work keeps nobody waiting
        assert storage.replay_erasures() == 0
    assert (tmp_path / "erasures.jsonl").read_bytes() == listed


def test_the_erasure_list_names_nobody_and_belongs_to_its_owner(storage: Storage, tmp_path: Path) -> None:
    fill(storage)
    erase_ida(storage)
    erasures = tmp_path / "erasures.jsonl"
    content = erasures.read_bytes()
    with storage.engine.connect() as connection:
        person = connection.execute(text("SELECT id FROM people WHERE erased_at IS NOT NULL")).scalar_one()
    assert person.encode() not in content
    assert not any(secret.encode() in content for secret in SECRETS)
    assert erasures.stat().st_mode & 0o077 == 0


def test_an_erasure_that_was_never_committed_is_not_listed(storage: Storage, tmp_path: Path) -> None:
    fill(storage)
    with storage.units(MERCHANT) as unit:
        person = unit.people.find("ida@example.com")
        assert person
        unit.people.erase(person, NOW)
    assert not (tmp_path / "erasures.jsonl").exists()
    assert shopper_of(storage) == SHOPPER


def test_a_line_torn_by_a_crash_does_not_spoil_the_list(storage: Storage, tmp_path: Path) -> None:
    (tmp_path / "erasures.jsonl").write_bytes(b'{"merchant":"merchant1","per')
    fill(storage)
    erase_ida(storage)
    assert len(storage.means.erasures.by_merchant()[MERCHANT]) == 1


def test_a_listed_merchant_who_is_no_more_is_passed_over(storage: Storage, tmp_path: Path) -> None:
    line = '{"merchant":"gone","person":"AAAA","at":"2026-11-21T12:00:00Z"}\n'
    (tmp_path / "erasures.jsonl").write_text(line)
    assert storage.replay_erasures() == 0


def test_a_message_that_does_not_open_keeps_no_other_waiting(storage: Storage) -> None:
    fill(storage)
    with storage.units(MERCHANT) as unit:
        unit.inbox.add(
            InboxMessage(InboxId("in2"), MERCHANT, SHOP, Platform.WOOCOMMERCE, "order.updated", (), b"fine", NOW),
            "key2",
        )
        unit.commit()
    with storage.engine.begin() as connection:
        swap = "UPDATE inbox SET content = (SELECT content FROM inbox WHERE id = 'in2') WHERE id = 'in1'"
        connection.execute(text(swap))
    assert [message.body for message in storage.inbox_lease.lease(NOW, NOW, 10)] == [b"fine"]
    assert cell_text(storage, "SELECT reason FROM inbox WHERE id = 'in1'") == "sealed"


def cell_text(storage: Storage, query: str) -> object:
    with storage.engine.connect() as connection:
        return connection.execute(text(query)).scalar_one()
