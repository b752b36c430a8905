"""What Shopify asks of the app itself: letting a shop go, looking again, and what privacy law asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

import pytest

from plugin.domain.connection import Connection
from plugin.domain.data_request import AskedThrough, Sought
from plugin.domain.disconnection import Disconnection, DisconnectionState
from plugin.domain.effects import PackPersonData
from plugin.domain.ids import InboxId, OrderId
from plugin.domain.order import Order, OrderRef, Platform, Shopper
from plugin.domain.shop import Shop
from plugin.domain.shop_token import ShopToken
from plugin.domain.stored import InboxMessage, StoredOrder
from plugin.domain.tracking.push import PushId
from plugin.ports.claim_drafts import LinkRequest
from plugin.usecases.disconnect_shop import disconnect_shop
from tests.build import a_shop, an_order
from tests.integrations.shopify.samples import sample
from tests.storage.parcel_attempts import CARRIER_ACCOUNT, PUSH
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
    live.rest(shop)
    payload = {**sample(ORDER), "email": email, "contact_email": email, "customer": None}
    assert live.deliver(ORDER, payload).status_code == HTTPStatus.OK
    assert live.drain()["stored"] == 1
    (order,) = orders(live, shop)
    return order.ref.external_id


def test_an_uninstalled_app_forgets_its_tokens_and_keeps_what_was_read(live: ShopifyLive, shop: Shop) -> None:
    an_order_of(live, shop)
    live.deliver(GONE, sample(GONE))
    live.drain()
    token, connection, left = on_record(live, shop)
    assert (token, connection) == (None, None)
    assert left is None  # nobody here let it go: whoever installs the app again is let in
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


def test_a_goodbye_without_a_date_has_the_shop_asked(live: ShopifyLive, shop: Shop) -> None:
    live.rest(shop)
    live.deliver(GONE, sample(GONE), triggered_at="yesterday")
    assert live.drain() == {"stored": 1}
    token, connection, _ = on_record(live, shop)
    assert token is not None
    assert connection
    assert connection.due_at == live.installation.clock.now()


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
    live.rest(shop)
    live.deliver("app/scopes_update", sample("app/scopes_update"))
    live.drain()
    connection = on_record(live, shop)[1]
    assert connection
    assert connection.due_at == live.installation.clock.now()


def test_changed_access_takes_the_shop_from_nobody_who_reads_it(live: ShopifyLive, shop: Shop) -> None:
    lease, now = live.installation.deps.connection_lease.lease_polls, live.installation.clock.now()
    assert [due.shop for due in lease(now, now + DAY, 10)] == [shop.id]
    live.deliver("app/scopes_update", sample("app/scopes_update"))
    assert live.drain() == {"stored": 1}
    assert lease(now, now + DAY, 10) == []


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


@pytest.mark.parametrize("named_by", ["email", "order"])
def test_what_waits_about_a_shopper_who_is_to_be_forgotten_goes_as_by_the_command(
    live: ShopifyLive, shop: Shop, named_by: str
) -> None:
    number = an_order_of(live, shop)
    bodies = (b"ida@example.com", f'{{"order_id": {number}}}'.encode(), b"jo@example.com")
    soon = live.installation.clock.now() + timedelta(hours=1)
    with live.installation.deps.units(shop.merchant) as unit:
        unit.carrier_accounts.save(CARRIER_ACCOUNT)
        for name, body in enumerate(bodies):
            unit.carrier_pushes.add(replace(PUSH, id=PushId(f"push{name}"), body=body))
            later = InboxId(f"later{name}")
            unit.inbox.add(InboxMessage(later, shop.merchant, shop.id, shop.platform, ORDER, (), body, soon), later)
        unit.link_requests.add(LinkRequest("link1", shop.id, "ida@example.com", "de", soon))
        unit.commit()
    by_email = {"customer": {"email": "IDA@example.com"}, "orders_to_redact": []}
    by_order = {"customer": {"email": None}, "orders_to_redact": [int(number)]}
    live.deliver("customers/redact", by_email if named_by == "email" else by_order)
    assert live.drain() == {"stored": 1}
    with live.installation.deps.units.read(shop.merchant) as unit:
        pushes = {push.id for push in unit.carrier_pushes.parked(9)}
        assert pushes == {"push1", "push2"}, "an order's number tells nothing where no shop is"
        assert [each.id for each in unit.inbox.late(soon + DAY, 9)] == ["later2"]
        assert unit.link_requests.waiting(soon + DAY, 9) == []


def test_a_shopper_without_an_address_is_forgotten_by_their_order(live: ShopifyLive, shop: Shop) -> None:
    number = an_order_of(live, shop, email=None)
    live.deliver("customers/redact", {"customer": {"id": 1}, "orders_to_redact": [int(number)]})
    assert live.drain() == {"stored": 1}
    (after,) = orders(live, shop)
    assert after.shopper.is_erased


def test_a_request_about_nobody_on_record_changes_nothing(live: ShopifyLive, shop: Shop) -> None:
    live.deliver("customers/redact", sample("customers/redact"))
    assert live.drain() == {"unchanged": 1}
    assert live.parked(shop) == []


def test_a_shopper_who_asks_for_their_data_is_owed_an_answer_once(live: ShopifyLive, shop: Shop) -> None:
    for _ in range(2):
        live.deliver("customers/data_request", sample("customers/data_request"))
    assert live.drain() == {"stored": 1, "unchanged": 1}
    with live.installation.deps.units.read(shop.merchant) as unit:
        (asked,) = unit.data_requests.all(10)
    assert (asked.shop, asked.through, asked.reference) == (shop.id, AskedThrough.PLATFORM, "9999")
    assert asked.due_at == live.installation.clock.now() + timedelta(days=30)
    refs = tuple(OrderRef(Platform.SHOPIFY, each) for each in ("299938", "280263", "220458"))
    assert asked.sought == Sought("john@example.com", "191167", refs)
    assert live.installation.jobs.waiting == [PackPersonData(shop.merchant, asked.id)]


def test_a_shop_that_is_forgotten_takes_along_whom_its_requests_were_about(live: ShopifyLive, shop: Shop) -> None:
    live.deliver("customers/data_request", sample("customers/data_request"))
    live.deliver(GONE, sample(GONE))
    live.deliver("shop/redact", sample("shop/redact"))
    live.drain()
    with live.installation.deps.units.read(shop.merchant) as unit:
        assert [asked.sought for asked in unit.data_requests.all(10)] == [None]


def many_orders(live: ShopifyLive, shop: Shop, other: Shop, count: int) -> None:
    """One shopper an order; the first is a shopper of the merchant's other shop too."""
    with live.installation.deps.units(shop.merchant) as unit:
        for number in range(count):
            ref = OrderRef(Platform.SHOPIFY, str(number))
            order = replace(an_order(), ref=ref, shopper=Shopper(name="Ida", email=f"ida-{number}@example.com"))
            unit.orders.save([StoredOrder(OrderId(f"here-{number}"), shop.id, order, None)])
            if number == 0:
                unit.orders.save([StoredOrder(OrderId("elsewhere"), other.id, order, None)])
        unit.commit()


def test_the_shoppers_of_a_shop_that_has_left_are_forgotten_in_parts(live: ShopifyLive, shop: Shop) -> None:
    with live.installation.deps.units(shop.merchant) as unit:
        unit.shops.add(other := a_shop("Other", merchant=shop.merchant))
        unit.commit()
    many_orders(live, shop, other, 60)
    live.deliver(GONE, sample(GONE))
    live.deliver("customers/data_request", sample("customers/data_request"))
    live.drain()
    live.deliver("shop/redact", sample("shop/redact"))
    assert live.drain() == {"forgetting_shop": 1}
    assert live.drain() == {"stored": 1}
    with live.installation.deps.units.read(shop.merchant) as unit:
        here = [stored.order for stored in unit.orders.batch(shop.id, None, 100)]
        (elsewhere,) = unit.orders.batch(other.id, None, 100)
    assert len(here) == 60
    assert [order.ref.external_id for order in here if not order.shopper.is_erased] == ["0"]
    assert elsewhere.order.shopper.email == "ida-0@example.com"
    assert live.parked(shop) == []
    assert live.waiting() == []


def test_the_shoppers_of_a_shop_that_is_here_again_stay(live: ShopifyLive, shop: Shop) -> None:
    an_order_of(live, shop)
    live.deliver("shop/redact", sample("shop/redact"))
    assert live.drain() == {"outdated": 1}
    assert orders(live, shop)[0].shopper.email == "ida@example.com"
