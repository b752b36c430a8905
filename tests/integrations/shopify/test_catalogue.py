"""The first reading of a catalogue in bulk: the products that pages bring, all of them, and a broken one goes on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrations.guarded_http import open_session
from integrations.platforms.shopify import TRANSLATOR
from integrations.platforms.shopify.admin_api.client import Line
from integrations.platforms.shopify.sync.source import ShopifySource
from plugin.domain.connection import Credentials
from plugin.domain.connection_faults import ShopGathering, ShopUnreadable
from plugin.ports.platform import Message
from plugin.ports.shop_source import Batch
from tests.integrations.shopify.samples import Json
from tests.support.shopify_admin.server import TOKEN
from tests.support.shopify_admin.shop import AdminShop, shop_on_line

SHOP = "nordkap.myshopify.com"
KEYS = Credentials(TOKEN, "")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
CHANGED = st.datetimes(datetime(2024, 1, 1), datetime(2026, 11, 1)).map(lambda at: f"{at:%Y-%m-%dT%H:%M:%SZ}")  # noqa: DTZ001 - Shopify's zone is written behind it
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)


@pytest.fixture
def shop() -> Iterator[AdminShop]:
    with shop_on_line(AdminShop()) as shop:
        yield shop


@pytest.fixture
def source(shop: AdminShop) -> ShopifySource:
    line = Line(shop.server.origin, lambda _: None, lambda: 0.0)
    return ShopifySource(lambda: open_session(allows_private=True, timeouts=(2, 20)), line=line)


def a_product(number: int, **changes: object) -> Json:
    product: Json = {"id": f"gid://shopify/Product/{number}", "title": f"Ring {number}", "productType": "Jewellery"}
    product |= {"tags": ["new"], "status": "ACTIVE", "onlineStoreUrl": f"https://nordkap.example/products/{number}"}
    product |= {"updatedAt": "2026-11-02T00:00:00Z", "collections": [], "variants": [a_variant(number * 100)]}
    return {**product, **changes}


def a_variant(number: int, **changes: object) -> Json:
    variant = {"id": f"gid://shopify/ProductVariant/{number}", "title": "52", "sku": "RING-52", "price": "12.90"}
    return {**variant, "availableForSale": True, "updatedAt": "2026-11-02T00:00:00Z", **changes}


@st.composite
def catalogues(draw: st.DrawFn) -> list[Json]:
    """Up to five products with up to four variants, some in collections."""
    return [
        a_product(
            number,
            title=draw(WORDS),
            tags=draw(st.lists(WORDS, max_size=3)),
            status=draw(st.sampled_from(["ACTIVE", "ARCHIVED", "DRAFT"])),
            onlineStoreUrl=draw(st.sampled_from([None, "https://nordkap.example/products/ring"])),
            updatedAt=draw(CHANGED),
            collections=[
                {"id": f"gid://shopify/Collection/{handle}", "handle": f"c{handle}"}
                for handle in draw(st.lists(st.integers(1, 9), max_size=3, unique=True))
            ],
            variants=[
                a_variant(
                    number * 100 + each,
                    title=draw(WORDS),
                    sku=draw(st.none() | WORDS),
                    availableForSale=draw(st.booleans()),
                    updatedAt=draw(CHANGED),
                )
                for each in range(draw(st.integers(1, 4)))
            ],
        )
        for number in range(1, draw(st.integers(0, 5)) + 1)
    ]


def stock(shop: AdminShop, *products: Json) -> None:
    shop.products.clear()
    shop.products.update({product["id"]: product for product in products})


def read(source: ShopifySource, since: datetime | None = None, place: str | None = None) -> list[Batch]:
    """The catalogue's batches alone."""
    batches: list[Batch] = []
    for batch in source.changes(SHOP, KEYS, since=since, catalogue_since=since, place=place):
        batches.append(batch)
        if batch.ends_catalogue:
            break
    return batches


def products(batches: list[Batch]) -> dict[bytes, object]:
    seen = [TRANSLATOR.translate(Message("", record, {})) for batch in batches for record in batch.records]
    return {str(events[0]).encode(): events for events in seen}


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(catalogue=catalogues())
def test_the_products_of_the_file_are_those_of_the_pages(
    shop: AdminShop, source: ShopifySource, catalogue: list[Json]
) -> None:
    stock(shop, *catalogue)
    in_bulk, by_pages = read(source), read(source, LONG_AGO)
    assert products(in_bulk) == products(by_pages)
    assert sum(len(batch.records) for batch in in_bulk) == len(catalogue)


def test_a_catalogue_is_read_in_one_operation_and_told_as_of_its_beginning(
    shop: AdminShop, source: ShopifySource
) -> None:
    """Of a product with more variants than a page holds, all come."""
    stock(shop, a_product(1, variants=[a_variant(each) for each in range(1, 131)]))
    *_, last = batches = read(source)
    assert last.catalogue_as_of == shop.now
    assert sum(len(TRANSLATOR.translate(Message("", each, {}))) for each in last.records) == 131
    assert [batch.place.done for batch in batches if batch.place] == [0], "no order has come yet"
    assert "ProductsChanged" not in shop.server.names()


def test_a_reading_that_was_killed_goes_on_where_it_stood_in_the_same_file(
    shop: AdminShop, source: ShopifySource
) -> None:
    stock(shop, *(a_product(number) for number in range(1, 61)))
    stored: list[Batch] = []
    for batch in source.changes(SHOP, KEYS, since=None, catalogue_since=None):
        stored.append(batch)
        if batch.records:
            break
    assert stored[-1].place
    assert len(products(stored)) == 25
    rest = read(source, place=stored[-1].place.word)
    assert len(products(rest)) == 35
    assert len(products(stored + rest)) == 60
    assert shop.server.names().count("BulkStart") == 1


def test_a_file_that_takes_long_or_is_gone_is_come_back_for_or_gathered_anew(
    shop: AdminShop, source: ShopifySource
) -> None:
    stock(shop, a_product(1))
    shop.bulk.takes = 8
    reading = source.changes(SHOP, KEYS, since=None, catalogue_since=None)
    told = next(reading)
    assert told.place
    with pytest.raises(ShopGathering):
        next(reading)
    assert len(products(read(source, place=told.place.word))) == 1
    assert shop.server.names().count("BulkStart") == 1
    shop.bulk.takes = 1
    assert len(products(read(source, place="products/12345:25"))) == 1


def test_orders_begin_where_the_catalogue_ended(shop: AdminShop, source: ShopifySource) -> None:
    """The place may still be one in the products' file then."""
    stock(shop, a_product(1))
    word = next(batch.place.word for batch in read(source) if batch.place)
    asked = shop.server.names().count("BulkStart")
    batches = list(source.changes(SHOP, KEYS, since=None, catalogue_since=LONG_AGO, place=word))
    assert batches[-1].read_until == shop.now - timedelta(minutes=5)
    assert shop.server.names().count("BulkStart") == asked + 1


def test_a_file_that_breaks_off_is_told(shop: AdminShop, source: ShopifySource) -> None:
    stock(shop, a_product(1))
    word = next(batch.place.word for batch in read(source) if batch.place)
    number = word.removeprefix("products/").partition(":")[0]
    shop.server.files[f"/bulk/{number}.jsonl"] = b'{"id": "gid://shopify/Product/1", "ti'
    with pytest.raises(ShopUnreadable):
        read(source, place=word)
