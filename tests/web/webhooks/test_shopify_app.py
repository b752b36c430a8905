"""What Shopify asks of the app itself: letting a shop go, looking again, and what privacy law asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

import pytest

from plugin.domain.connection import Connection
from plugin.domain.disconnection import Disconnection, DisconnectionState
from plugin.domain.order import Order
from plugin.domain.shop import Shop
from plugin.domain.shop_token import ShopToken
from plugin.usecases.disconnect_shop import disconnect_shop
from plugin.usecases.retry_parked import retry_parked
from tests.integrations.shopify.samples import sample
from tests.support.admin import Installation
from tests.support.shopify_live import ShopifyLive, at_shopify

DAY = timedelta(days=1)
ORDER = "orders/updated"
GONE = "app/uninstalled"


@pytest.fixture
def live(installation: Installation) -> ShopifyLive:
    return at_shopify(installation)


@pytest.fixture
def shop(live: ShopifyLive) -> Shop:
    return live.take_in()


def on_record(live: ShopifyLive, shop: Shop) -> tuple[ShopToken | None, Connection | None, Disconnection | None]:
    with live.installation.deps.units.read(shop.merchant) as unit:
        return unit.shop_tokens.get(shop.id), unit.connections.get(shop.id), unit.disconnections.get(shop.id)


def orders(live: ShopifyLive, shop: Shop) -> list[Order]:
    with live.installation.deps.units.read(shop.merchant) as unit:
        return [stored.order for stored in unit.orders.batch(shop.id, None, 10)]


def an_order_of(live: ShopifyLive, shop: Shop, email: str | None = "ida@example.com") -> str:
    """Have one on record, as a reading stores it, and say its id."""
    rest(live, shop)
    payload = {**sample(ORDER), "email": email, "contact_email": email, "customer": None}
    assert live.deliver(ORDER, payload).status_code == HTTPStatus.OK
    assert live.drain()["stored"] == 1
    (order,) = orders(live, shop)
    return order.ref.external_id


def rest(live: ShopifyLive, shop: Shop) -> None:
    """A shop that nobody can ask: what it sends is taken as it is."""
    with live.installation.deps.units(shop.merchant) as unit:
        connection = unit.connections.get(shop.id)
        assert connection
        unit.connections.save(replace(connection, due_at=None))
        unit.commit()


def test_an_uninstalled_app_forgets_its_tokens_and_keeps_what_was_read(live: ShopifyLive, shop: Shop) -> None:
    an_order_of(live, shop)
    live.deliver(GONE, sample(GONE))
    live.drain()
    token, connection, left = on_record(live, shop)
    assert (token, connection) == (None, None)
    assert left is not None
    assert left.state is DisconnectionState.REMOVED
    assert len(orders(live, shop)) == 1
    assert live.parked(shop) == []
    assert live.waiting() == []


def test_a_shop_that_comes_back_is_the_same_and_an_old_goodbye_does_not_let_it_go_again(
    live: ShopifyLive, shop: Shop
) -> None:
    left_at = live.installation.clock.now()
    live.deliver(GONE, sample(GONE))
    live.drain()
    live.installation.clock.advance(DAY)
    assert live.take_in() == shop
    live.deliver(GONE, sample(GONE), triggered_at=left_at.isoformat())
    assert live.drain() == {"outdated": 1}
    token, connection, left = on_record(live, shop)
    assert token is not None
    assert connection is not None
    assert left is None
    live.installation.clock.advance(DAY)
    live.deliver(GONE, sample(GONE))
    live.drain()
    assert on_record(live, shop)[:2] == (None, None)


def test_letting_a_shop_go_here_forgets_its_tokens_and_it_tells_nothing_more(live: ShopifyLive, shop: Shop) -> None:
    at = live.installation.deps
    assert disconnect_shop(shop, units=at.units, now=at.clock.now()).state is DisconnectionState.REMOVED
    assert on_record(live, shop)[:2] == (None, None)
    assert live.installation.jobs.waiting == []
    assert live.deliver(ORDER, sample(ORDER)).status_code == HTTPStatus.OK
    assert live.waiting() == []
    live.deliver("customers/redact", sample("customers/redact"))
    assert [message.topic for message in live.waiting()] == ["customers/redact"]


def test_changed_access_has_the_shop_read_at_once_though_reading_rested(live: ShopifyLive, shop: Shop) -> None:
    rest(live, shop)
    live.deliver("app/scopes_update", sample("app/scopes_update"))
    live.drain()
    connection = on_record(live, shop)[1]
    assert connection
    assert connection.due_at == live.installation.clock.now()


@pytest.mark.parametrize("named_by", ["email", "order"])
def test_a_shopper_who_is_to_be_forgotten_is_and_the_facts_remain(live: ShopifyLive, shop: Shop, named_by: str) -> None:
    number = an_order_of(live, shop)
    (before,) = orders(live, shop)
    by_email = {"customer": {"id": 1, "email": "IDA@example.com", "phone": None}, "orders_to_redact": []}
    by_order = {"customer": {"id": 1, "email": None, "phone": "1"}, "orders_to_redact": [int(number), 299938]}
    live.deliver("customers/redact", by_email if named_by == "email" else by_order)
    assert live.drain() == {"stored": 1}
    (after,) = orders(live, shop)
    assert before.shopper.email == "ida@example.com"
    assert after.shopper.is_erased
    assert after.lines == before.lines
    assert live.parked(shop) == []


def test_whoever_cannot_be_found_by_an_address_is_left_to_the_merchant(live: ShopifyLive, shop: Shop) -> None:
    number = an_order_of(live, shop, email=None)
    live.deliver("customers/redact", {"customer": {"id": 1}, "orders_to_redact": [int(number)]})
    live.drain()
    assert [record.code for record in live.parked(shop)] == ["erasure_incomplete"]


def test_what_only_the_merchant_can_answer_is_parked_and_stays_so(live: ShopifyLive, shop: Shop) -> None:
    for topic in ("customers/data_request", "shop/redact"):
        live.deliver(topic, sample(topic))
    assert live.drain() == {"parked": 2}
    at = live.installation.deps
    ports = {"translators": at.translators, "units": at.units, "ids": at.ids, "now": at.clock.now()}
    retry_parked(None, merchant=shop.merchant, **ports)  # type: ignore[arg-type]  # its ports
    assert sorted(record.code for record in live.parked(shop)) == ["data_asked", "shop_erasure_asked"]
