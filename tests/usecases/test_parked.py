from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from plugin.domain.connection import Connection, Credentials
from plugin.domain.effects import RereadOrder
from plugin.domain.errors import NotFound
from plugin.domain.ids import MerchantId, ParkedId
from plugin.domain.order import Platform
from plugin.domain.shop import Shop
from plugin.domain.shop_events import OrderSeen, ProductSeen, RefundSeen, Reread, Subject
from plugin.domain.stored import ParkedRecord
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.dismiss_parked import dismiss_parked
from plugin.usecases.retry_parked import retry_parked
from tests.build import MERCHANT, NOW, a_product, a_refund, an_order
from tests.fakes.sources import FakeIds, FakeTranslator
from tests.fakes.units import FakeUnits


def park(
    units: FakeUnits, shop: Shop, body: bytes, code: str = "not_json", record: str = "p1", topic: str = ""
) -> ParkedId:
    parked = ParkedRecord(ParkedId(record), shop.id, shop.platform, topic, code, "", body, NOW)
    with units(MERCHANT) as unit:
        unit.parked.add([parked])
        unit.commit()
    return parked.id


def retry(units: FakeUnits, translator: FakeTranslator, ids: FakeIds, records: list[ParkedId] | None = None) -> dict:
    translators = {Platform.WOOCOMMERCE: translator}
    return retry_parked(records, merchant=MERCHANT, translators=translators, units=units, ids=ids, now=NOW)


def test_a_record_that_can_be_read_by_now_is_stored_and_parked_no_longer(
    units: FakeUnits, shop: Shop, translator: FakeTranslator, ids: FakeIds
) -> None:
    record = park(units, shop, translator.says(b"order", OrderSeen(an_order())))
    assert retry(units, translator, ids, [record]) == {"stored": 1}
    assert units.of(MERCHANT).parked == {}
    assert [stored.order for stored in units.of(MERCHANT).orders.values()] == [an_order()]


def test_a_message_that_can_be_applied_by_now_is_stored_too(
    units: FakeUnits, shop: Shop, translator: FakeTranslator, ids: FakeIds
) -> None:
    park(units, shop, translator.says(b"order", OrderSeen(an_order())), "missing", topic="order.updated")
    assert retry(units, translator, ids) == {"stored": 1}
    assert units.of(MERCHANT).parked == {}


def test_a_parked_product_that_can_be_read_by_now_is_kept(
    units: FakeUnits, shop: Shop, translator: FakeTranslator, ids: FakeIds
) -> None:
    park(units, shop, translator.says(b"product", ProductSeen(a_product())))
    assert retry(units, translator, ids) == {"stored": 1}
    assert units.of(MERCHANT).parked == {}
    assert units.of(MERCHANT).products == {(shop.id, "501"): a_product()}


def test_a_record_that_still_cannot_be_read_stays_with_its_attempts_counted(
    units: FakeUnits, shop: Shop, translator: FakeTranslator, ids: FakeIds
) -> None:
    park(units, shop, b"garbage")
    assert retry(units, translator, ids) == {"parked": 1}
    (parked,) = units.of(MERCHANT).parked.values()
    assert (parked.id, parked.attempts, parked.body) == ("p1", 2, b"garbage")


def test_a_hint_is_followed_once_its_shop_is_connected(
    units: FakeUnits, shop: Shop, translator: FakeTranslator, ids: FakeIds
) -> None:
    hint = translator.says(b"hint", Reread(Subject.ORDER, Platform.WOOCOMMERCE, "1001"))
    park(units, shop, hint, "needs_reread", topic="order.deleted")
    assert retry(units, translator, ids) == {"parked": 1}
    with units(MERCHANT) as unit:
        unit.connections.save(Connection(shop.id, Credentials("key", "secret"), connected_at=NOW, due_at=NOW))
        unit.commit()
    assert retry(units, translator, ids) == {"reread": 1}
    assert units.effects(MERCHANT) == [RereadOrder(MERCHANT, shop.id, "1001")]
    assert units.of(MERCHANT).parked == {}


def test_a_refund_is_retried_after_the_order_it_waits_for(
    units: FakeUnits, shop: Shop, translator: FakeTranslator, ids: FakeIds
) -> None:
    park(units, shop, translator.says(b"refund", RefundSeen(an_order().ref, a_refund())), "order_unknown", "p1")
    park(units, shop, translator.says(b"order", OrderSeen(an_order())), "missing", "p2")
    assert retry(units, translator, ids) == {"stored": 2}


def test_retrying_a_record_nobody_parked_retries_nothing(
    units: FakeUnits, shop: Shop, translator: FakeTranslator, ids: FakeIds
) -> None:
    known = park(units, shop, translator.says(b"order", OrderSeen(an_order())))
    with pytest.raises(NotFound):
        retry(units, translator, ids, [known, ParkedId("unknown")])
    assert units.of(MERCHANT).orders == {}


def test_a_record_that_is_dismissed_before_its_turn_is_passed_over(
    units: FakeUnits, shop: Shop, translator: FakeTranslator, ids: FakeIds
) -> None:
    class Meanwhile(FakeUnits):
        @contextmanager
        def read(self, merchant: MerchantId) -> Iterator[UnitOfWork]:
            with FakeUnits.read(self, merchant) as unit:
                yield unit
            dismiss_parked([ParkedId("p2")], merchant=merchant, units=self)

    park(units, shop, b"garbage", record="p1")
    park(units, shop, b"rubbish", record="p2")
    quicker = Meanwhile(units.tables)
    assert retry(quicker, translator, ids) == {"parked": 1}
    assert list(quicker.of(MERCHANT).parked) == ["p1"]


def test_dismissing_removes_all_named_records_or_none(units: FakeUnits, shop: Shop) -> None:
    known = park(units, shop, b"garbage")
    with pytest.raises(NotFound):
        dismiss_parked([known, ParkedId("unknown")], merchant=MERCHANT, units=units)
    assert known in units.of(MERCHANT).parked
    dismiss_parked([known], merchant=MERCHANT, units=units)
    assert units.of(MERCHANT).parked == {}
