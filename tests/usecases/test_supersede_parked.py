"""A parked order leaves once it comes in repaired, by file or by webhook; nothing else leaves with it."""

import json
from collections import Counter
from datetime import timedelta

import pytest

from plugin.domain.order import Order, Platform
from plugin.domain.shop import Shop
from plugin.domain.shop_events import OrderSeen, RefundSeen, ShopEvent
from plugin.ports.platform import Message
from plugin.usecases.accept_delivery import accept_delivery
from plugin.usecases.drain_inbox import drain_inbox
from plugin.usecases.import_orders import import_orders
from plugin.usecases.read_record import Fault, Reading
from tests.build import MERCHANT, NOW, a_refund, an_order
from tests.fakes.sources import FakeIds, FakeTranslator
from tests.fakes.units import FakeUnits

SEVEN = an_order("7")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def ids() -> FakeIds:
    return FakeIds()


class Store:
    """One shop that files and webhooks come into."""

    def __init__(self, units: FakeUnits, shop: Shop, ids: FakeIds, translator: FakeTranslator) -> None:
        self.units, self.shop, self.ids, self.translator = units, shop, ids, translator

    def by_file(self, body: bytes, *events: ShopEvent) -> None:
        reading = Reading("", body, events or Fault("malformed", "total"))
        sum(import_orders([reading], shop=self.shop, units=self.units, ids=self.ids, now=NOW), Counter())

    def by_webhook(self, body: bytes, *events: ShopEvent) -> None:
        if events:
            self.translator.says(body, *events)
        message = Message("order.updated", body, {})
        accept_delivery(message, "key", shop=self.shop, units=self.units, ids=self.ids, now=NOW)
        translators = {Platform.WOOCOMMERCE: self.translator}
        assert drain_inbox(self.units, translators=translators, units=self.units, ids=self.ids, now=NOW, limit=10)

    def parked(self) -> list[bytes]:
        return [record.body for record in self.units.of(MERCHANT).parked.values()]


@pytest.fixture
def store(units: FakeUnits, shop: Shop, ids: FakeIds, translator: FakeTranslator) -> Store:
    return Store(units, shop, ids, translator)


def body(order: Order, **facts: object) -> bytes:
    changed = order.updated_at.replace(tzinfo=None).isoformat()
    record = {"id": int(order.ref.external_id), "order_key": "wc_1", "date_modified_gmt": changed, **facts}
    return json.dumps(record).encode()


BROKEN = body(SEVEN, total="broken")


@pytest.mark.parametrize("parked_by", ["by_file", "by_webhook"])
@pytest.mark.parametrize("repaired_by", ["by_file", "by_webhook"])
def test_an_order_that_comes_in_repaired_is_parked_no_longer(store: Store, parked_by: str, repaired_by: str) -> None:
    getattr(store, parked_by)(BROKEN)
    assert store.parked() == [BROKEN]
    getattr(store, repaired_by)(body(an_order("8")), OrderSeen(an_order("8")))
    assert store.parked() == [BROKEN], "another order repairs nothing"
    getattr(store, repaired_by)(body(SEVEN), OrderSeen(SEVEN))
    assert store.parked() == []


def test_a_refund_of_the_order_repairs_nothing(store: Store) -> None:
    store.by_file(body(SEVEN), OrderSeen(SEVEN))
    newer = body(SEVEN, total="broken", date_modified_gmt="2099-01-01T00:00:00")
    store.by_file(newer)
    store.by_file(b"{}", RefundSeen(SEVEN.ref, a_refund()))
    assert store.parked() == [newer]


def test_a_parked_state_newer_than_the_one_that_came_in_stays(store: Store) -> None:
    newer = body(an_order("7", updated_at=SEVEN.updated_at + MINUTE), total="broken")
    store.by_webhook(newer)
    store.by_webhook(body(SEVEN), OrderSeen(SEVEN))
    assert store.parked() == [newer]
    repaired = an_order("7", updated_at=SEVEN.updated_at + MINUTE)
    store.by_webhook(body(repaired), OrderSeen(repaired))
    assert store.parked() == []


def test_an_old_state_that_comes_in_repaired_after_a_newer_one_is_parked_no_longer(store: Store) -> None:
    newer = an_order("7", updated_at=SEVEN.updated_at + MINUTE)
    store.by_file(body(newer), OrderSeen(newer))
    store.by_file(BROKEN)
    store.by_file(body(SEVEN), OrderSeen(SEVEN))
    assert store.parked() == []


def test_a_parked_state_without_a_readable_date_leaves_only_when_its_order_is_stored(store: Store) -> None:
    store.by_file(body(SEVEN), OrderSeen(SEVEN))
    undated = body(SEVEN, date_modified_gmt="yesterday")
    store.by_file(undated)
    store.by_file(body(SEVEN), OrderSeen(SEVEN))
    assert store.parked() == [undated], "the order on record may be the older one"
    newer = an_order("7", updated_at=SEVEN.updated_at + MINUTE)
    store.by_file(body(newer), OrderSeen(newer))
    assert store.parked() == []


def test_a_file_with_both_states_changes_nothing_when_it_comes_again(store: Store) -> None:
    undated = body(SEVEN, date_modified_gmt=None)
    file = [Reading("", body(SEVEN), (OrderSeen(SEVEN),)), Reading("", undated, Fault("malformed", "date"))]
    for _ in range(2):
        sum(import_orders(file, shop=store.shop, units=store.units, ids=store.ids, now=NOW), Counter())
        assert store.parked() == [undated]
