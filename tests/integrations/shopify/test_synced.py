"""A Shopify shop that is connected: polled, read again and swept as the worker does it, against one on loopback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from integrations.guarded_http import open_session
from integrations.platforms import TRANSLATORS
from integrations.platforms.shopify.admin_api.client import Line
from integrations.platforms.shopify.sync.source import ShopifySource
from plugin.domain.connection import Connection, Credentials
from plugin.domain.effects import RereadOrder
from plugin.domain.order import OrderRef, Platform
from plugin.domain.stored import StoredOrder
from plugin.ports.connections import DuePoll
from plugin.ports.platform import Message
from plugin.usecases.accept_delivery import accept_delivery
from plugin.usecases.drain_inbox import drain_inbox
from plugin.usecases.keep_hooks import keep_hooks
from plugin.usecases.poll_shop import poll_shop
from plugin.usecases.reread_order import RereadMeans, reread_order
from plugin.usecases.sweep_shop import sweep_shop
from tests.build import MERCHANT, a_shop
from tests.fakes.sources import FakeClock, FakeIds, FakeSecrets
from tests.fakes.units import FakeUnits
from tests.integrations.shopify.nodes import a_node
from tests.integrations.shopify.records import an_order, recorded
from tests.integrations.shopify.samples import an_order as a_body
from tests.support.shopify_admin.server import TOKEN
from tests.support.shopify_admin.shop import AdminShop, shop_on_line

BEGAN = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass
class Synced:
    """The platform's side, and ours."""

    shop: AdminShop
    units: FakeUnits = field(default_factory=FakeUnits)
    ids: FakeIds = field(default_factory=FakeIds)

    def __post_init__(self) -> None:
        line = Line(self.shop.server.origin, lambda _: None, lambda: 0.0)
        source = ShopifySource(lambda: open_session(allows_private=True, timeouts=(2, 20)), line=line)
        self.means = RereadMeans({Platform.SHOPIFY: source}, TRANSLATORS, self.units, self.ids)
        self.ours = a_shop(platform=Platform.SHOPIFY, address="nordkap.myshopify.com")
        with self.units(MERCHANT) as unit:
            unit.shops.add(self.ours)
            unit.connections.save(Connection(self.ours.id, Credentials(TOKEN, ""), BEGAN - 3 * DAY))
            unit.commit()
        keep_hooks(
            self.ours.id,
            merchant=MERCHANT,
            public_url=None,
            webhooks={},
            units=self.units,
            secrets=FakeSecrets(),
            now=BEGAN,
        )

    def poll(self, fault: str | None = None) -> Connection:
        means = self.means
        ports = {"translators": means.translators, "units": self.units, "ids": self.ids, "clock": FakeClock(BEGAN)}
        polled = poll_shop(DuePoll(MERCHANT, self.ours.id), sources=means.sources, **ports)  # type: ignore[arg-type]  # its ports
        assert (polled.fault, polled.tally["parked"]) == (fault, 0)
        with self.units.read(MERCHANT) as unit:
            connection = unit.connections.get(self.ours.id)
        assert connection
        return connection

    def hear(self, topic: str, body: bytes) -> list[str]:
        """What became of a delivery."""
        accept_delivery(Message(topic, body, {}), topic, shop=self.ours, units=self.units, ids=self.ids, now=BEGAN)
        ports = {"translators": TRANSLATORS, "units": self.units, "ids": self.ids, "now": BEGAN, "limit": 10}
        return list(drain_inbox(self.units, **ports))  # type: ignore[arg-type]  # its ports

    def stored(self) -> dict[str, StoredOrder]:
        refs = [OrderRef(Platform.SHOPIFY, gid.rpartition("/")[2]) for gid in self.shop.orders]
        with self.units.read(MERCHANT) as unit:
            return {ref.external_id: order for ref, order in unit.orders.by_ref(self.ours.id, refs).items()}


@pytest.fixture
def synced() -> Iterator[Synced]:
    with shop_on_line(AdminShop(now=BEGAN)) as shop:
        yield Synced(shop)


def test_everything_is_stored_at_first_and_later_what_changed(synced: Synced) -> None:
    synced.shop.add(*(an_order(number) for number in range(1, 5)))
    first = synced.poll()
    assert (sorted(synced.stored()), first.first) == (["1", "2", "3", "4"], None)
    synced.shop.add(an_order(5, updatedAt="2026-11-22T13:00:00Z"))
    assert synced.poll().read_until == datetime(2026, 11, 22, 12, 59, 59, tzinfo=UTC)
    assert sorted(synced.stored()) == ["1", "2", "3", "4", "5"]
    assert synced.shop.server.names().count("BulkStart") == 2, "one for the products, one for the orders"


def test_a_file_that_takes_long_is_told_and_come_back_for_by_the_next_poll(synced: Synced) -> None:
    synced.shop.add(an_order(1))
    synced.shop.bulk.takes = 8
    waiting = synced.poll("shop_gathering")
    assert waiting.first
    assert waiting.due_at
    assert (waiting.first.place.done, waiting.due_at > BEGAN, synced.stored()) == (0, True, {})
    assert synced.poll("shop_gathering").catalogue_at == BEGAN
    assert synced.poll().fault is None
    assert sorted(synced.stored()) == ["1"]
    assert synced.shop.server.names().count("BulkStart") == 2, "one for the products, one for the orders"


def test_products_that_change_while_their_file_is_gathered_are_asked_for_later(synced: Synced) -> None:
    """A poll hours later takes the file as what it is: of the instant it was begun."""
    synced.shop.now = BEGAN - 3 * timedelta(hours=1)
    synced.shop.bulk.takes = 8
    synced.poll("shop_gathering")
    assert synced.poll("shop_gathering").catalogue_at == synced.shop.now


def test_an_order_that_is_read_again_keeps_the_refunds_its_record_lists(synced: Synced) -> None:
    synced.shop.add(an_order(1, refunds=[recorded(each) for each in a_node()["refunds"]], returnStatus="RETURNED"))
    synced.poll()
    again = reread_order("1", merchant=MERCHANT, shop=synced.ours.id, means=synced.means, now=BEGAN)
    assert again == "unchanged"
    assert [refund.id for refund in synced.stored()["1"].order.refunds] == ["44"]


def test_a_message_that_only_names_a_return_has_its_order_read_again(synced: Synced) -> None:
    synced.shop.add(an_order(1))
    synced.poll()
    line = {"fulfillmentLineItemId": "gid://shopify/FulfillmentLineItem/1", "quantity": 1, "returnReason": "OTHER"}
    made = synced.shop.returns.request({"orderId": "gid://shopify/Order/1", "returnLineItems": [line]})["return"]
    hint = json.dumps({"admin_graphql_api_id": made["id"]}).encode()
    assert synced.hear("returns/update", hint) == ["reread"]
    (asked,) = (each for each in synced.units.effects(MERCHANT) if isinstance(each, RereadOrder))
    ids = {"merchant": MERCHANT, "shop": synced.ours.id}
    assert reread_order(asked.order, **ids, means=synced.means, now=BEGAN, subject=asked.subject) == "stored"  # type: ignore[arg-type]  # ids by name
    (stored,) = synced.stored()["1"].order.returns
    assert (stored.status, [each.quantity for each in stored.lines]) == ("requested", [1])
    assert reread_order("404", **ids, means=synced.means, now=BEGAN, subject=asked.subject) == "unknown"  # type: ignore[arg-type]  # ids by name


@pytest.mark.parametrize("scopes", [(), ("read_all_orders",)])
def test_an_order_too_old_to_be_shown_is_not_taken_for_deleted(synced: Synced, scopes: tuple[str, ...]) -> None:
    synced.shop.add(an_order(1), an_order(2))
    synced.poll()
    hidden = synced.shop.orders.pop("gid://shopify/Order/1")
    synced.shop.scopes += scopes
    sweep_shop(synced.ours.id, merchant=MERCHANT, means=synced.means, now=BEGAN)
    synced.shop.add(hidden)
    assert synced.stored()["1"].is_gone == bool(scopes), "where all orders are shown, one that is not is gone"


def test_an_order_too_old_to_be_shown_is_taken_at_the_word_of_the_message_about_it(synced: Synced) -> None:
    """A younger one is asked for, and kept out where the shop has none of it any more."""
    synced.poll()
    old = {**a_body(), "processed_at": "2026-09-01T09:00:00+02:00"}
    young = {**a_body(), "processed_at": "2026-11-20T09:00:00+02:00"}
    assert synced.hear("orders/updated", json.dumps(young).encode()) == ["reread"]
    assert synced.hear("orders/updated", json.dumps(old).encode()) == ["stored"]


def test_once_all_orders_are_shown_the_older_ones_come_with_the_daily_comparison(synced: Synced) -> None:
    synced.shop.add(an_order(2))
    synced.poll()
    older = an_order(1, processedAt="2026-03-01T09:00:00Z", updatedAt="2026-03-02T09:00:00Z")
    synced.shop.scopes += ("read_all_orders",)
    synced.shop.add(older)
    synced.poll()
    assert sorted(synced.stored()) == ["2"], "what did not change since is not among the changes"
    sweep_shop(synced.ours.id, merchant=MERCHANT, means=synced.means, now=BEGAN)
    assert sorted(synced.stored()) == ["1", "2"]
