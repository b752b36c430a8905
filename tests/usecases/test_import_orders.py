from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from plugin.domain.effects import RebuildEntitlements
from plugin.domain.errors import Conflict
from plugin.domain.ids import MerchantId, ShopId
from plugin.domain.order import OrderRef
from plugin.domain.shop import Shop
from plugin.domain.shop_events import Ignored, OrderSeen, RefundSeen, ShopEvent
from plugin.domain.stored import StoredOrder
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.apply_shop_events import apply_shop_events
from plugin.usecases.import_orders import BATCH, import_orders
from plugin.usecases.read_record import Fault, Reading
from tests.build import MERCHANT, NOW, PLACED, a_policy, a_refund, an_order
from tests.fakes.orders import FakeOrders
from tests.fakes.sources import FakeIds
from tests.fakes.units import FakeUnits

HOUR = timedelta(hours=1)


def reading(*events: ShopEvent, body: bytes = b"{}") -> Reading:
    return Reading(topic="", body=body, meaning=events)


def unreadable(body: bytes) -> Reading:
    return Reading(topic="", body=body, meaning=Fault("missing", "currency"))


def run(units: FakeUnits, shop: Shop, *readings: Reading) -> Counter[str]:
    ids = FakeIds() if not units.of(MERCHANT).orders else _later_ids()
    return sum(import_orders(readings, shop=shop, units=units, ids=ids, now=NOW), Counter())


def _later_ids() -> FakeIds:
    ids = FakeIds()
    for _ in range(5000):
        ids.new()
    return ids


def test_importing_the_same_orders_again_changes_nothing(units: FakeUnits, shop: Shop) -> None:
    file = [reading(OrderSeen(an_order(str(n)))) for n in range(3)]
    assert run(units, shop, *file) == {"stored": 3}
    before = units.of(MERCHANT).copy()
    assert run(units, shop, *file) == {"unchanged": 3}
    assert units.of(MERCHANT) == before


def test_an_older_state_never_overwrites_a_newer_one(units: FakeUnits, shop: Shop) -> None:
    newer = an_order(updated_at=an_order().updated_at + HOUR, platform_status="completed")
    run(units, shop, reading(OrderSeen(newer)))
    assert run(units, shop, reading(OrderSeen(an_order()))) == {"outdated": 1}
    (stored,) = units.of(MERCHANT).orders.values()
    assert stored.order == newer


def test_a_newer_state_replaces_an_older_one(units: FakeUnits, shop: Shop) -> None:
    newer = an_order(updated_at=an_order().updated_at + HOUR, platform_status="completed")
    run(units, shop, reading(OrderSeen(an_order())))
    assert run(units, shop, reading(OrderSeen(newer))) == {"stored": 1}
    (stored,) = units.of(MERCHANT).orders.values()
    assert (stored.order, stored.version) == (newer, 2)


def test_an_outdated_report_is_told_without_opening_the_order(units: FakeUnits, shop: Shop) -> None:
    run(units, shop, reading(OrderSeen(an_order())))
    older = OrderSeen(an_order(updated_at=an_order().updated_at - HOUR))
    with units(MERCHANT) as unit:
        unit.orders = Closed(units.of(MERCHANT).copy())
        reports = [(older,), (OrderSeen(an_order()),)]
        assert apply_shop_events(reports, shop, unit, FakeIds()) == ["outdated", "unchanged"]


class Closed(FakeOrders):
    """Orders nobody may open."""

    def by_ref(self, shop: ShopId, refs: Sequence[OrderRef]) -> Mapping[OrderRef, StoredOrder]:
        raise AssertionError((shop, refs))


def test_what_cannot_be_read_is_parked_whole_with_its_reason(units: FakeUnits, shop: Shop) -> None:
    assert run(units, shop, unreadable(b'{"id": 7}'), reading(OrderSeen(an_order()))) == {"parked": 1, "stored": 1}
    (parked,) = units.of(MERCHANT).parked.values()
    assert (parked.code, parked.field, parked.body, parked.shop) == ("missing", "currency", b'{"id": 7}', shop.id)


def test_a_record_that_is_read_at_last_is_parked_no_longer(units: FakeUnits, shop: Shop) -> None:
    run(units, shop, unreadable(b"body"))
    run(units, shop, reading(OrderSeen(an_order()), body=b"body"))
    assert units.of(MERCHANT).parked == {}


def test_drafts_are_skipped_and_counted(units: FakeUnits, shop: Shop) -> None:
    assert run(units, shop, reading(Ignored("checkout_draft"))) == {"skipped": 1}
    assert units.of(MERCHANT).orders == {}


def test_a_refund_joins_the_order_that_came_before_it_in_the_same_file(units: FakeUnits, shop: Shop) -> None:
    refund = RefundSeen(an_order().ref, a_refund())
    run(units, shop, reading(OrderSeen(an_order())), reading(refund, body=b"refund"))
    (stored,) = units.of(MERCHANT).orders.values()
    assert stored.order.refunds == (a_refund(),)
    assert stored.version == 1


def test_a_refund_of_an_order_nobody_knows_is_parked(units: FakeUnits, shop: Shop) -> None:
    assert run(units, shop, reading(RefundSeen(an_order().ref, a_refund()))) == {"parked": 1}
    (parked,) = units.of(MERCHANT).parked.values()
    assert parked.code == "order_unknown"


def test_a_record_of_several_events_is_applied_wholly_or_not_at_all(units: FakeUnits, shop: Shop) -> None:
    half = reading(OrderSeen(an_order()), RefundSeen(an_order("unknown").ref, a_refund()))
    assert run(units, shop, half) == {"parked": 1}
    assert units.of(MERCHANT).orders == {}


def test_importing_an_order_again_keeps_the_refund_that_joined_it_later(units: FakeUnits, shop: Shop) -> None:
    order = reading(OrderSeen(an_order()))
    run(units, shop, order, reading(RefundSeen(an_order().ref, a_refund()), body=b"refund"))
    assert run(units, shop, order) == {"unchanged": 1}


def test_an_order_keeps_the_policy_in_force_when_it_was_placed(units: FakeUnits, shop: Shop) -> None:
    with units(MERCHANT) as unit:
        unit.policies.add(a_policy("then", effective_from=PLACED - HOUR))
        unit.policies.add(a_policy("later", effective_from=PLACED + HOUR))
        unit.commit()
    run(units, shop, reading(OrderSeen(an_order())))
    run(units, shop, reading(OrderSeen(an_order(updated_at=NOW))))
    assert [stored.policy_version for stored in units.of(MERCHANT).orders.values()] == ["then"]


def test_each_batch_is_one_commit_and_queues_the_projections_of_what_it_changed(units: FakeUnits, shop: Shop) -> None:
    before = units.commits
    file = [reading(OrderSeen(an_order(str(n)))) for n in range(BATCH + 1)]
    assert run(units, shop, *file) == {"stored": BATCH + 1}
    assert units.commits - before == 2
    queued = [effect.orders for effect in units.effects(MERCHANT) if isinstance(effect, RebuildEntitlements)]
    assert sorted(len(orders) for orders in queued) == [1, BATCH]
    assert {order for orders in queued for order in orders} == set(units.of(MERCHANT).orders)


@dataclass
class Contended:
    """Units whose first saves lose to somebody else's."""

    units: FakeUnits
    lost: int

    @contextmanager
    def __call__(self, merchant: MerchantId, *, is_incoming: bool = False) -> Iterator[UnitOfWork]:
        with self.units(merchant, is_incoming=is_incoming) as unit:
            yield unit
            if self.lost:
                self.lost -= 1
                raise Conflict({"what": "order"})

    def read(self, merchant: MerchantId) -> object:
        return self.units.read(merchant)


def test_a_batch_that_lost_to_another_writer_is_tried_again(units: FakeUnits, shop: Shop, ids: FakeIds) -> None:
    file = [reading(OrderSeen(an_order()))]
    tallies = list(import_orders(file, shop=shop, units=Contended(units, lost=2), ids=ids, now=NOW))
    assert tallies == [{"stored": 1}]


def test_a_batch_that_keeps_losing_is_counted_as_failed(units: FakeUnits, shop: Shop, ids: FakeIds) -> None:
    file = [reading(OrderSeen(an_order())), unreadable(b"x")]
    tallies = list(import_orders(file, shop=shop, units=Contended(units, lost=99), ids=ids, now=NOW))
    assert tallies == [{"failed": 2}]
    assert units.of(MERCHANT).orders == units.of(MERCHANT).parked == {}
