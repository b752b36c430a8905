"""What changed in a shop, page by page, while it goes on changing: nothing is left out, some of it may come twice.

Orders are read by the instant of their last change, each page asking for what changed after the page before, so that
an order saved meanwhile moves behind us and not across a page's edge. Only where more orders than a page holds share
one second are pages counted, and then from the last to the first: what leaves that second moves the others towards
pages still to come.

`modified_after` and `modified_before` are exclusive and compared with the `_gmt` columns as they are written:
`dates_are_gmt` goes with an instant without offset. An offset as well would be turned into the shop's own zone first
(WordPress `WP_Date_Query::build_mysql_datetime`): measured on WooCommerce 9.2 in Europe/Berlin, the changes of the last
hour are then missed.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec

from integrations.platforms.woocommerce.answers import Answer, NoRoute, decoded
from integrations.platforms.woocommerce.fields import gmt
from integrations.platforms.woocommerce.reader import ShopReader
from plugin.domain.connection_faults import ShopUnreadable
from plugin.ports.errors import Unreadable
from plugin.ports.shop_source import Batch

PER_PAGE: Final = 100
LATE: Final = timedelta(minutes=5)
"""A change is dated before it is saved: up to so long ago, one may still turn up behind what has been read."""
CATALOGUE_OVERLAP: Final = timedelta(hours=1)
"""Products are asked for by our clock, which may be ahead of the shop's."""
_SECOND: Final = timedelta(seconds=1)
BY_ID: Final = {"orderby": "id", "order": "asc"}

Parameters = dict[str, str]


class _Refund(msgspec.Struct):
    id: int


class ListedOrder(msgspec.Struct):
    """The little that reading on depends on; the record itself goes to the translator, whatever it holds."""

    id: int
    date_modified_gmt: str
    refunds: list[_Refund] = []


def catalogue(reader: ShopReader, since: datetime | None) -> Iterator[Batch]:
    """Products, all of them or those changed since; variations have their parent's categories."""
    changed = _changed(after=since - CATALOGUE_OVERLAP) if since else {}
    for records in backwards(reader, "products", BY_ID | changed):
        yield Batch(records)
    yield Batch((), ends_catalogue=True)


def orders(reader: ShopReader, since: datetime | None) -> Iterator[Batch]:
    """Orders with whole refunds, oldest change first, until no more have changed."""
    after = since
    while True:
        answer = page(reader, "orders", {"orderby": "modified", "order": "asc"} | _changed(after=after))
        records = elements(answer)
        if not records:
            return
        found = [order_of(record) for record in records]
        first, last = _modified(found[0]), max(map(_modified, found))
        if len(records) < PER_PAGE and answer.pages <= 1:
            yield Batch(with_refunds(reader, records, found), _mark(last, answer, since))
            return
        if first == last:
            yield from _one_second(reader, last)
            yield Batch((), _mark(last, answer, since))
            after = last
        else:
            after = last - _SECOND  # more of the last second may be on the next page
            yield Batch(with_refunds(reader, records, found), _mark(after, answer, since))


def _one_second(reader: ShopReader, at: datetime) -> Iterator[Batch]:
    """Every order last changed in this second."""
    within = _changed(after=at - _SECOND, before=at + _SECOND)
    for records in backwards(reader, "orders", BY_ID | within):
        yield Batch(with_refunds(reader, records, [order_of(record) for record in records]))


def _mark(read: datetime, answer: Answer, since: datetime | None) -> datetime:
    """Up to when nothing more will turn up, everything up to `read` having come; by the shop's own clock."""
    told = answer.told_at
    settled = min(read, told - LATE) if told else read - LATE
    return max(settled, since or settled)


def backwards(reader: ShopReader, endpoint: str, parameters: Parameters) -> Iterator[tuple[bytes, ...]]:
    """Every page of a collection that only loses members, last page first."""
    first = page(reader, endpoint, parameters)
    for number in range(first.pages, 1, -1):
        yield elements(page(reader, endpoint, parameters | {"page": str(number)}))
    yield elements(page(reader, endpoint, parameters) if first.pages > 1 else first)


def with_refunds(reader: ShopReader, records: Sequence[bytes], found: Sequence[ListedOrder]) -> tuple[bytes, ...]:
    """Orders list refunds without date and lines: their own records follow."""
    refunded = [order for order in found if order.refunds]
    try:
        refunds = _refunds_by_id(reader, [refund.id for order in refunded for refund in order.refunds])
    except NoRoute:  # the collection of all refunds came later than wc/v3 itself
        refunds = [refund for order in refunded for refund in refunds_of(reader, str(order.id))]
    return (*records, *refunds)


def _refunds_by_id(reader: ShopReader, ids: Sequence[int]) -> list[bytes]:
    refunds: list[bytes] = []
    for start in range(0, len(ids), PER_PAGE):
        wanted = ",".join(map(str, ids[start : start + PER_PAGE]))
        refunds += elements(page(reader, "refunds", {"include": wanted}))
    return refunds


def refunds_of(reader: ShopReader, order: str) -> tuple[bytes, ...]:
    """Every refund of one order."""
    refunds: list[bytes] = []
    while True:
        found = elements(page(reader, f"orders/{order}/refunds", {"page": str(len(refunds) // PER_PAGE + 1)}))
        refunds += found
        if len(found) < PER_PAGE:
            return tuple(refunds)


def page(reader: ShopReader, endpoint: str, parameters: Mapping[str, str]) -> Answer:
    """As many records as a shop gives at once."""
    return reader.get(endpoint, {"per_page": str(PER_PAGE), **parameters})


def elements(answer: Answer) -> tuple[bytes, ...]:
    """The exact bytes of each element."""
    raw = decoded(answer, list[msgspec.Raw])
    return tuple(bytes(record) for record in raw)


def order_of(record: bytes) -> ListedOrder:
    """The order's id, last change and refunds; raises `ShopUnreadable`."""
    try:
        return msgspec.json.decode(record, type=ListedOrder)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise ShopUnreadable("an order without id or last change") from error


def _modified(order: ListedOrder) -> datetime:
    return modified_at(order.date_modified_gmt)


def modified_at(text: str) -> datetime:
    """The instant of a last change; raises `ShopUnreadable`."""
    try:
        return gmt(text, "date_modified_gmt")
    except Unreadable as error:
        raise ShopUnreadable("an order without id or last change") from error


def _changed(*, after: datetime | None = None, before: datetime | None = None) -> Parameters:
    bounds = {"modified_after": after, "modified_before": before}
    stated = {name: f"{at:%Y-%m-%dT%H:%M:%S}" for name, at in bounds.items() if at is not None}
    return stated | {"dates_are_gmt": "true"} if stated else {}
