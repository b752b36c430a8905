"""Whoever is erased is nowhere any more: their words are looked for in every row, file and byte that is left."""

import zlib
from collections.abc import Iterator
from datetime import datetime
from enum import EnumType
from pathlib import Path
from types import GenericAlias
from typing import Any, get_args, get_type_hints

import pytest
from sqlalchemy import select, text

from integrations.files.local import LocalFiles
from integrations.images.redraw import RedrawnImages
from integrations.mail.mailbox import Mailbox
from integrations.scanners.nobody import NoScanner
from plugin.domain.evidence import Limits
from plugin.domain.ids import MerchantId
from plugin.domain.retention import Kept
from plugin.jobs import engine as jobs
from plugin.jobs.codec import type_of
from plugin.ports.evidence_keeping import EvidenceKeeping
from plugin.ports.mailer import Mail
from plugin.storage import KeyRing, Storage, open_storage
from plugin.storage.cipher import WrappedKey, place, unseal
from plugin.storage.data_map import FILES, Holds, columns_that_hold
from plugin.storage.sealer import AppSealer
from plugin.storage.tables import merchant_keys, metadata
from plugin.storage.vault import content_key, key_place
from plugin.usecases.erase_everywhere import Places, erase_everywhere
from plugin.usecases.keep_no_longer import keep_no_longer
from tests.build import MERCHANT, NOW
from tests.storage.conftest import settle
from tests.storage.needles import ALL, EMAIL, NEEDLES, PIECES, UNADDRESSED, dresses, fill, found_in

IDS_AS_TEXT = ("mail_id", "request", "alert", "order")
PERSONAL = sorted(columns_that_hold(Holds.PERSON, Holds.MERCHANT))


class House:
    """An installation with everything in it, and one person in everything."""

    def __init__(self, url: str, home: Path, ring: KeyRing) -> None:
        self.url, self.home, self.ring = url, home, ring
        self.files, self.mailbox = LocalFiles(home / "files"), Mailbox(home / "mailbox", AppSealer(ring))
        self.storage: Storage = open_storage(url, home=home, keys=ring, queue_factory=jobs.open_queue(url))
        settle(self.storage.units)
        fill(self.storage, self.files)
        self.mailbox.send(Mail(EMAIL, "Hello", ALL, "de"), idempotency_key="kept1")
        self.mailbox.send(Mail("kaja@nordkap.example", "Of somebody", ALL, "de"), idempotency_key="kept2")
        self.mailbox.send(Mail("kaja@nordkap.example", "A claim", UNADDRESSED, "de"), idempotency_key="kept3")

    def erase(self, email: str = f" {EMAIL.upper()}") -> None:
        evidence = EvidenceKeeping(self.files, NoScanner(), RedrawnImages(), Limits())
        places = Places(self.storage.units, evidence, self.mailbox)
        erase_everywhere(email, merchant=MERCHANT, places=places, now=NOW)

    def sweep(self) -> None:
        """What the worker does by itself with files that are to go."""
        self.erase("nobody@nadel.example")

    def raw(self) -> Iterator[tuple[str, bytes]]:
        """Every file that there is, the database's own included, by its name."""
        for path in self.home.rglob("*"):
            if path.is_file():
                yield str(path.relative_to(self.home)), path.read_bytes()
        if "sqlite" not in self.url:
            yield from self._heaps()

    def _heaps(self) -> Iterator[tuple[str, bytes]]:
        """The server's own files of every table, index and long value, dead rows and all."""
        read = """SELECT relname, pg_read_binary_file(pg_relation_filepath(c.oid)) AS content
            FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
            WHERE relfilenode <> 0 AND nspname IN ('public', 'dbos', 'pg_toast')"""
        with self.storage.means.engines.maintenance.connect() as connection:
            connection.execute(text("CHECKPOINT"))
            for row in connection.execute(text(read)):
                yield f"heap of {row.relname}", bytes(row.content)

    def cells(self) -> Iterator[tuple[str, bytes]]:
        """Every cell of every table, the job engine's included, as bytes."""
        with self.storage.engine.connect() as connection:
            for schema, table in self._tables(connection):
                rows = connection.execute(text(f'SELECT * FROM {schema}"{table}"')).mappings()  # noqa: S608 - our own
                for row in rows:
                    for column, value in row.items():
                        if value is not None:
                            plain = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                            yield f"{table}.{column}", plain

    def opened(self) -> Iterator[tuple[str, bytes]]:
        """What the merchant's key still opens of what shoppers said."""
        with self.storage.engine.connect() as connection:
            row = connection.execute(merchant_keys.select()).one()
            keys = self.storage.means.data_keys
            key = content_key(keys.unwrap(WrappedKey(row.key_id, row.wrapped_key), key_place(MERCHANT)))
            for table, column in columns_that_hold(Holds.MERCHANT):
                columns = metadata.tables[table].c
                own = columns.get("id", columns.get("order_id"))
                for name, sealed in connection.execute(select(own, columns[column])):
                    if sealed is not None:
                        yield f"{table}.{column}", unseal(key, bytes(sealed), place(MERCHANT, table, name, column))

    def _tables(self, connection: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - a connection
        if "sqlite" in self.url:
            found = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
            return [("", row.name) for row in found]
        wanted = "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', 'dbos')"
        return [(f'"{row.schemaname}".', row.tablename) for row in connection.execute(text(wanted))]


@pytest.fixture
def house(database_url: str, tmp_path: Path, ring: KeyRing) -> Iterator[House]:
    home = tmp_path  # the SQLite file lies there
    made = House(database_url, home, ring)
    yield made
    made.storage.close()


def test_every_personal_column_of_the_map_has_a_needle() -> None:
    assert sorted(PIECES) == PERSONAL


def test_an_erased_person_is_in_no_row_no_file_and_no_byte(house: House) -> None:
    filled = {where for where, _ in house.cells()}
    assert [each for each in PERSONAL if ".".join(each) not in filled] == [], "columns without a needle"
    assert {where for where, plain in house.opened() if found_in(plain)} == {
        ".".join(each) for each in columns_that_hold(Holds.MERCHANT)
    }
    assert sealed_only(house) == []
    sealed = [value for where, value in house.cells() if tuple(where.split(".")) in PERSONAL and len(value) > 30]
    keys = [value for where, value in house.cells() if where in ("people.wrapped_key", "people.email_hash")]
    house.erase()
    assert_is_gone(house)
    assert [name for name, _ in house.raw() if name.startswith("mailbox/")] == []
    if "sqlite" in house.url:
        everything = b"".join(content for _, content in house.raw())
        assert [trace for trace in (*sealed, *keys) if trace in everything] == [], "the bytes of what was sealed too"


def assert_is_gone(house: House) -> None:
    assert sealed_only(house) == []
    assert [(where, found) for where, plain in house.opened() if (found := found_in(plain))] == []
    left = {where for where, _ in house.cells()}
    assert [each for each in sorted(columns_that_hold(Holds.PERSON)) if ".".join(each) in left] == []
    assert [name for name, _ in house.raw() if name.startswith("files/")] == []
    assert not {"people.wrapped_key", "people.email_hash"} & left


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_restored_database_has_no_word_of_an_erased_person_once_the_list_is_replayed(house: House) -> None:
    database = house.home / Path(house.url).name
    house.storage.close()
    backup = {path: path.read_bytes() for path in house.home.glob(f"{database.name}*") if path.is_file()}
    house.erase()
    house.storage.close()
    for path, content in backup.items():
        path.write_bytes(content)
    assert [where for where, plain in house.opened() if found_in(plain)] != [], "the backup has them"
    assert house.storage.replay_erasures() == 1
    house.sweep()
    assert_is_gone(house)
    assert house.storage.replay_erasures() == 0


def sealed_only(house: House) -> list[tuple[str, list[str]]]:
    """Where a needle can be read without a key: nowhere, before as after."""
    places = (*house.raw(), *house.cells())
    return [(where, found) for where, content in places if (found := found_in(content))]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_file_that_is_written_is_on_the_map(house: House) -> None:
    known = [path for each in FILES.values() for path in house.home.glob(each.where)]
    strange = [path for path in house.home.rglob("*") if path.is_file() and path not in known]
    assert [path.name for path in strange] == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_goes_by_the_clock_leaves_no_readable_trace_either(house: House) -> None:
    house.storage.retention.release(MERCHANT, "order1")  # type: ignore[arg-type]  # it is the id
    with house.storage.engine.begin() as connection:
        connection.execute(text("UPDATE claims SET is_open = false"))
        connection.execute(text("UPDATE refund_intents SET state = 'settled'"))
        connection.execute(text("UPDATE data_requests SET is_dropped = true"))
    years = NOW.replace(year=NOW.year + 13)
    gone = keep_no_longer(merchant=MERCHANT, records=house.storage.retention, now=years)
    assert {Kept.ORDERS, Kept.CLAIMS, Kept.MAIL, Kept.PARKED} <= gone.keys()
    with house.storage.units.read(MERCHANT) as unit:
        assert unit.people.find(EMAIL) is None
    person = set(columns_that_hold(Holds.PERSON))
    assert [where for where, _ in house.cells() if tuple(where.split(".")) in person] == []


@pytest.mark.parametrize("needle", NEEDLES)
def test_the_search_finds_what_it_looks_for_in_every_dress(needle: str) -> None:
    for dress in dresses(needle):
        assert found_in(b"\x00\xff" + dress + b"\x01"), dress
    assert found_in(b"before" + zlib.compress(f"in a long text {needle} of some sort".encode()) + b"behind")
    assert found_in(b"nothing of theirs at all") == []


@pytest.mark.parametrize("name", sorted(type_of))
def test_what_travels_through_the_job_tables_is_ids(name: str) -> None:
    for field, kind in get_type_hints(type_of[name]).items():
        kinds = [each for each in get_args(kind) if each is not Ellipsis] if isinstance(kind, GenericAlias) else [kind]
        for each in kinds:
            is_id = getattr(each, "__module__", "") == MerchantId.__module__
            assert is_id or isinstance(each, EnumType) or each in (int, bool, datetime) or field in IDS_AS_TEXT, field
