"""Reading a Shopify shop, against one on loopback that executes on Shopify's own schema: nothing is left out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from requests import Session

from integrations.guarded_http import open_session
from integrations.platforms.shopify import TRANSLATOR
from integrations.platforms.shopify.access import ShopAccess
from integrations.platforms.shopify.admin_api.client import Line
from integrations.platforms.shopify.sync import changes
from integrations.platforms.shopify.sync.source import ShopifySource, stored_access
from plugin.domain.connection import Credentials
from plugin.domain.connection_faults import (
    AccessRevoked,
    AccessTooNarrow,
    MalformedKeys,
    ShopGathering,
    ShopUnreadable,
    UnusableAddress,
)
from plugin.domain.order import Order
from plugin.domain.shop_events import OrderSeen, ProductSeen
from plugin.ports.platform import Message
from plugin.ports.shop_source import Batch, Listing
from tests.integrations.shopify.nodes import a_node
from tests.integrations.shopify.records import an_order, recorded
from tests.integrations.shopify.samples import Json
from tests.support.shopify_admin.server import TOKEN, Reply
from tests.support.shopify_admin.shop import AdminShop, shop_on_line

SHOP = "nordkap.myshopify.com"
KEYS = Credentials(TOKEN, "")
SINCE = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def shop() -> Iterator[AdminShop]:
    with shop_on_line(AdminShop()) as shop:
        yield shop


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def source(shop: AdminShop, waits: list[float]) -> ShopifySource:
    line = Line(shop.server.origin, waits.append, lambda: 0.0)
    return ShopifySource(sessions, line=line, sizes=changes.Sizes(ids=2, batch=2))


def sessions() -> Session:
    return open_session(allows_private=True, timeouts=(2, 20))


def everything(source: ShopifySource, since: datetime | None = None, place: str | None = None) -> list[Batch]:
    return list(source.changes(SHOP, KEYS, since=since, catalogue_since=SINCE, place=place))


def orders(batches: list[Batch]) -> dict[str, Order]:
    seen = [event for batch in batches for record in batch.records for event in translated(record)]
    return {event.order.number: event.order for event in seen if isinstance(event, OrderSeen)}


def translated(record: bytes) -> tuple[object, ...]:
    return TRANSLATOR.translate(Message("", record, {}))


def test_a_shop_is_proven_by_its_permanent_name(shop: AdminShop, source: ShopifySource) -> None:
    found = source.prove(SHOP, KEYS)
    assert (found.address, found.name, found.version) == (SHOP, "Nordkap", "2026-10")
    shop.server.token = "another"
    with pytest.raises(AccessRevoked):
        source.prove(SHOP, KEYS)


@pytest.mark.parametrize("address", ["https://nordkap.example", "http://nordkap.myshopify.com", "", "x@myshopify.com"])
def test_a_token_goes_to_shopify_alone(shop: AdminShop, source: ShopifySource, address: str) -> None:
    with pytest.raises(UnusableAddress):
        source.prove(address, KEYS)
    with pytest.raises(MalformedKeys):
        source.prove(SHOP, Credentials("", ""))
    assert shop.server.asked == []


def test_the_first_reading_gathers_every_order_at_once(shop: AdminShop, source: ShopifySource) -> None:
    """The server of files refuses whoever shows it a token."""
    shop.add(*(an_order(number) for number in range(1, 6)))
    batches = everything(source)
    assert sorted(orders(batches)) == ["1", "2", "3", "4", "5"]
    assert batches[-1].read_until == shop.now - changes.LATE
    assert "OrderById" not in shop.server.names(), "the file says everything"
    assert [batch.place.done for batch in batches if batch.place] == [0, 2, 4]


def test_an_order_of_the_file_is_the_order_that_is_read_by_itself(shop: AdminShop, source: ShopifySource) -> None:
    delivered = an_order(7)
    delivered["fulfillments"][0] |= {"displayStatus": "DELIVERED", "deliveredAt": "2026-10-04T06:30:00Z"}
    unsent = an_order(8, fulfillments=[], fulfillmentsCount={"count": 0})
    unsent["lineItems"][0]["unfulfilledQuantity"] = 2
    shop.add(an_order(6), delivered, unsent)
    gathered = orders(everything(source))
    for number, order in gathered.items():
        found = source.order(SHOP, KEYS, number)
        assert found
        (event,) = translated(found.record)
        assert isinstance(event, OrderSeen)
        assert replace(order, lines=with_collections(order)) == event.order


def with_collections(order: Order) -> tuple[object, ...]:
    return tuple(replace(line, collections=("rings",)) for line in order.lines)


OPEN: list[tuple[str, Json]] = [
    ("refunded", {"refunds": [recorded(each) for each in a_node()["refunds"]]}),
    ("returned", {"returnStatus": "IN_PROGRESS"}),
    ("sent in two parcels", {"fulfillments": [an_order(3)["fulfillments"][0]] * 2, "fulfillmentsCount": {"count": 2}}),
]


@pytest.mark.parametrize(("why", "changes"), OPEN, ids=[why for why, _ in OPEN])
def test_an_order_of_which_the_file_leaves_something_open_is_read_by_itself(
    shop: AdminShop, source: ShopifySource, why: str, changes: Json
) -> None:
    shop.add(an_order(3, **changes), an_order(4))
    assert sorted(orders(everything(source))) == ["3", "4"], why
    assert shop.server.names().count("OrderById") == 1


def test_what_a_carrier_reported_is_read_by_itself(shop: AdminShop, source: ShopifySource) -> None:
    order = an_order(3)
    order["fulfillments"][0]["displayStatus"] = "ATTEMPTED_DELIVERY"
    removed = an_order(4)
    removed["lineItems"][0]["currentQuantity"] = 1
    short = an_order(5)
    short["fulfillments"][0]["totalQuantity"] = 1
    shop.add(order, removed, short)
    assert len(orders(everything(source))) == 3
    assert shop.server.names().count("OrderById") == 3


def test_a_file_that_is_not_ready_is_come_back_for_and_gathered_once(
    shop: AdminShop, source: ShopifySource, waits: list[float]
) -> None:
    shop.add(an_order(1))
    shop.bulk.takes = 8
    reading = source.changes(SHOP, KEYS, since=None, catalogue_since=SINCE)
    *_, told = [next(reading) for _ in range(3)]
    assert told.place
    with pytest.raises(ShopGathering) as caught:
        next(reading)
    assert (caught.value.retry_after, sum(waits)) == (30.0, 15.0)
    assert sorted(orders(everything(source, place=told.place.word))) == ["1"]
    assert shop.server.names().count("BulkStart") == 1


def test_a_reading_that_was_broken_off_goes_on_where_it_stood(shop: AdminShop, source: ShopifySource) -> None:
    shop.add(*(an_order(number) for number in range(1, 6)))
    stored: list[Batch] = []
    for batch in source.changes(SHOP, KEYS, since=None, catalogue_since=SINCE):
        stored.append(batch)
        if batch.place and batch.place.done == 2:
            break
    assert stored[-1].place
    rest = everything(source, place=stored[-1].place.word)
    assert len(orders(stored)) == 2
    assert len(orders(rest)) == 3
    assert len(orders(stored + rest)) == 5


def test_a_file_that_is_gone_is_gathered_anew(shop: AdminShop, source: ShopifySource) -> None:
    shop.add(an_order(1))
    assert sorted(orders(everything(source, place="12345:0"))) == ["1"]


def test_a_sixth_operation_waits_for_the_others(shop: AdminShop, source: ShopifySource) -> None:
    for _ in range(5):
        shop.bulk.start("{ products { edges { node { id } } } }", groupObjects=True)
    with pytest.raises(ShopGathering):
        everything(source)


@pytest.mark.parametrize("damage", [b'{"id": "gid://shopify/Order/1", "na', b"[]", b'{"id": "gid://shopify/Order/1"}'])
def test_a_file_that_breaks_off_is_told_and_nothing_of_it_is_taken(
    shop: AdminShop, source: ShopifySource, damage: bytes
) -> None:
    shop.add(an_order(1))
    *_, begun = [batch for batch in everything(source) if batch.place]
    assert begun.place
    number = begun.place.word.partition(":")[0]
    shop.server.files[f"/bulk/{number}.jsonl"] = damage
    with pytest.raises(ShopUnreadable):
        everything(source, place=begun.place.word)


def test_a_shop_without_orders_is_read_to_its_end(shop: AdminShop, source: ShopifySource) -> None:
    assert everything(source)[-1].read_until == shop.now - changes.LATE


def test_what_changed_since_is_read_one_by_one_oldest_change_first(shop: AdminShop, source: ShopifySource) -> None:
    for number, day in enumerate((5, 3, 9), start=1):
        shop.add(an_order(number, updatedAt=f"2026-11-0{day}T00:00:00Z"))
    shop.add(an_order(4, updatedAt="2026-10-30T00:00:00Z"))
    batches = everything(source, since=SINCE)
    assert list(orders(batches)) == ["2", "1", "3"]
    assert batches[-1].read_until == datetime(2026, 11, 8, 23, 59, 59, tzinfo=UTC)


def test_an_order_saved_while_pages_are_read_comes_all_the_same(shop: AdminShop, source: ShopifySource) -> None:
    shop.add(*(an_order(number, updatedAt=f"2026-11-0{number}T00:00:00Z") for number in range(1, 6)))
    reading = source.changes(SHOP, KEYS, since=SINCE, catalogue_since=SINCE)
    batches = [next(reading) for _ in range(3)]
    shop.orders["gid://shopify/Order/4"]["updatedAt"] = "2026-11-20T00:00:00Z"
    assert sorted(orders([*batches, *reading])) == ["1", "2", "3", "4", "5"]


def test_what_changed_moments_ago_is_read_again_next_time(shop: AdminShop, source: ShopifySource) -> None:
    now = datetime.now(UTC)
    shop.add(an_order(1, updatedAt=f"{now:%Y-%m-%dT%H:%M:%SZ}"))
    read_until = everything(source, since=SINCE)[-1].read_until
    assert read_until
    assert timedelta(minutes=4) < now - read_until < timedelta(minutes=6)


def test_orders_of_one_second_are_no_steps_forward_which_would_end_a_poll(
    shop: AdminShop, source: ShopifySource
) -> None:
    shop.add(*(an_order(number, updatedAt="2026-11-05T00:00:00Z") for number in range(1, 7)))
    batches = everything(source, since=SINCE)
    assert len(orders(batches)) == 6
    assert [batch.read_until for batch in batches[-3:]] == [datetime(2026, 11, 4, 23, 59, 59, tzinfo=UTC), None, None]


def test_nothing_new_leaves_reading_where_it_stood(source: ShopifySource) -> None:
    assert everything(source, since=SINCE)[-1] == Batch((), SINCE)


def test_products_come_with_their_collections_and_variants(shop: AdminShop, source: ShopifySource) -> None:
    variant = {"id": "gid://shopify/ProductVariant/6", "title": "52", "sku": "RING-52", "price": "12.90"}
    variant |= {"availableForSale": True, "updatedAt": "2026-11-02T00:00:00Z"}
    shop.products["p"] = {"id": "gid://shopify/Product/5", "title": "Ring", "productType": "Jewellery", "tags": ["new"]}
    shop.products["p"] |= {"status": "ACTIVE", "onlineStoreUrl": "https://nordkap.example/products/ring"}
    shop.products["p"] |= {
        "updatedAt": "2026-11-02T00:00:00Z",
        "collections": [{"handle": "rings"}],
        "variants": [variant],
    }
    product, ring = (
        event.product for event in translated(everything(source)[0].records[0]) if isinstance(event, ProductSeen)
    )
    assert (product.external_id, product.collections, product.categories) == ("5", ("rings",), ("Jewellery",))
    assert (ring.parent_id, ring.price, ring.is_for_sale, ring.collections) == ("5", "12.90", True, ("rings",))


def test_an_order_that_is_not_shown_is_gone_only_where_all_are_shown(shop: AdminShop, source: ShopifySource) -> None:
    shop.add(an_order(1, updatedAt="2026-11-05T00:00:00Z"))
    with pytest.raises(AccessTooNarrow):
        source.order(SHOP, KEYS, "404")
    assert source.listing(SHOP, KEYS) == Listing({"1": datetime(2026, 11, 5, tzinfo=UTC)}, None, is_whole=False)
    assert not source.reaches_all_orders(SHOP, KEYS)
    shop.scopes = (*shop.scopes, "read_all_orders")
    assert source.order(SHOP, KEYS, "404") is None
    assert source.listing(SHOP, KEYS).is_whole


def test_withheld_customers_are_unknown_shoppers_and_no_fault(shop: AdminShop, source: ShopifySource) -> None:
    denied = {"message": "not approved", "path": ["order", "customer"], "extensions": {"code": "ACCESS_DENIED"}}
    order = {**a_node(), "customer": None, "email": None}
    body = json.dumps({"data": {"order": order}, "errors": [denied]}).encode()
    shop.server.misbehave(Reply(200, body))
    found = source.order(SHOP, KEYS, "900")
    assert found
    (event,) = translated(found.record)
    assert isinstance(event, OrderSeen)
    assert event.order.shopper is None or event.order.shopper.email is None


def test_a_token_that_is_renewed_meanwhile_is_used_from_then_on(shop: AdminShop, source: ShopifySource) -> None:
    tokens = ["first", "first", "second"]
    shop.server.token = "first"

    def access(address: str, _: Credentials) -> ShopAccess:
        return ShopAccess(stored_access(address, KEYS).shop, tokens.pop(0) if tokens else "second")

    renewing = ShopifySource(sessions, access_of=access, line=source._line)
    reading = renewing.changes(SHOP, KEYS, since=SINCE, catalogue_since=SINCE)
    next(reading)
    shop.server.token = "second"
    assert list(reading)
