"""Reading a shop that goes on changing leaves nothing out, wherever it is interrupted."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count, islice
from threading import Lock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrations.guarded_http import open_session
from integrations.platforms.woocommerce.source import WooCommerceSource
from plugin.domain.connection import Credentials
from plugin.ports.shop_source import Batch
from tests.support.sizes import examples
from tests.support.woocommerce import Record, recorded_orders
from tests.support.woocommerce_auth import Reply
from tests.support.woocommerce_shop import Asked, WooCommerceShop, recorded_shop, serving

START = datetime(2026, 11, 22, 8, 0)  # noqa: DTZ001 - as the shop writes it, GMT without offset
BEFORE = START.replace(tzinfo=UTC) - timedelta(seconds=1)
SOURCE = WooCommerceSource(lambda _: open_session(allows_private=True), allows_http=True)


@pytest.fixture
def shop() -> Iterator[WooCommerceShop]:
    with serving(recorded_shop()) as shop:
        yield shop


def read(
    shop: WooCommerceShop,
    since: datetime | None = None,
    catalogue: datetime | None = None,
    place: str | None = None,
) -> Generator[Batch, None, None]:
    keys = Credentials(shop.keys.key, shop.keys.secret)
    return SOURCE.changes(shop.address, keys, since=since, catalogue_since=catalogue, place=place)


def records(batches: Iterator[Batch] | list[Batch]) -> list[Record]:
    return [json.loads(record) for batch in batches for record in batch.records]


def orders_of(batches: Iterator[Batch] | list[Batch]) -> list[Record]:
    return [record for record in records(batches) if "line_items" in record and "billing" in record]


def latest(shop: WooCommerceShop) -> datetime:
    newest = max(order["date_modified_gmt"] for order in shop.orders.values())
    return datetime.fromisoformat(f"{newest}+00:00")


def at(seconds: int) -> str:
    return (START + timedelta(seconds=seconds)).isoformat()


@cache
def template() -> Record:
    """The shortest order without a refund."""
    return min((order for order in recorded_orders() if not order["refunds"]), key=lambda order: len(json.dumps(order)))


def a_small_shop(changed: list[int]) -> WooCommerceShop:
    """A shop whose order n (from 1) was last changed so many seconds after the start."""
    shop = WooCommerceShop(orders={n: {**template(), "id": n} for n in range(1, len(changed) + 1)})
    for number, seconds in enumerate(changed, 1):
        shop.change(number, at(seconds))
    return shop


def test_the_first_reading_brings_products_then_every_order_with_its_refunds(shop: WooCommerceShop) -> None:
    batches = list(read(shop))
    found = records(batches)
    assert {record["id"] for record in found} == {
        *shop.products,
        *shop.variations,
        *(order["id"] for order in shop.orders.values() if order["status"] != "trash"),
        *(refund["id"] for order in shop.orders.values() for refund in order["refunds"]),
    }
    kinds = ["product" if "regular_price" in record else "other" for record in found]
    assert kinds == sorted(kinds, reverse=True)
    assert [
        batch.ends_catalogue for batch in batches if not batch.records or "permalink" in json.loads(batch.records[0])
    ] == [False, False, True]
    assert batches[-1].read_until == latest(shop)


def test_records_come_byte_for_byte_as_the_shop_wrote_them(shop: WooCommerceShop) -> None:
    order = next(iter(shop.orders.values()))
    written = [record for batch in read(shop) for record in batch.records if json.loads(record)["id"] == order["id"]]
    assert json.dumps(order, ensure_ascii=False).encode() in written


def test_a_whole_refund_follows_its_order_in_the_same_batch(shop: WooCommerceShop) -> None:
    for batch in read(shop):
        found = [json.loads(record) for record in batch.records]
        refunded = {refund["id"] for record in found if "billing" in record for refund in record["refunds"]}
        assert {record["id"] for record in found if "refunded_by" in record} == refunded


def test_a_shop_without_a_route_for_all_refunds_is_asked_order_by_order(shop: WooCommerceShop) -> None:
    whole = sorted(record["id"] for record in records(read(shop)))
    shop.has_refunds_route = False
    assert sorted(record["id"] for record in records(read(shop))) == whole


def test_the_next_reading_brings_what_changed_since_and_nothing_else(shop: WooCommerceShop) -> None:
    since = latest(shop)
    changed = next(iter(shop.orders))
    shop.change(changed, f"{since + timedelta(hours=1):%Y-%m-%dT%H:%M:%S}", status="completed")
    product, later = next(iter(shop.products)), since + timedelta(hours=2)
    shop.products[product] = {**shop.products[product], "date_modified_gmt": f"{later:%Y-%m-%dT%H:%M:%S}"}
    batches = list(read(shop, since, later))
    assert [order["id"] for order in orders_of(batches)] == [changed]
    assert [record["id"] for record in records(batches) if "regular_price" in record] == [product]
    assert batches[-1].read_until == since + timedelta(hours=1)


def variations_of(batches: list[Batch]) -> list[int]:
    return sorted(record["id"] for record in records(batches) if record.get("type") == "variation")


def test_a_variation_that_changed_comes_though_its_product_is_dated_as_before(shop: WooCommerceShop) -> None:
    since = latest(shop) + timedelta(days=1)
    changed, later = next(iter(shop.variations)), f"{since + timedelta(hours=1):%Y-%m-%dT%H:%M:%S}"
    shop.variations[changed] = {**shop.variations[changed], "date_modified_gmt": later}
    assert variations_of(list(read(shop, since, since))) == [changed]


def test_before_one_route_lists_every_variation_those_of_changed_products_are_asked_for(shop: WooCommerceShop) -> None:
    shop.has_variations_route = False
    assert variations_of(list(read(shop))) == sorted(shop.variations)
    shop.asked.clear()
    since = latest(shop) + timedelta(days=1)
    product = next(number for number, each in shop.products.items() if each["type"] == "variable")
    later = f"{since + timedelta(hours=1):%Y-%m-%dT%H:%M:%S}"
    shop.products[product] = {**shop.products[product], "date_modified_gmt": later}
    assert variations_of(list(read(shop, since, since))) == sorted(shop.products[product]["variations"])
    assert [asked.endpoint for asked in shop.asked][:3] == ["products", "variations", f"products/{product}/variations"]


@pytest.mark.parametrize("odd", [{"type": None}, {"type": ["variable"]}])
def test_a_product_that_a_plugin_bent_keeps_no_other_record_from_being_read(
    shop: WooCommerceShop, odd: dict[str, object]
) -> None:
    product = next(iter(shop.products))
    shop.products[product] = {**shop.products[product], **odd}
    batches = list(read(shop))
    assert variations_of(batches) == sorted(shop.variations)
    assert batches[-1].read_until


def test_a_quiet_shop_is_asked_for_products_and_orders_once_each(shop: WooCommerceShop) -> None:
    list(read(shop, latest(shop) + timedelta(days=1), latest(shop) + timedelta(days=1)))
    assert [asked.endpoint for asked in shop.asked] == ["products", "variations", "orders"]


@pytest.mark.parametrize("is_told", [True, False])
def test_a_change_saved_later_than_it_is_dated_is_not_passed_over(is_told: bool) -> None:  # noqa: FBT001 - the shop's clock
    """Its transaction took two minutes: when it is seen at last, changes dated after it have been read."""
    with serving(a_small_shop([0, 200, 400])) as shop:
        shop.now = (START + timedelta(seconds=410)).replace(tzinfo=UTC) if is_told else None
        *_, last = read(shop)
        shop.change(1, at(290), status="completed")
        late = orders_of(read(shop, last.read_until))
    assert shop.orders[1] in late


def test_what_was_read_long_ago_is_not_read_again(shop: WooCommerceShop) -> None:
    assert orders_of(read(shop, latest(shop))) == []


def test_an_empty_shop_is_read_to_its_end() -> None:
    with serving(WooCommerceShop()) as shop:
        batches = list(read(shop))
    assert records(batches) == []
    assert all(batch.read_until is None for batch in batches)


def test_more_orders_in_one_second_than_a_page_holds_are_all_read() -> None:
    with serving(a_small_shop([0] * 30 + [5] * 250 + [6] * 20)) as shop:
        assert {order["id"] for order in orders_of(read(shop, BEFORE))} == set(shop.orders)


@pytest.mark.parametrize("moved", [list(range(1, 60)), list(range(101, 200)), [1, 101, 201], list(range(1, 300, 3))])
def test_orders_changed_while_a_crowded_second_is_read_push_none_out(moved: list[int]) -> None:
    """Bulk edits stamp hundreds of orders with one second; each page that is read, some of them are edited again."""
    with serving(a_small_shop([5] * 300)) as shop:
        waiting = list(moved)

        def edit(asked: Asked) -> None:
            for _ in range(30 if asked.endpoint == "orders" and waiting else 0):
                if waiting:
                    shop.change(waiting.pop(0), at(60), status="completed")

        shop.before = edit
        found = {order["id"]: order for order in orders_of(read(shop, BEFORE))}
    assert found == shop.orders


@pytest.mark.parametrize("gone", [1, 2, 5, 150])
def test_orders_that_leave_during_the_first_reading_take_none_with_them(gone: int) -> None:
    """Their leaving moves every later order, while two pages are asked for at once."""
    with serving(a_small_shop(list(range(420)))) as shop:

        def leave(asked: Asked) -> None:
            if asked.query.get("offset") == "297":
                shop.orders = {number: order for number, order in shop.orders.items() if number > gone}

        shop.before = leave
        found = {order["id"] for order in orders_of(read(shop))}
    assert found >= set(shop.orders)


def test_a_first_reading_tells_how_far_it_is_and_goes_on_from_there(shop: WooCommerceShop) -> None:
    first = next(batch for batch in read(shop) if batch.place)
    place = first.place
    assert place
    assert (place.done, place.total) == (100, len(shop.orders))
    shop.asked.clear()
    rest = list(read(shop, catalogue=latest(shop), place=place.word))
    assert {order["id"] for order in orders_of([first, *rest])} == set(shop.orders)
    assert len(orders_of(rest)) == len(shop.orders) - 100
    assert rest[-1].read_until == latest(shop)


class Deaf(WooCommerceShop):
    """Counts from the beginning, wherever it is asked to begin."""

    def _found(self, asked: Asked) -> Reply:
        asked.query.pop("offset", None)
        return WooCommerceShop._found(self, asked)


@pytest.mark.parametrize("now", [START.replace(tzinfo=UTC) + timedelta(seconds=300), None])
def test_a_shop_that_cannot_count_from_a_place_or_tell_the_time_is_read_by_changes(now: datetime | None) -> None:
    shop = Deaf(orders=a_small_shop(list(range(250))).orders, now=now)
    with serving(shop):
        found = {order["id"] for order in orders_of(read(shop))}
    assert found == set(shop.orders)


EDITS = st.lists(st.tuples(st.integers(0, 259), st.integers(0, 3), st.booleans()), max_size=40)


class Busy:
    """A shop in which some orders are edited or deleted between its answers, two of which it may give at once."""

    def __init__(self, changed: list[int], edits: list[tuple[int, int, bool]]) -> None:
        self.shop = a_small_shop(changed)
        self.shop.now = START.replace(tzinfo=UTC)
        self.shop.before = self.edit
        self.edits, self.count, self.clock, self.lock = edits, len(changed), count(10), Lock()

    def edit(self, asked: Asked) -> None:
        with self.lock:
            if asked.endpoint != "orders" or not self.edits:
                return
            order, times, leaves = self.edits.pop()
            for step in range(times):
                self._edit((order + step * 7) % self.count + 1, leaves=leaves)

    def _edit(self, number: int, *, leaves: bool) -> None:
        if leaves:
            self.shop.orders = {n: order for n, order in self.shop.orders.items() if n != number}
        elif number in self.shop.orders:
            second = next(self.clock)
            self.shop.now = START.replace(tzinfo=UTC) + timedelta(seconds=second)
            self.shop.change(number, at(second), status="completed")


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(0, 4), min_size=1, max_size=260), EDITS, st.lists(st.integers(1, 4), max_size=6))
def test_however_it_is_edited_and_interrupted_the_last_state_of_every_order_is_read(
    changed: list[int], edits: list[tuple[int, int, bool]], stops: list[int]
) -> None:
    """Readings stop after some batches and go on from the last place, and then from the last mark."""
    busy = Busy(changed, list(edits))
    found: dict[int, Record] = {}
    mark: datetime | None = None
    place: str | None = None
    with serving(busy.shop) as shop:
        for limit in (*stops, 10_000, 10_000):
            with closing(read(shop, mark, BEFORE, place)) as batches:
                for batch in islice(batches, limit):
                    found |= {order["id"]: order for order in orders_of([batch])}
                    mark = batch.read_until or mark
                    place = batch.place.word if batch.place else place
        busy.edits.clear()
        found |= {order["id"]: order for order in orders_of(read(shop, mark, BEFORE, place))}
        assert {number: found.get(number) for number in shop.orders} == shop.orders
