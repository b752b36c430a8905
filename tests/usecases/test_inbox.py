from collections import Counter
from datetime import datetime, timedelta

from plugin.domain.order import Platform
from plugin.domain.shop import Shop
from plugin.domain.shop_events import OrderSeen, ProductSeen, RefundSeen, Reread, Subject
from plugin.ports.platform import Message
from plugin.usecases.accept_delivery import accept_delivery
from plugin.usecases.drain_inbox import drain_inbox
from tests.build import MERCHANT, NOW, a_product, a_refund, an_order
from tests.fakes.sources import FakeIds, FakeTranslator
from tests.fakes.units import FakeUnits

ORDER, REFUND = b'{"order":1}', b'{"refund":1}'
REFUND_SEEN = RefundSeen(an_order().ref, a_refund())
LONG = timedelta(hours=3)


def accept(units: FakeUnits, shop: Shop, body: bytes, key: str = "k1", at: datetime = NOW) -> bool:
    message = Message("order.updated", body, {"X-WC-Webhook-ID": "20"})
    return accept_delivery(message, key, shop=shop, units=units, ids=FakeIds() if key == "k1" else OTHER, now=at)


OTHER = FakeIds()
for _ in range(100):
    OTHER.new()


def drain(units: FakeUnits, translator: FakeTranslator, at: datetime = NOW) -> Counter[str]:
    ids = FakeIds()
    for _ in range(1000):
        ids.new()
    translators = {Platform.WOOCOMMERCE: translator}
    return drain_inbox(units, translators=translators, units=units, ids=ids, now=at, limit=10)


def test_accepting_a_delivery_keeps_it_and_does_nothing_else(units: FakeUnits, shop: Shop) -> None:
    assert accept(units, shop, ORDER)
    rows = units.of(MERCHANT)
    (waiting,) = rows.inbox.values()
    assert waiting.message.body == ORDER
    assert waiting.message.headers == (("x-wc-webhook-id", "20"),)
    assert (rows.orders, rows.effects, rows.parked) == ({}, [], {})


def test_a_delivery_that_is_waiting_already_is_not_kept_twice(units: FakeUnits, shop: Shop) -> None:
    accept(units, shop, ORDER)
    assert not accept(units, shop, ORDER)
    assert len(units.of(MERCHANT).inbox) == 1


def test_a_due_message_is_applied_and_forgotten(units: FakeUnits, shop: Shop, translator: FakeTranslator) -> None:
    accept(units, shop, translator.says(ORDER, OrderSeen(an_order())))
    assert drain(units, translator) == {"stored": 1}
    rows = units.of(MERCHANT)
    assert [stored.order for stored in rows.orders.values()] == [an_order()]
    assert rows.inbox == {}
    assert len(rows.effects) == 1


def test_a_product_that_is_announced_is_kept(units: FakeUnits, shop: Shop, translator: FakeTranslator) -> None:
    accept(units, shop, translator.says(b"product", ProductSeen(a_product())))
    assert drain(units, translator) == {"stored": 1}
    assert units.of(MERCHANT).products == {(shop.id, "501"): a_product()}


def test_a_message_that_is_leased_is_not_handed_out_again_until_the_lease_runs_out(
    units: FakeUnits, shop: Shop, translator: FakeTranslator
) -> None:
    accept(units, shop, translator.says(ORDER, OrderSeen(an_order())))
    units.lease(NOW, NOW + timedelta(minutes=2), 10)
    assert drain(units, translator, NOW + timedelta(minutes=1)) == {}
    assert drain(units, translator, NOW + timedelta(minutes=2)) == {"stored": 1}


def test_a_refund_that_came_before_its_order_waits_for_it(
    units: FakeUnits, shop: Shop, translator: FakeTranslator
) -> None:
    accept(units, shop, translator.says(REFUND, REFUND_SEEN), key="refund")
    assert drain(units, translator) == {"retried": 1}
    assert drain(units, translator) == {}
    accept(units, shop, translator.says(ORDER, OrderSeen(an_order())))
    assert drain(units, translator) == {"stored": 1}
    assert drain(units, translator, NOW + timedelta(seconds=30)) == {"stored": 1}
    (stored,) = units.of(MERCHANT).orders.values()
    assert stored.order.refunds == (a_refund(),)


def test_what_waits_in_vain_is_parked_whole(units: FakeUnits, shop: Shop, translator: FakeTranslator) -> None:
    accept(units, shop, translator.says(REFUND, REFUND_SEEN))
    tallies = [drain(units, translator, NOW + LONG * n) for n in range(9)]
    assert [next(iter(tally)) for tally in tallies] == ["retried"] * 8 + ["parked"]
    (parked,) = units.of(MERCHANT).parked.values()
    assert (parked.code, parked.body, parked.topic) == ("order_unknown", REFUND, "order.updated")
    assert units.of(MERCHANT).inbox == {}


def test_what_cannot_be_read_is_parked_at_once(units: FakeUnits, shop: Shop, translator: FakeTranslator) -> None:
    accept(units, shop, b"<html>")
    assert drain(units, translator) == {"parked": 1}
    assert [record.body for record in units.of(MERCHANT).parked.values()] == [b"<html>"]


def test_a_hint_is_parked_so_that_nothing_is_lost(units: FakeUnits, shop: Shop, translator: FakeTranslator) -> None:
    accept(units, shop, translator.says(ORDER, Reread(Subject.ORDER, Platform.WOOCOMMERCE, "1001")))
    assert drain(units, translator) == {"parked": 1}
    assert [(r.code, r.field) for r in units.of(MERCHANT).parked.values()] == [("needs_reread", "order")]


def test_a_message_that_breaks_the_reader_does_not_hold_up_the_next(
    units: FakeUnits, shop: Shop, translator: FakeTranslator
) -> None:
    translator.meanings[b"poison"] = RecursionError()
    accept(units, shop, b"poison", key="poison", at=NOW - timedelta(hours=1))
    accept(units, shop, translator.says(ORDER, OrderSeen(an_order())))
    assert drain(units, translator) == {"retried": 1, "stored": 1}
    for n in range(1, 9):
        drain(units, translator, NOW + LONG * n)
    assert [(r.code, r.field) for r in units.of(MERCHANT).parked.values()] == [("apply_failed", "RecursionError")]
