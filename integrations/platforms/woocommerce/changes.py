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

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from integrations.platforms.woocommerce.answers import Answer
from integrations.platforms.woocommerce.beside import with_details
from integrations.platforms.woocommerce.listed import ListedOrder, modified_at, order_of
from integrations.platforms.woocommerce.paging import BY_ID, PER_PAGE, backwards, changed, elements, page
from integrations.platforms.woocommerce.reader import ShopReader
from plugin.ports.shop_source import Batch

LATE: Final = timedelta(minutes=5)
"""A change is dated before it is saved: up to so long ago, one may still turn up behind what has been read."""
_SECOND: Final = timedelta(seconds=1)


def orders(reader: ShopReader, since: datetime | None) -> Iterator[Batch]:
    """Orders with whole refunds, oldest change first, until no more have changed."""
    after = since
    while True:
        answer = page(reader, "orders", {"orderby": "modified", "order": "asc"} | changed(after=after))
        records = elements(answer)
        if not records:
            return
        found = [order_of(record) for record in records]
        first, last = _modified(found[0]), max(map(_modified, found))
        if len(records) < PER_PAGE and answer.pages <= 1:
            yield Batch(with_details(reader, records, found), _mark(last, answer, since))
            return
        if first == last:
            yield from _one_second(reader, last)
            yield Batch((), _mark(last, answer, since))
            after = last
        else:
            after = last - _SECOND  # more of the last second may be on the next page
            yield Batch(with_details(reader, records, found), _mark(after, answer, since))


def _one_second(reader: ShopReader, at: datetime) -> Iterator[Batch]:
    """Every order last changed in this second."""
    within = changed(after=at - _SECOND, before=at + _SECOND)
    for records in backwards(reader, "orders", BY_ID | within):
        yield Batch(with_details(reader, records, [order_of(record) for record in records]))


def _mark(read: datetime, answer: Answer, since: datetime | None) -> datetime:
    """Up to when nothing more will turn up, everything up to `read` having come; by the shop's own clock."""
    told = answer.told_at
    settled = min(read, told - LATE) if told else read - LATE
    return max(settled, since or settled)


def _modified(order: ListedOrder) -> datetime:
    return modified_at(order.date_modified_gmt)
