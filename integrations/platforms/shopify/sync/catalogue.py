"""A shop's products with their variants: all at once in bulk the first time, then page by page what changed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

import msgspec

from integrations.platforms.shopify.admin_api.client import AdminClient, lines
from integrations.platforms.shopify.documents import query
from integrations.platforms.shopify.sync import bulk, gathered_products
from integrations.platforms.shopify.sync.pages import Page, changed_after
from plugin.domain.connection_faults import ShopUnreadable
from plugin.domain.first_reading import Place
from plugin.ports.shop_source import Batch

AT_ONCE: Final = 25
"""Products in a page, and in a batch of the file: each may have hundreds of variants."""
OVERLAP: Final = timedelta(hours=1)
"""Products are asked for by our clock, which may be ahead of the shop's."""
_CHANGED: Final = query("products_changed", "ProductsChanged")
_IN_BULK: Final = query("products_bulk", "ProductsInBulk")
_PREFIX: Final = "products/"
"""Of a place in the products' file; one in the orders' has none."""


class _Products(msgspec.Struct):
    products: Page


def changed(client: AdminClient, since: datetime) -> Iterator[Batch]:
    """Those changed since."""
    asked = {"first": AT_ONCE, "query": changed_after(since - OVERLAP)}
    after: str | None = None
    while True:
        page = client.ask(_CHANGED, {**asked, "after": after}).read(_Products).products
        yield Batch(tuple(bytes(node) for node in page.nodes))
        if not page.page_info.has_next_page:
            yield Batch((), ends_catalogue=True)
            return
        after = page.page_info.end_cursor


def everything(client: AdminClient, place: str | None) -> Iterator[Batch]:
    """All of them, begun or found again; `place` is the operation's number and how many products have been stored."""
    number, done = _told(place)
    found = bulk.finished(client, number) if number else None
    if found is None:
        number, done = bulk.begin(client, _IN_BULK), 0
        yield Batch((), place=_place(number, 0))
        found = bulk.finished(client, number)
    if found is None:
        raise ShopUnreadable("bulk operation without a file")
    batch: list[bytes] = []
    for count, record in enumerate(_of_file(client, found), start=1):
        if count <= done:
            continue
        batch.append(record)
        if count % AT_ONCE == 0:
            yield Batch(tuple(batch), place=_place(found.number, count))
            batch = []
    yield Batch(tuple(batch), ends_catalogue=True, catalogue_as_of=found.as_of)


def _of_file(client: AdminClient, found: bulk.Gathered) -> Iterator[bytes]:
    return gathered_products.products(lines(found.url, client.session)) if found.url else iter(())


def _place(number: str, count: int) -> Place:
    """Merchants are told of orders, of which none has come yet."""
    return Place(f"{_PREFIX}{number}:{count}", 0, None)


def _told(place: str | None) -> tuple[str | None, int]:
    return bulk.told(place.removeprefix(_PREFIX)) if place and place.startswith(_PREFIX) else (None, 0)
