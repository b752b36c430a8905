"""The demo's platform keeps the contract, and its reports are the platforms' own webhooks."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from integrations.platforms import TRANSLATORS
from plugin.demo.platform.books import Book, Books, Troubles
from plugin.demo.platform.records import bodies, record_of
from plugin.demo.platform.shopify_reports import refund_created
from plugin.demo.platform.woocommerce_reports import order_updated
from plugin.domain import merge
from plugin.domain.ids import ShopId
from plugin.domain.money import Money
from plugin.domain.order import Order, OrderRef, Platform
from plugin.domain.refund.ledger import open_to_refund
from plugin.domain.shop_events import OrderSeen
from plugin.ports.errors import Rejected, Unavailable, Unreadable
from plugin.ports.platform import Message
from plugin.ports.platform_actions import Exchange, NewItem, Refusal, Units
from plugin.storage.keys import KeyRing
from plugin.storage.sealer import AppSealer
from tests.build import NOW, an_order
from tests.integrations.platform_actions_contract import PlatformActionsContract, new_refunds, one_unit, whole
from tests.integrations.platform_returns_contract import PlatformReturnsContract
from tests.support.demo_platform import DemoShop, demo_order, open_demo_shop

ORDERS = {
    Platform.WOOCOMMERCE: ("3012", "2248", "3014"),
    Platform.SHOPIFY: ("5400000001042", None, None),
}
ROOT = Path(__file__).parents[2]


class DemoRig(DemoShop):
    """The orders that the contract asks for."""

    @property
    def paid(self) -> Order:
        return self._first(0) or pytest.fail("every platform has a paid order")

    @property
    def unpaid(self) -> Order | None:
        return self._first(1)

    @property
    def on_delivery(self) -> Order | None:
        """Delivered, so that the carrier has the cash."""
        order = self._first(2)
        return order and replace(order, completed=order.placed)

    @property
    def on_sale(self) -> str:
        return "502"

    def _first(self, at: int) -> Order | None:
        number = ORDERS[self.shop.platform][at]
        return demo_order(OrderRef(self.shop.platform, number), self.shop.platform) if number else None


@pytest.fixture(params=ORDERS)
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> DemoRig:
    numbers = (number for number in ORDERS[request.param] if number)
    shop = open_demo_shop(tmp_path, request.param, *numbers)
    return DemoRig(shop.shop, shop.units, shop.clock, shop.ids, shop.books)


class TestDemoPlatform(PlatformActionsContract):
    pass


class TestDemoReturns(PlatformReturnsContract):
    pass


def woocommerce(folder: Path, *numbers: str) -> DemoShop:
    return open_demo_shop(folder, Platform.WOOCOMMERCE, *(numbers or ("3012",)))


def every_order(platform: Platform) -> list[Order]:
    found = []
    for ref in bodies():
        try:
            found.append(demo_order(ref, ref.platform))
        except (Unreadable, AssertionError):
            continue  # three are there to show what parking looks like, one is an abandoned checkout
    return [order for order in found if order.ref.platform is platform]


def test_the_orders_that_woocommerce_reports_are_the_orders_as_they_were_imported() -> None:
    """What a report does not change must not change: every field but the refunds and the instants."""
    for order in every_order(Platform.WOOCOMMERCE):
        record = record_of(order)
        assert record
        (event,) = TRANSLATORS[Platform.WOOCOMMERCE].translate(order_updated(record, order, Book(), NOW))
        assert isinstance(event, OrderSeen)
        arrived = merge.merged(order, event.order).delivered
        reported = replace(event.order, updated_at=order.updated_at, delivered=arrived, refunds=order.refunds)
        assert reported == order, order.number


def test_a_woocommerce_report_has_the_shape_of_the_recorded_ones(tmp_path: Path) -> None:
    shop = woocommerce(tmp_path)
    one_unit(shop.order("3012")).of(_rig(shop))
    (waiting,) = shop.units.of(shop.shop.merchant).inbox.values()
    body = json.loads(waiting.message.body)
    recorded = json.loads((ROOT / "tests/payloads/woocommerce/orders.jsonl").read_bytes().splitlines()[0])
    (refund,) = body["refunds"]
    assert waiting.message.topic == "order.updated"
    assert set(refund) == {"id", "reason", "total"}
    assert refund["total"] == "-49.90"
    assert set(body) - set(recorded) == set()


def _rig(shop: DemoShop) -> DemoRig:
    return DemoRig(shop.shop, shop.units, shop.clock, shop.ids, shop.books)


def test_a_shopify_report_has_the_keys_of_the_official_sample(tmp_path: Path) -> None:
    shop = open_demo_shop(tmp_path, Platform.SHOPIFY, "5400000001042")
    order = shop.order("5400000001042")
    whole(order).of(_rig(shop))
    (booked,) = shop.books.read(shop.shop.id, order.ref).refunds
    record = record_of(order)
    assert record
    body = json.loads(refund_created(record, order, booked).body)
    sample = json.loads((ROOT / "tests/payloads/shopify/webhooks-official-2026-07/refunds__create.json").read_bytes())
    assert set(body) <= set(sample["payload"])
    assert set(body["refund_line_items"][0]) <= set(sample["payload"]["refund_line_items"][0])
    assert set(body["transactions"][0]) <= set(sample["payload"]["transactions"][0])


def test_an_order_paid_back_in_full_is_refunded(tmp_path: Path) -> None:
    shop = woocommerce(tmp_path)
    whole(shop.order("3012")).of(_rig(shop))
    assert shop.reported(shop.order("3012")).platform_status == "refunded"


def test_a_report_can_come_late_and_then_comes_once(tmp_path: Path) -> None:
    shop = woocommerce(tmp_path)
    order = shop.order("3012")
    shop.books.trouble(shop.shop.id, Troubles(delays_reports=True))
    one_unit(order).of(_rig(shop))
    assert new_refunds(_rig(shop), order) == []
    assert [shop.actions.report(order), shop.actions.report(order)] == [1, 0]
    assert len(new_refunds(_rig(shop), order)) == 1


def test_a_report_that_a_crash_kept_back_goes_out_with_the_next_attempt(tmp_path: Path) -> None:
    shop = woocommerce(tmp_path)
    order, asked = shop.order("3012"), one_unit(shop.order("3012"))
    dying = replace(shop.actions, deliver=_die)
    with pytest.raises(KeyboardInterrupt):
        dying.refund(asked.intent, order, idempotency_key=asked.intent.idempotency_key)
    assert new_refunds(_rig(shop), order) == []
    asked.of(_rig(shop))
    assert len(new_refunds(_rig(shop), order)) == 1


def _die(_message: Message, _key: str) -> object:
    raise KeyboardInterrupt


def test_every_process_sees_the_same_books_and_the_folder_shows_nothing(tmp_path: Path) -> None:
    sealer = AppSealer(KeyRing.generate())
    shop = open_demo_shop(tmp_path, Platform.WOOCOMMERCE, "3012", sealer=sealer)
    order = shop.order("3012")
    one_unit(order).of(_rig(shop))
    again = Books(tmp_path / "demo-shops", sealer)
    assert again.read(shop.shop.id, order.ref) == shop.books.read(shop.shop.id, order.ref)
    assert len(again.read(shop.shop.id, order.ref).refunds) == 1
    kept = b"".join(path.read_bytes() for path in (tmp_path / "demo-shops").iterdir())
    assert b"EUR" not in kept
    with pytest.raises(Unavailable):
        Books(tmp_path / "demo-shops", AppSealer(KeyRing.generate())).read(shop.shop.id, order.ref)


KILLED = """
import os, signal, sys
from pathlib import Path
from plugin.demo.platform.books import Book, Books, Deed
from plugin.domain.order import OrderRef, Platform

class Plain:
    def seal(self, plain, name): return plain
    def open(self, sealed, name): return sealed

books = Books(Path(sys.argv[1]), Plain())
for number in range(10_000):
    with books.held("shop1", OrderRef(Platform.WOOCOMMERCE, "1")) as page:
        page.write(Book(deeds=(*page.book.deeds, Deed(str(number), "note", str(number)))))
    if number == 20:
        print("begun", flush=True)
"""


class _Plain:
    def seal(self, plain: bytes, name: str) -> bytes:  # noqa: ARG002 - the port's signature
        return plain

    def open(self, sealed: bytes, name: str) -> bytes:  # noqa: ARG002 - the port's signature
        return sealed


def test_a_killed_process_leaves_whole_books_behind_and_no_lock(tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as started:
        assert started.stdout
        assert started.stdout.readline() == "begun\n"
        started.kill()
    with Books(tmp_path, _Plain()).held(_SHOP, OrderRef(Platform.WOOCOMMERCE, "1")) as page:
        assert [deed.id for deed in page.book.deeds] == [str(number) for number in range(len(page.book.deeds))]
        assert len(page.book.deeds) > 20


_SHOP = ShopId("shop1")


def test_an_order_that_is_not_the_demos_is_unknown(tmp_path: Path) -> None:
    shop = woocommerce(tmp_path)
    order = replace(shop.order("3012"), ref=an_order("77").ref)
    with pytest.raises(Rejected) as refused:
        one_unit(order).of(_rig(shop))
    assert refused.value.code == Refusal.UNKNOWN_ORDER


def test_it_can_be_told_to_refuse(tmp_path: Path) -> None:
    shop = woocommerce(tmp_path)
    shop.books.trouble(shop.shop.id, Troubles(refusal=Refusal.PAYMENT_CLOSED))
    with pytest.raises(Rejected) as refused:
        one_unit(shop.order("3012")).of(_rig(shop))
    assert refused.value.code == Refusal.PAYMENT_CLOSED


def test_what_was_sent_is_not_cancelled_and_what_was_not_is(tmp_path: Path) -> None:
    shop = woocommerce(tmp_path, "3012", "3014")
    with pytest.raises(Rejected) as refused:
        shop.actions.cancel_order(shop.order("3012"), restock=True, idempotency_key="c1")
    assert refused.value.code == Refusal.WRONG_STATE
    waiting = replace(shop.order("3014"), fulfilments=())
    shop.actions.cancel_order(waiting, restock=True, idempotency_key="c2")
    assert shop.books.read(shop.shop.id, waiting.ref).is_cancelled


def test_an_exchange_asks_for_what_the_new_goods_cost_more_and_for_nothing_when_they_cost_less(tmp_path: Path) -> None:
    shop = woocommerce(tmp_path)
    order = shop.order("3012")
    back, lantern = (Units(order.lines[0].id, 1),), (NewItem("502", 1),)
    dearer = Exchange(order, back, Money(4000, "EUR"), lantern)
    cheaper = Exchange(order, back, Money(6000, "EUR"), lantern)
    assert shop.actions.create_exchange(dearer, idempotency_key="e1").due == Money(990, "EUR")
    assert shop.actions.create_exchange(cheaper, idempotency_key="e2").due is None
    unknown = Exchange(order, back, Money(1, "EUR"), (NewItem("nothing", 1),))
    with pytest.raises(Rejected) as refused:
        shop.actions.create_exchange(unknown, idempotency_key="e3")
    assert refused.value.code == Refusal.INVALID


def test_notes_restocking_and_cancelled_fulfilments_are_on_the_books(tmp_path: Path) -> None:
    shop = open_demo_shop(tmp_path, Platform.SHOPIFY, "5400000001042")
    order = shop.order("5400000001042")
    units = (Units(order.lines[0].id, 1),)
    shop.actions.note(order, "Claim 7 was granted", idempotency_key="n")
    shop.actions.restock(order, units, idempotency_key="r")
    shop.actions.cancel_fulfilment(order, units, idempotency_key="f")
    deeds = shop.books.read(shop.shop.id, order.ref).deeds
    assert [deed.kind for deed in deeds] == ["note", "restock", "cancel_fulfilment"]
    assert open_to_refund(order, []) == order.total
