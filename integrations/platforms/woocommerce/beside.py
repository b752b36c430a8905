"""What belongs to orders and is not in their records: whole refunds."""

from collections.abc import Sequence

from integrations.platforms.woocommerce.answers import NoRoute
from integrations.platforms.woocommerce.listed import ListedOrder
from integrations.platforms.woocommerce.paging import PER_PAGE, elements, page
from integrations.platforms.woocommerce.reader import ShopReader


def with_details(reader: ShopReader, records: Sequence[bytes], found: Sequence[ListedOrder]) -> tuple[bytes, ...]:
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
