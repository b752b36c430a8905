"""What belongs to orders and is not in their records: whole refunds, and WooCommerce's own fulfilments."""

from collections.abc import Iterator, Sequence
from typing import Final

from integrations.platforms.woocommerce.answers import NoRecord, NoRoute
from integrations.platforms.woocommerce.fields import raw_words
from integrations.platforms.woocommerce.fulfillments import NOTHING, STATUS, whole
from integrations.platforms.woocommerce.listed import ListedOrder
from integrations.platforms.woocommerce.paging import PER_PAGE, elements, page
from integrations.platforms.woocommerce.reader import ShopReader
from plugin.domain.connection_faults import KeysRefused, ShopUnreadable

_MOST_PAGES: Final = 100
"""Of refunds of one order: a shop that goes on showing more is not believed."""


def with_details(reader: ShopReader, records: Sequence[bytes], found: Sequence[ListedOrder]) -> tuple[bytes, ...]:
    """Orders list refunds without date and lines, and what left the shop not at all: records of their own follow."""
    refunded = [order for order in found if order.refunds]
    try:
        refunds = _refunds_by_id(reader, [refund.id for order in refunded for refund in order.refunds])
    except NoRoute:  # the collection of all refunds came later than wc/v3 itself
        refunds = [refund for order in refunded for refund in refunds_of(reader, str(order.id))]
    return (*records, *refunds, *fulfillments_of(reader, found))


def fulfillments_of(reader: ShopReader, orders: Sequence[ListedOrder]) -> Iterator[bytes]:
    """All of those of each order that says it has some; nothing where the feature is off or not for these keys."""
    for order in orders:
        status = next((raw_words(meta.value) for meta in order.meta_data if meta.key == STATUS), None)
        if status == NOTHING:
            yield whole(order.id, b"[]")
        elif status:
            try:
                yield whole(order.id, reader.get(f"orders/{order.id}/fulfillments").body)
            except NoRecord:
                continue
            except (NoRoute, KeysRefused):
                return


def _refunds_by_id(reader: ShopReader, ids: Sequence[int]) -> list[bytes]:
    refunds: list[bytes] = []
    for start in range(0, len(ids), PER_PAGE):
        wanted = ",".join(map(str, ids[start : start + PER_PAGE]))
        refunds += elements(page(reader, "refunds", {"include": wanted}))
    return refunds


def refunds_of(reader: ShopReader, order: str) -> tuple[bytes, ...]:
    """Every refund of one order."""
    refunds: list[bytes] = []
    for number in range(1, _MOST_PAGES + 1):
        found = elements(page(reader, f"orders/{order}/refunds", {"page": str(number)}))
        refunds += found
        if len(found) < PER_PAGE:
            return tuple(refunds)
    raise ShopUnreadable("too many pages")
