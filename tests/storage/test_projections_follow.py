"""Whatever happens to orders, policies and law: once the queued jobs have run, stored projections equal the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import chain, count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from plugin.domain.clocks.engine import Law
from plugin.domain.effects import Effect, RebuildEntitlements
from plugin.domain.entitlement import Clock, LineEntitlements, Right
from plugin.domain.errors import DomainError
from plugin.domain.ids import MerchantId, OrderId, ShopId
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.order import DeliveryStatus, Order, OrderRef, Platform, Standing
from plugin.domain.shop import Merchant
from plugin.domain.shop_events import DeliverySeen, DeliveryWithdrawn, OrderGone, OrderSeen, RefundSeen, ShopEvent
from plugin.domain.stored import StoredOrder
from plugin.domain.times import Moment, Source
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.storage import KeyRing, Storage, open_storage
from plugin.storage.ids import TimeOrderedIds
from plugin.usecases.apply_shop_events import apply_shop_events
from plugin.usecases.mark_delivered import Delivery, mark_delivered, unmark_delivered
from plugin.usecases.quote_entitlements import later_of, policy_of, quote
from plugin.usecases.rebuild_entitlements import rebuild_entitlements
from plugin.usecases.rebuild_nightly import rebuild_nightly
from plugin.usecases.rebuild_outdated import rebuild_outdated
from tests.build import (
    PLACED,
    a_fulfilment,
    a_line,
    a_market,
    a_policy,
    a_refund,
    a_shop,
    an_event,
    an_order,
)
from tests.support.promises import publish_policy
from tests.support.sizes import examples

RULEBOOK, CALENDAR = load_rulebook(), HolidayCalendar()
LAWS = tuple(Law(replace(RULEBOOK, version=f"law{n}"), CALENDAR) for n in range(3))
MERCHANTS = count(1)
EVENTS = count(1)


@dataclass(slots=True)
class World:
    """A merchant of their own on a shared database, with the jobs that wait and the law in force."""

    units: Units
    queued: list[Effect]
    merchant: MerchantId
    law: Law = LAWS[0]
    now: datetime = PLACED + timedelta(days=3)
    ids: TimeOrderedIds = field(default_factory=TimeOrderedIds)

    def report(self, event: ShopEvent) -> None:
        with self.units(self.merchant) as unit:
            (shop,) = unit.shops.all()
            apply_shop_events([(event,)], shop, unit, self.ids)
            unit.commit()

    def orders(self) -> list[OrderId]:
        with self.units.read(self.merchant) as unit:
            return [stored.id for stored in unit.orders.batch(None, None, 100)]

    def work(self, *, backwards: bool) -> None:
        """Run what is queued, in either order: jobs promise none."""
        effects = self.queued[:]
        self.queued.clear()
        for effect in reversed(effects) if backwards else effects:
            if isinstance(effect, RebuildEntitlements):
                rebuild_entitlements(
                    effect.orders, merchant=self.merchant, units=self.units, law=self.law, now=self.now
                )

    def is_right(self) -> bool:
        with self.units.read(self.merchant) as unit:
            stored = unit.orders.batch(None, None, 100)
            computed = {entry.id: self._computed(entry, unit) for entry in stored}
            return {order: tuple(unit.entitlements.of(order)) for order in computed} == computed

    def stored_returns(self) -> list[Clock]:
        with self.units.read(self.merchant) as unit:
            lines = [line for order in self.orders() for line in unit.entitlements.of(order)]
        return [line.clock(Right.SHOP_RETURN) for line in lines]

    def _computed(self, stored: StoredOrder, unit: UnitOfWork) -> tuple[LineEntitlements, ...]:
        policy = policy_of(stored, unit)
        return quote(stored, policy, self.law, later_of(stored, policy, unit, self.now)).lines

    def sleep(self, amount: timedelta) -> None:
        """Let time pass; the nightly job is what notices that a version for earlier orders came into force."""
        since, self.now = self.now, self.now + amount
        with self.units.read(self.merchant) as unit:
            betters = [version for version in unit.policies.since(since) if version.is_for_earlier_orders]
        if any(version.effective_from <= self.now for version in betters):
            rebuild_nightly(merchant=self.merchant, units=self.units, now=self.now)


Step = Callable[[World], None]
numbers, days = st.integers(1, 3), st.integers(0, 40)


def ref(number: int) -> OrderRef:
    return OrderRef(Platform.WOOCOMMERCE, str(number))


def seen(number: int, day: int, standing: Standing, country: str | None) -> Step:
    def step(world: World) -> None:
        lines = (a_line("11", quantity=2), a_line("12"))
        order: Order = an_order(
            str(number), country=country, standing=standing, lines=lines, fulfilments=(a_fulfilment(),)
        )
        placed = Moment(PLACED + timedelta(days=number), Source.PLATFORM)
        world.report(OrderSeen(replace(order, placed=placed, updated_at=PLACED + timedelta(days=day))))

    return step


def delivered(number: int, day: int, event: int) -> Step:
    arrived = an_event(PLACED + timedelta(days=day), id=f"e{event}", status=DeliveryStatus.DELIVERED)
    return lambda world: world.report(DeliverySeen(ref(number), "f1", arrived))


def withdrawn(number: int, event: int) -> Step:
    return lambda world: world.report(DeliveryWithdrawn(ref(number), "f1", f"e{event}"))


def refunded(number: int, units: int) -> Step:
    refund = a_refund(f"r{units}")
    parts = tuple(replace(part, quantity=units) for part in refund.lines)
    return lambda world: world.report(RefundSeen(ref(number), replace(refund, lines=parts)))


def gone(number: int) -> Step:
    return lambda world: world.report(OrderGone(ref(number)))


def marked(number: int, day: int) -> Step:
    def step(world: World) -> None:
        said = [Delivery(order, (PLACED + timedelta(days=day)).date()) for order in world.orders()[number - 1 : number]]
        mark_delivered(said, merchant=world.merchant, by=None, units=world.units, now=world.now)

    return step


def unmarked(number: int) -> Step:
    return lambda world: _unmark(world, world.orders()[number - 1 : number])


def _unmark(world: World, orders: list[OrderId]) -> None:
    unmark_delivered(orders, merchant=world.merchant, units=world.units)


def published(return_days: int, starts_in: int, *, is_for_earlier: bool = False) -> Step:
    def step(world: World) -> None:
        starts = world.now + timedelta(days=starts_in)
        market = a_market(return_days=return_days)
        draft = a_policy("draft", effective_from=starts, default=market, is_for_earlier_orders=is_for_earlier)
        publish_policy(draft, merchant=world.merchant, units=world.units, ids=world.ids, now=world.now)

    return step


def enacted(law: int) -> Step:
    return lambda world: setattr(world, "law", LAWS[law])


def passed(amount: int) -> Step:
    return lambda world: world.sleep(timedelta(days=amount))


def worked(*, backwards: bool) -> Step:
    return lambda world: world.work(backwards=backwards)


standings = st.sampled_from([Standing.PLACED, Standing.PLACED, Standing.UNPAID, Standing.CANCELLED])
countries = st.sampled_from(["DE", "DE", "PL", "CH", None])
steps = st.one_of(
    st.builds(seen, numbers, days, standings, countries),
    st.builds(seen, numbers, days, standings, countries),
    st.builds(delivered, numbers, days, st.integers(1, 2)),
    st.builds(withdrawn, numbers, st.integers(1, 2)),
    st.builds(refunded, numbers, st.integers(0, 2)),
    st.builds(gone, numbers),
    st.builds(marked, numbers, days),
    st.builds(unmarked, numbers),
    st.builds(published, st.sampled_from([7, 30, 100]), st.integers(-40, 20), is_for_earlier=st.booleans()),
    st.builds(enacted, st.integers(0, 2)),
    st.builds(passed, st.integers(1, 20)),
)
works = st.sampled_from([(), (worked(backwards=False),), (worked(backwards=True),)])
moves = st.tuples(steps, works).map(lambda move: (move[0], *move[1]))
"""A step, after which the worker may get to its jobs or not yet."""
histories = st.lists(moves, min_size=2, max_size=14).map(lambda made: list(chain.from_iterable(made)))


@pytest.fixture(scope="module")
def queued() -> list[Effect]:
    return []


@pytest.fixture
def shared(sqlite_url: str, tmp_path: Path, queued: list[Effect]) -> Iterable[Storage]:
    class Queue:
        def add(self, effects: Iterable[Effect], **_key: str | None) -> None:
            queued.extend(effects)

    def factory(_connection: Connection) -> Queue:
        return Queue()

    storage = open_storage(sqlite_url, home=tmp_path, keys=KeyRing.generate(), queue_factory=factory)
    yield storage
    storage.close()


def new_world(storage: Storage, queued: list[Effect]) -> World:
    merchant = MerchantId(f"merchant{next(MERCHANTS)}")
    with storage.units(merchant) as unit:
        unit.shops.add_merchant(Merchant(merchant, "Nordkap GmbH", PLACED))
        name = f"of-{merchant}"
        unit.shops.add(a_shop(name, merchant=merchant, id=ShopId(name), key=f"key-{name}"))
        unit.commit()
    queued.clear()
    return World(storage.units, queued, merchant)


def lived(world: World, history: Iterable[Step]) -> None:
    """Let it all happen; what the shop or the merchant may not do is refused and changes nothing."""
    for step in history:
        with suppress(DomainError):
            step(world)
    world.work(backwards=False)
    rebuild_outdated(merchant=world.merchant, units=world.units, law=world.law, now=world.now)


DONE = worked(backwards=False)
HISTORY = [seen(1, 1, Standing.PLACED, "DE"), DONE, delivered(1, 2, 1), DONE, published(30, -40), DONE]


@example([*HISTORY, withdrawn(1, 1), DONE])
@example([*HISTORY, withdrawn(1, 1), DONE, marked(1, 3), DONE])
@example([*HISTORY, refunded(1, 1), DONE, enacted(1)])
@example([*HISTORY, published(100, 9, is_for_earlier=True), DONE, passed(10), DONE])
@example([published(30, 20), seen(3, 1, Standing.PLACED, "DE"), DONE, published(7, 0), DONE])
@given(histories)
@settings(max_examples=examples(30), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_stored_projections_equal_the_engine(shared: Storage, queued: list[Effect], history: list[Step]) -> None:
    world = new_world(shared, queued)
    lived(world, history)
    assert world.is_right()


@pytest.mark.long
@given(st.lists(moves, min_size=2, max_size=60).map(lambda made: list(chain.from_iterable(made))))
@settings(suppress_health_check=list(HealthCheck))
def test_stored_projections_equal_the_engine_over_long_histories(
    shared: Storage, queued: list[Effect], history: list[Step]
) -> None:
    world = new_world(shared, queued)
    lived(world, history)
    assert world.is_right()


def test_a_better_promise_for_earlier_orders_reaches_them_the_night_it_comes_into_force(
    shared: Storage, queued: list[Effect]
) -> None:
    world = new_world(shared, queued)
    lived(world, [*HISTORY, published(100, 9, is_for_earlier=True), DONE])
    assert {clock.last_day for clock in world.stored_returns()} == {date(2026, 12, 4)}
    lived(world, [passed(10)])
    assert {clock.last_day for clock in world.stored_returns()} == {date(2027, 2, 12)}
    assert world.is_right()


def test_a_projection_that_fell_behind_would_be_noticed(shared: Storage, queued: list[Effect]) -> None:
    world = new_world(shared, queued)
    lived(world, HISTORY)
    assert world.is_right()
    assert world.orders()
    withdrawn(1, 1)(world)
    assert not world.is_right()
