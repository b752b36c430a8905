"""What is published, its record, and what no publication ever changes of an earlier promise."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from plugin.domain.clocks.engine import Law
from plugin.domain.entitlement import LineEntitlements
from plugin.domain.errors import DomainError
from plugin.domain.ids import MerchantId, ShopId
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.policy.document import write_policy
from plugin.domain.policy.publication import Publication
from plugin.domain.shop import Merchant, Shop
from plugin.domain.shop_events import OrderSeen
from plugin.domain.times import Moment, Source
from plugin.ports.unit_of_work import Units
from plugin.storage import Storage
from plugin.storage.ids import TimeOrderedIds
from plugin.storage.tables import policies
from plugin.usecases.apply_shop_events import apply_shop_events
from plugin.usecases.declare_past_policy import PastAlreadyPromised, declare_past_policy
from plugin.usecases.quote_entitlements import policy_of, quote
from tests.build import MERCHANT, NOW, PLACED, a_market, a_policy, a_shop, an_order
from tests.storage.drafts import FINDING, KAJA
from tests.support.promises import publish_policy
from tests.support.sizes import examples

DAY = timedelta(days=1)
LAW = Law(load_rulebook(), HolidayCalendar())


def test_the_record_of_a_publication_is_kept_beside_the_version(units: Units) -> None:
    record = Publication(NOW, KAJA, "v1", (FINDING,), is_declared=True)
    with units(MERCHANT) as unit:
        unit.policies.hold()
        unit.policies.add(a_policy("v0"))
        unit.policies.add(a_policy("v1"), Publication(PLACED))
        unit.policies.add(a_policy("v2"), record)
        unit.commit()
    with units.read(MERCHANT) as unit:
        assert unit.policies.publications() == {"v1": Publication(PLACED), "v2": record}


def test_a_version_of_a_release_that_kept_no_record_has_none(storage: Storage) -> None:
    with storage.units(MERCHANT) as unit:
        unit.policies.add(a_policy(), Publication(NOW, KAJA))
        unit.commit()
    nothing = {"published_at": None, "published_by": None, "replaces": None, "findings": None, "is_declared": None}
    with storage.engine.begin() as connection:
        connection.execute(update(policies).values(**nothing))
    with storage.units.read(MERCHANT) as unit:
        assert unit.policies.publications() == {}
        assert unit.policies.all() == [a_policy()]


def test_who_publishes_waits_until_nobody_else_does(storage: Storage) -> None:
    ids = TimeOrderedIds()
    publish(storage.units, 30, NOW, NOW)
    declare = partial(declare_past_policy, write_policy(a_policy()), merchant=MERCHANT, by=None, units=storage.units)
    with ThreadPoolExecutor(1) as other:
        with storage.units(MERCHANT) as unit:
            unit.policies.hold()
            waiting = other.submit(declare, PLACED + DAY, ids=ids, now=NOW)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.5)
            unit.policies.add(a_policy(effective_from=PLACED))
            unit.commit()
        with pytest.raises(PastAlreadyPromised):
            waiting.result(timeout=20)


def report(units: Units, number: int, placed_at: datetime) -> None:
    order = replace(an_order(str(number)), placed=Moment(placed_at, Source.PLATFORM))
    with units(MERCHANT) as unit:
        apply_shop_events([(OrderSeen(order),)], a_shop(), unit, TimeOrderedIds())
        unit.commit()


def promises(units: Units) -> dict[str, tuple[LineEntitlements, ...]]:
    with units.read(MERCHANT) as unit:
        stored = unit.orders.batch(None, None, 100)
        return {entry.order.number: quote(entry, policy_of(entry, unit), LAW).lines for entry in stored}


def publish(units: Units, days: int, begins: datetime, now: datetime) -> None:
    draft = a_policy(effective_from=begins, default=a_market(return_days=days))
    publish_policy(draft, merchant=MERCHANT, units=units, ids=TimeOrderedIds(), now=now)


def test_a_later_publication_changes_no_earlier_orders_promise(units: Units) -> None:
    publish(units, 30, PLACED - DAY, NOW)
    report(units, 1, PLACED)
    before = promises(units)
    publish(units, 60, NOW, NOW)
    report(units, 2, PLACED + timedelta(hours=1))
    report(units, 3, NOW)
    after = promises(units)
    assert after["1"] == before["1"]
    with units.read(MERCHANT) as unit:
        stored = {entry.order.number: policy_of(entry, unit) for entry in unit.orders.batch(None, None, 100)}
        versions = unit.policies.all()
    assert stored == {"1": versions[0], "2": versions[0], "3": versions[1]}


def test_orders_older_than_the_first_version_get_the_law_until_the_past_is_declared(units: Units) -> None:
    report(units, 1, PLACED)
    publish(units, 30, NOW, NOW)
    report(units, 2, PLACED + DAY)
    report(units, 3, NOW)
    by_law = promises(units)
    declare_past_policy(
        write_policy(a_policy(default=a_market(return_days=100))),
        PLACED + timedelta(hours=1),
        merchant=MERCHANT,
        by=None,
        units=units,
        ids=TimeOrderedIds(),
        now=NOW,
    )
    report(units, 4, PLACED + DAY)
    declared = promises(units)
    assert (declared["1"], declared["3"]) == (by_law["1"], by_law["3"])
    assert declared["2"] != by_law["2"]
    assert {line.policy_version for line in by_law["2"]} == {None}
    assert {line.policy_version for line in declared["2"]} == {line.policy_version for line in declared["4"]}


def test_of_two_versions_from_the_same_instant_an_order_gets_the_one_with_the_later_id(units: Units) -> None:
    publish(units, 30, PLACED, PLACED)
    publish(units, 60, PLACED, PLACED)
    report(units, 1, PLACED)
    with units.read(MERCHANT) as unit:
        (stored,) = unit.orders.batch(None, None, 100)
        assert stored.policy_version == unit.policies.all()[1].id
        assert unit.policies.in_force(PLACED) == unit.policies.all()[1]


moves = st.lists(
    st.tuples(st.sampled_from(["publish", "declare", "order", "wait"]), st.integers(-3, 6), st.integers(1, 100)),
    max_size=12,
)


@dataclass(slots=True)
class Past:
    """What a merchant of their own promised so far: to each order, and to orders of each instant looked at."""

    units: Units
    shop: Shop
    now: datetime = PLACED
    ids: TimeOrderedIds = field(default_factory=TimeOrderedIds)
    seen: list[datetime] = field(default_factory=list)

    def move(self, kind: str, days: int, length: int) -> None:
        ports = {"merchant": self.shop.merchant, "units": self.units, "ids": self.ids, "now": self.now}
        draft = a_policy(effective_from=self.now + days * DAY, default=a_market(return_days=length))
        if kind == "publish":
            publish_policy(draft, **ports)  # type: ignore[arg-type]  # the ports of every use case
        elif kind == "declare":
            declare_past_policy(write_policy(draft), draft.effective_from, by=None, **ports)  # type: ignore[arg-type]  # likewise
        elif kind == "order":
            self.order(min(draft.effective_from, self.now))
        else:
            self.now += abs(days) * DAY
        self.seen += [self.now, min(draft.effective_from, self.now)]

    def order(self, placed_at: datetime) -> None:
        order = replace(an_order(self.ids.new()), placed=Moment(placed_at, Source.PLATFORM))
        with self.units(self.shop.merchant) as unit:
            apply_shop_events([(OrderSeen(order),)], self.shop, unit, self.ids)
            unit.commit()

    def promised(self) -> dict[object, str]:
        with self.units.read(self.shop.merchant) as unit:
            orders = {entry.id: policy_of(entry, unit) for entry in unit.orders.batch(None, None, 100)}
            instants = {at: unit.policies.in_force(at) for at in self.seen}
        return {what: policy.id for what, policy in (orders | instants).items() if policy}


def new_past(storage: Storage) -> Past:
    name = TimeOrderedIds().new()
    merchant = MerchantId(name)
    shop = a_shop(name, merchant=merchant, id=ShopId(name), key=name)
    with storage.units(merchant) as unit:
        unit.shops.add_merchant(Merchant(merchant, "Nordkap GmbH", PLACED))
        unit.shops.add(shop)
        unit.commit()
    return Past(storage.units, shop)


@given(moves)
@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_promised_once_is_never_taken_back(
    sqlite_storage: Storage, history: list[tuple[str, int, int]]
) -> None:
    past = new_past(sqlite_storage)
    promised: dict[object, str] = {}
    for kind, days, length in history:
        past.now += timedelta(seconds=1)
        with suppress(DomainError):
            past.move(kind, days, length)
        assert promised.items() <= past.promised().items()
        promised = past.promised()
