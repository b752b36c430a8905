"""Units of work: effects commit with their rows, reading units only read, failures have the core's names."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, literal, select, text
from sqlalchemy.engine.interfaces import CacheStats

from plugin.domain.effects import Effect, RebuildEntitlements, SendMail
from plugin.domain.errors import NotAllowed, NotFound
from plugin.domain.ids import MerchantId
from plugin.domain.times import Moment, Source
from plugin.ports.errors import Unavailable
from plugin.storage import KeyRing, Storage, TimeOrderedIds, open_storage
from plugin.storage.engine import open_engines
from tests.build import MERCHANT, a_policy, a_shop, a_stored_order, an_order
from tests.storage.conftest import OpenStorage, no_queue, settle
from tests.support.sizes import examples


class TableQueue:
    """Writes effects into a table over the connection it was given, as the job engine does."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, effects: Iterable[Effect], *, key: str | None = None) -> None:
        for effect in effects:
            self._connection.execute(text("INSERT INTO enqueued VALUES (:name)"), {"name": f"{effect} {key}"})


@pytest.fixture
def queueing(database_url: str, tmp_path: Path, ring: KeyRing) -> Iterator[Storage]:
    storage = open_storage(database_url, home=tmp_path, keys=ring, queue_factory=TableQueue)
    settle(storage.units)
    with storage.engine.begin() as connection:
        connection.execute(text("CREATE TABLE enqueued (name TEXT)"))
    yield storage
    storage.close()


def enqueued(storage: Storage) -> int:
    with storage.engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM enqueued")).scalar_one())


def test_effects_are_enqueued_in_the_commit_of_their_rows_or_not_at_all(queueing: Storage) -> None:
    with queueing.units(MERCHANT) as unit:
        unit.queue.add([SendMail(MERCHANT, "mail1")])
    assert enqueued(queueing) == 0
    with queueing.units(MERCHANT) as unit:
        unit.queue.add([SendMail(MERCHANT, "mail1"), RebuildEntitlements(MERCHANT)], key="k")
        unit.commit()
    assert enqueued(queueing) == 2


def test_a_unit_enqueues_no_other_merchants_effects(queueing: Storage) -> None:
    with queueing.units(MERCHANT) as unit:
        with pytest.raises(NotAllowed):
            unit.queue.add([SendMail(MERCHANT, "mail1"), SendMail(MerchantId("other"), "mail2")])
        unit.commit()
    assert enqueued(queueing) == 0


def test_a_reading_unit_cannot_write_or_commit(storage: Storage) -> None:
    with storage.units.read(MERCHANT) as unit:
        with pytest.raises(NotAllowed):
            unit.commit()
        with pytest.raises(NotAllowed):
            unit.policies.add(a_policy())


def test_reading_never_waits_for_a_writer(storage: Storage) -> None:
    with storage.units(MERCHANT) as writing:
        writing.policies.add(a_policy())
        with storage.units.read(MERCHANT) as reading:
            assert reading.policies.all() == []
        writing.commit()
    with storage.units.read(MERCHANT) as reading:
        assert reading.policies.all() == [a_policy()]


def test_the_next_writer_starts_at_the_commit_not_at_the_end_of_the_block(storage: Storage) -> None:
    with storage.units(MERCHANT) as first:
        first.policies.add(a_policy())
        first.commit()
        with storage.units(MERCHANT) as second:
            assert second.policies.all() == [a_policy()]


def test_what_belongs_to_nothing_on_record_is_not_found(storage: Storage) -> None:
    with storage.units(MERCHANT) as unit, pytest.raises(NotFound):
        unit.orders.save([a_stored_order(shop=a_shop("Unknown").id)])


def test_a_merchant_who_was_never_recorded_has_no_key(storage: Storage) -> None:
    with storage.units(MerchantId("nobody")) as unit, pytest.raises(NotFound):
        unit.people.find("ida@example.com")


def test_a_database_that_cannot_be_reached_is_unavailable(tmp_path: Path, opened: OpenStorage) -> None:
    for url in ("postgresql://nobody@127.0.0.1:1/none?connect_timeout=2", f"sqlite:///{tmp_path}/missing/file.sqlite3"):
        with pytest.raises(Unavailable), opened(url).units.read(MERCHANT) as unit:
            unit.shops.all()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://localhost/shop"])
def test_a_database_that_cannot_serve_is_refused(tmp_path: Path, ring: KeyRing, url: str) -> None:
    with pytest.raises(ValueError, match=r"needs a file|not supported"):
        open_storage(url, home=tmp_path, keys=ring, queue_factory=no_queue)


def test_sqlite_runs_durable_and_forgetful(sqlite_url: str) -> None:
    engines = open_engines(sqlite_url)
    for engine in (engines.write, engines.read):
        with engine.connect() as connection:
            pragmas = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
            }
        assert pragmas == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}
    engines.dispose()


INSTANTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(25))
@given(instants=st.lists(INSTANTS, min_size=2, max_size=6, unique=True))
def test_instants_keep_their_microseconds_and_their_order(storage: Storage, instants: list[datetime]) -> None:
    versions = [a_policy(f"v{i}", effective_from=at) for i, at in enumerate(instants)]
    with storage.units(MERCHANT) as unit:
        for version in versions:
            unit.policies.add(version)
        assert unit.policies.all() == sorted(versions, key=lambda version: version.effective_from)
        assert all(unit.policies.in_force(version.effective_from) == version for version in versions)


def test_an_instant_without_an_offset_is_refused(storage: Storage) -> None:
    naive = datetime(2026, 11, 21)  # noqa: DTZ001 - that is the point
    with storage.units(MERCHANT) as unit, pytest.raises(Exception, match="needs an offset"):
        unit.orders.save([a_stored_order(an_order(placed=Moment(naive, Source.PLATFORM)))])


def test_ids_sort_by_the_time_they_were_made_and_never_repeat() -> None:
    ids = [TimeOrderedIds().new() for _ in range(2000)]
    assert len(set(ids)) == len(ids)
    assert all(len(made) == 26 and made.isalnum() and made == made.lower() for made in ids)
    stamps = [made[:11] for made in ids]  # 55 of the 56 bits of time
    assert stamps == sorted(stamps)


def test_a_statement_is_put_into_sql_once_for_all_engines(database_url: str) -> None:
    statement, met = select(literal(1).label(f"unheard_of_{uuid4().hex}")), []
    for engines in (open_engines(database_url), open_engines(database_url)):
        for engine in (engines.read, engines.write):
            with engine.connect() as connection:
                met.append(connection.execute(statement).context.cache_hit)
        engines.dispose()
    assert met == [CacheStats.CACHE_MISS, *[CacheStats.CACHE_HIT] * 3]
