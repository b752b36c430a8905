"""Polling brings in what changed once, loses nothing when it is interrupted, and rests when the keys are dead."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from plugin.domain.connection import POLL_EVERY, Connection, Credentials
from plugin.domain.connection_faults import KeysRefused, ShopBlocks, ShopUnavailable
from plugin.domain.first_reading import FirstReading, Place
from plugin.domain.order import Order, Platform
from plugin.domain.shop import Shop
from plugin.domain.shop_events import OrderSeen
from plugin.domain.stored import Outcome
from plugin.ports.clock import Clock
from plugin.ports.shop_source import Batch
from plugin.usecases.disconnect_shop import disconnect_shop
from plugin.usecases.poll_shop import MOST_ADVANCES, Polled, poll_next
from tests.build import MERCHANT, NOW, a_shop, an_order
from tests.fakes.shop_source import FakeSource
from tests.fakes.sources import FakeClock, FakeIds, FakeTranslator
from tests.fakes.units import FakeUnits

ADDRESS = "https://nordkap.example"
KEYS = Credentials("ck_1", "cs_1", "basic")
CONNECTION = Connection(a_shop().id, KEYS, connected_at=NOW, due_at=NOW)
MARK = NOW - timedelta(hours=3)


@pytest.fixture
def shop() -> Shop:
    return a_shop(address=ADDRESS)


@pytest.fixture
def source(units: FakeUnits) -> FakeSource:
    """Give the shop's source, the shop being connected."""
    with units(MERCHANT) as unit:
        unit.connections.save(CONNECTION)
        unit.commit()
    return FakeSource(KEYS, ADDRESS)


@pytest.fixture
def ids() -> FakeIds:
    return FakeIds()


class Worker:
    """Polls what is due at an instant."""

    def __init__(self, units: FakeUnits, source: FakeSource, translator: FakeTranslator, ids: FakeIds) -> None:
        self.units, self.source, self.translator, self.ids = units, source, translator, ids

    def poll(self, at: datetime = NOW, clock: Clock | None = None) -> Polled | None:
        return poll_next(
            self.units,
            sources={Platform.WOOCOMMERCE: self.source},
            translators={Platform.WOOCOMMERCE: self.translator},
            units=self.units,
            ids=self.ids,
            clock=clock or FakeClock(at),
        )

    def batch(self, *orders: Order, read_until: datetime | None = None) -> Batch:
        """A batch of records that mean these orders."""
        bodies = [order.ref.external_id.encode() + str(order.updated_at).encode() for order in orders]
        for body, order in zip(bodies, orders, strict=True):
            self.translator.says(body, OrderSeen(order))
        return Batch(tuple(bodies), read_until)

    @property
    def connection(self) -> Connection:
        with self.units.read(MERCHANT) as unit:
            found = unit.connections.get(CONNECTION.shop)
        assert found
        return found

    @property
    def stored(self) -> set[str]:
        return {stored.order.number for stored in self.units.of(MERCHANT).orders.values()}


@pytest.fixture
def worker(units: FakeUnits, source: FakeSource, translator: FakeTranslator, ids: FakeIds) -> Worker:
    return Worker(units, source, translator, ids)


def test_a_poll_stores_what_comes_and_rests_until_the_next_is_due(worker: Worker) -> None:
    worker.source.batches = [Batch((), ends_catalogue=True), worker.batch(an_order("1001"), read_until=MARK)]
    polled = worker.poll()
    assert polled
    assert polled.tally == {Outcome.STORED: 1}
    assert worker.stored == {"1001"}
    done = replace(CONNECTION, read_until=MARK, catalogue_at=NOW, polled_at=NOW, due_at=NOW + POLL_EVERY)
    assert worker.connection == done
    assert worker.poll() is None


def test_the_next_poll_asks_from_where_the_last_one_came(worker: Worker) -> None:
    worker.source.batches = [Batch((), ends_catalogue=True), worker.batch(an_order("1001"), read_until=MARK)]
    worker.poll()
    worker.source.batches = [worker.batch(an_order("1001"), read_until=MARK)]
    polled = worker.poll(NOW + POLL_EVERY)
    assert polled
    assert polled.tally == {Outcome.UNCHANGED: 1}
    assert worker.source.asked == [(ADDRESS, KEYS, None, None), (ADDRESS, KEYS, MARK, NOW)]


class Killed(BaseException):
    """What a process dies of."""


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_whoever_is_killed_between_batches_goes_on_where_everything_before_is_stored(worker: Worker, kept: int) -> None:
    batches = [
        worker.batch(an_order(number), read_until=MARK + timedelta(minutes=minute))
        for minute, number in enumerate(("1001", "1002"))
    ]
    worker.source.batches = [*batches[:kept], Killed()]
    with pytest.raises(Killed):
        worker.poll()
    assert worker.poll() is None  # its lease has to run out
    assert worker.connection.read_until == (MARK + timedelta(minutes=kept - 1) if kept else None)
    worker.source.batches = list(batches)
    assert worker.poll(NOW + timedelta(minutes=10))
    assert worker.stored == {"1001", "1002"}


@dataclass
class TickingClock:
    """A clock that is a minute on whenever it is asked."""

    at: datetime

    def now(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at


def test_a_long_poll_is_handed_to_nobody_and_that_of_a_dead_worker_soon_after_its_last_batch(worker: Worker) -> None:
    clock, second = TickingClock(NOW), timedelta(seconds=1)
    worker.source.batches = [Batch(()) for _ in range(9)]
    worker.source.batches.append(Killed())
    with pytest.raises(Killed):
        worker.poll(clock=clock)
    free_at = clock.at + timedelta(minutes=3)
    assert worker.units.lease_polls(free_at - second, free_at, 1) == []
    assert worker.units.lease_polls(free_at, free_at, 1)


def test_a_large_shop_is_read_in_turns_that_follow_at_once(worker: Worker) -> None:
    worker.source.batches = [Batch((), MARK + timedelta(seconds=n)) for n in range(MOST_ADVANCES + 1)]
    worker.poll()
    assert (worker.connection.polled_at, worker.connection.due_at) == (None, NOW)
    assert worker.connection.read_until == MARK + timedelta(seconds=MOST_ADVANCES - 1)
    worker.source.batches = worker.source.batches[-1:]
    worker.poll()
    assert worker.connection.polled_at == NOW


def test_a_first_reading_that_was_broken_off_goes_on_from_its_place_until_it_is_over(worker: Worker) -> None:
    places = [Place(f"after {done}", done, 300) for done in (100, 200)]
    pages = [replace(worker.batch(an_order(str(place.done))), place=place) for place in places]
    worker.source.batches = [*pages, Killed()]
    with pytest.raises(Killed):
        worker.poll()
    assert worker.connection.first == FirstReading(places[1], NOW, 100.0, 0.0)
    worker.source.batches = [worker.batch(an_order("300"), read_until=MARK)]
    worker.poll(NOW + timedelta(minutes=10))
    assert worker.source.places == [None, "after 200"]
    assert worker.stored == {"100", "200", "300"}
    assert (worker.connection.first, worker.connection.read_until) == (None, MARK)


def test_a_fault_keeps_what_came_before_it_and_waits_longer_each_time(worker: Worker) -> None:
    fault = ShopBlocks("HTTP 403")
    worker.source.batches = [worker.batch(an_order("1001"), read_until=MARK), fault]
    polled = worker.poll()
    assert polled
    assert (polled.fault, polled.detail) == ("shop_blocks", "HTTP 403")
    assert worker.stored == {"1001"}
    assert worker.connection.read_until == MARK
    waits, at = [], NOW
    for _ in range(12):
        assert worker.connection.due_at
        waits.append(worker.connection.due_at - at)
        at = worker.connection.due_at
        worker.poll(at)
    assert waits[:3] == [timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2)]
    assert waits[-1] == timedelta(hours=1)
    assert (worker.connection.fault, worker.connection.fault_detail) == ("shop_blocks", "HTTP 403")


def test_an_error_of_our_own_is_told_like_one_of_the_shop_and_raised_as_well(worker: Worker) -> None:
    worker.source.batches = [worker.batch(an_order("1001"), read_until=MARK), AttributeError("a shape nobody foresaw")]
    with pytest.raises(AttributeError):
        worker.poll()
    assert worker.stored == {"1001"}
    assert (worker.connection.fault, worker.connection.fault_detail) == ("shop_unreadable", "AttributeError")
    assert worker.connection.due_at == NOW + timedelta(seconds=30)


def test_a_shop_that_names_a_time_is_left_alone_until_then(worker: Worker) -> None:
    worker.source.batches = [ShopUnavailable("HTTP 503", retry_after=7200)]
    worker.poll()
    assert worker.connection.due_at == NOW + timedelta(hours=2)


def test_a_shop_that_answers_again_has_no_fault_any_more(worker: Worker) -> None:
    worker.source.batches = [ShopUnavailable("timeout")]
    worker.poll()
    worker.source.batches = []
    worker.poll(NOW + timedelta(minutes=1))
    connection = worker.connection
    assert (connection.fault, connection.fault_detail, connection.failures) == (None, None, 0)


def test_refused_keys_rest_and_nothing_is_deleted(worker: Worker) -> None:
    worker.source.batches = [worker.batch(an_order("1001"), read_until=MARK)]
    worker.poll()
    worker.source.batches = [KeysRefused("HTTP 401")]
    worker.poll(NOW + POLL_EVERY)
    assert (worker.connection.fault, worker.connection.due_at) == ("shop_keys_refused", None)
    assert worker.connection.credentials == KEYS
    assert worker.stored == {"1001"}
    assert worker.poll(NOW + timedelta(days=365)) is None


def test_what_cannot_be_read_is_parked_and_holds_nothing_up(worker: Worker) -> None:
    worker.source.batches = [Batch((b"nonsense", *worker.batch(an_order("1001")).records), MARK)]
    polled = worker.poll()
    assert polled
    assert polled.tally == {Outcome.STORED: 1, Outcome.PARKED: 1}
    assert worker.connection.read_until == MARK


def test_a_shop_let_go_in_the_middle_of_a_poll_stays_let_go(worker: Worker, shop: Shop) -> None:
    def batches():  # noqa: ANN202 - a generator
        yield worker.batch(an_order("1001"))
        disconnect_shop(shop, units=worker.units, now=NOW)
        yield worker.batch(an_order("1002"), read_until=MARK)
        raise AssertionError("asked on without keys")

    worker.source.changes = lambda *_, **__: batches()  # type: ignore[method-assign]  # a shop that changes meanwhile
    assert worker.poll()
    with worker.units.read(MERCHANT) as unit:
        assert unit.connections.all() == []


@pytest.mark.parametrize("fault", [None, KeysRefused("HTTP 401"), ZeroDivisionError()])
def test_a_poll_that_is_asked_for_during_another_comes_after_it(worker: Worker, fault: Exception | None) -> None:
    asked_at = NOW + timedelta(seconds=1)

    def batches():  # noqa: ANN202 - a generator
        with worker.units(MERCHANT) as unit:
            unit.connections.hasten(CONNECTION.shop, asked_at)
            unit.commit()
        assert worker.poll(asked_at) is None
        yield worker.batch(an_order("1001"))
        if fault is not None:
            raise fault

    worker.source.changes = lambda *_, **__: batches()  # type: ignore[method-assign]  # a shop that changes meanwhile
    with suppress(ZeroDivisionError):
        worker.poll()
    assert worker.connection.due_at == asked_at
    assert bool(worker.connection.fault) == bool(fault)


def test_keys_replaced_in_the_middle_of_a_poll_are_not_blamed_for_the_old_ones(worker: Worker) -> None:
    fresh = replace(CONNECTION, credentials=Credentials("ck_2", "cs_2"), connected_at=NOW + timedelta(minutes=1))

    def batches():  # noqa: ANN202 - a generator
        with worker.units(MERCHANT) as unit:
            unit.connections.save(fresh)
            unit.commit()
        raise KeysRefused("HTTP 401")
        yield

    worker.source.changes = lambda *_, **__: batches()  # type: ignore[method-assign]  # a shop that changes meanwhile
    worker.poll()
    assert worker.connection == fresh
