"""What changed among a shop's orders: all at once in bulk the first time, then one by one.

Orders are paged by the instant of their last change; a cursor names that instant and an id, so that an order saved
meanwhile moves behind us. Shopify's search index follows a change after moments (shopify.dev, "API search syntax"):
what is younger than `LATE` is read again next time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar

import msgspec

from integrations.platforms.shopify.admin_api.client import AdminClient, lines
from integrations.platforms.shopify.documents import query
from integrations.platforms.shopify.reading import Instant
from integrations.platforms.shopify.sync import bulk, gathered
from integrations.platforms.shopify.sync.pages import Page, changed_after
from plugin.domain.connection_faults import ShopUnreadable
from plugin.domain.decoding import decoder
from plugin.domain.first_reading import Place
from plugin.ports.shop_source import Batch

T = TypeVar("T")
LATE: Final = timedelta(minutes=5)
_ORDERS: Final = query("orders_changed", "OrdersChanged")
_IN_BULK: Final = query("orders_bulk", "OrdersInBulk")
_ONE: Final = query("order", "OrderById")
_OF_RETURN: Final = query("order", "OrderOfReturn")


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is asked for, and handed on, at a time. Ids are cheap: 13 points for 250."""

    ids: int = 250
    batch: int = 50


class _Orders(msgspec.Struct):
    orders: Page


class Changed(msgspec.Struct, rename="camel"):
    """An order and its last change."""

    id: str
    updated_at: Instant


class _Order(msgspec.Struct):
    order: msgspec.Raw


class _OfReturn(msgspec.Struct):
    return_: _Order | None = msgspec.field(name="return")


def orders(client: AdminClient, since: datetime | None, place: str | None, sizes: Sizes) -> Iterator[Batch]:
    """Everything there is, in bulk; or what changed since, oldest change first."""
    return _in_bulk(client, place, sizes) if since is None else _since(client, since, sizes)


def order(client: AdminClient, gid: str) -> bytes | None:
    """One order whole; None: the shop has none of this id, or not for us (older than 60 days, "Access scopes")."""
    found = bytes(client.ask(_ONE, {"id": gid}).read(_Order).order)
    return None if found == b"null" else found


def order_of_return(client: AdminClient, gid: str) -> bytes | None:
    """The order of a return; None: the shop has no such return."""
    found = client.ask(_OF_RETURN, {"id": gid}).read(_OfReturn).return_
    return None if found is None else bytes(found.order)


def changed(
    client: AdminClient, since: datetime | None, sizes: Sizes
) -> Iterator[tuple[list[Changed], datetime | None]]:
    """Pages of ids, oldest change first, with the instant on Shopify's clock at which each was told."""
    after: str | None = None
    while True:
        asked = {"first": sizes.ids, "after": after, "query": changed_after(since) if since else None}
        reply = client.ask(_ORDERS, asked)
        page = reply.read(_Orders).orders
        yield [_read(node) for node in page.nodes], reply.told_at
        if not page.page_info.has_next_page:
            return
        after = page.page_info.end_cursor


def _since(client: AdminClient, since: datetime, sizes: Sizes) -> Iterator[Batch]:
    read_until = since
    for page, told_at in changed(client, since, sizes):
        for start in range(0, len(page), sizes.batch):
            part = page[start : start + sizes.batch]
            last = part[-1].updated_at
            # More orders of the last instant may follow: up to just before it, all have come.
            settled = min(last - timedelta(seconds=1), told_at - LATE) if told_at else last - LATE
            records = tuple(record for each in part if (record := order(client, each.id)) is not None)
            # However many share one second: a poll ends after so many steps forward, never on the spot.
            yield Batch(records, settled if settled > read_until else None)
            read_until = max(read_until, settled)
        if not page:
            yield Batch((), read_until)


def _in_bulk(client: AdminClient, place: str | None, sizes: Sizes) -> Iterator[Batch]:
    """Begun or found again; `place` is the operation's number and how many of its orders have been stored."""
    number, done = bulk.told(place)
    found = bulk.finished(client, number) if number else None
    if found is None:
        number, done = bulk.begin(client, _IN_BULK), 0
        yield Batch((), place=Place(f"{number}:0", 0, None))
        found = bulk.finished(client, number)
    if found is None:
        raise ShopUnreadable("bulk operation without a file")
    batch: list[bytes] = []
    for count, each in enumerate(_of_file(client, found), start=1):
        if count <= done:
            continue
        record = order(client, each.id) if each.record is None else each.record
        batch += [] if record is None else [record]
        if count % sizes.batch == 0:
            yield Batch(tuple(batch), place=Place(f"{found.number}:{count}", count, found.total))
            batch = []
    yield Batch(tuple(batch), found.as_of - LATE)


def _of_file(client: AdminClient, found: bulk.Gathered) -> Iterator[gathered.Found]:
    return gathered.orders(lines(found.url, client.session)) if found.url else iter(())


def _read(node: msgspec.Raw) -> Changed:
    try:
        return decoder(Changed).decode(node)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise ShopUnreadable("an order without id or last change") from error
