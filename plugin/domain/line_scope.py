"""What an order line is, as categories and rules see it: our own copy of the product, made when it is first known.

WooCommerce orders carry no categories and no tags, and those of a variation stand on its parent alone (REST v3,
WooCommerce 10.5), so a line gets them from the catalogue as that is when the order is first stored. What the order
itself says goes first, and a copy once made never follows the catalogue: past lines are judged by what was sold.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from plugin.domain.ids import LineId
from plugin.domain.order import Order, OrderLine
from plugin.domain.shop_events import Product
from plugin.domain.stored import Copied, LineCopy, StoredOrder


def products_wanted(order: Order, copies: Iterable[LineCopy] = ()) -> set[str]:
    """External ids of the products and variations that lines without a copy are of."""
    lines = _uncopied(order, copies)
    return {known for line in lines for known in (line.product_id, line.variant_id) if known is not None}


def awaits_products(stored: StoredOrder) -> bool:
    """Whether some line's product has never been known."""
    return any(line.product_id is not None for line in _uncopied(stored.order, stored.copies))


def completed(stored: StoredOrder, products: Mapping[str, Product]) -> StoredOrder:
    """The order with a copy for each line that had none and whose product is among these; itself if there is none.

    `products` are products and variations by external id. A line counts as known with its product, not with the
    variation alone: categories stand on the product.
    """
    new = {
        line.id: _filled(line, products)
        for line in _uncopied(stored.order, stored.copies)
        if line.product_id in products
    }
    if not new:
        return stored
    lines = tuple(new[line.id][0] if line.id in new else line for line in stored.order.lines)
    copies = (*stored.copies, *(copy for _, copy in new.values()))
    return replace(stored, order=replace(stored.order, lines=lines), copies=copies)


def as_reported(stored: StoredOrder) -> Order:
    """The order without what its lines have from the catalogue: what a repeated report is compared with."""
    copied = {copy.line: copy.copied for copy in stored.copies if copy.copied}
    if not copied:
        return stored.order
    lines = tuple(_stripped(line, copied[line.id]) if line.id in copied else line for line in stored.order.lines)
    return replace(stored.order, lines=lines)


def still_copied(copies: tuple[LineCopy, ...], report: Order) -> tuple[LineCopy, ...]:
    """The copies after a newer report: a field that it tells itself is no copy any more."""
    told = {line.id: _told(line) for line in report.lines}
    return tuple(
        replace(copy, copied=tuple(field for field in copy.copied if field not in told.get(copy.line, ())))
        for copy in copies
    )


def _uncopied(order: Order, copies: Iterable[LineCopy]) -> list[OrderLine]:
    copied: set[LineId] = {copy.line for copy in copies}
    return [line for line in order.lines if line.id not in copied]


def _filled(line: OrderLine, products: Mapping[str, Product]) -> tuple[OrderLine, LineCopy]:
    """The line with what it does not say itself filled in, and which fields those were."""
    ids = (line.variant_id, line.product_id)
    sold = [products[known] for known in ids if known is not None and known in products]
    filled = replace(
        line,
        categories=line.categories or _every(sold, lambda product: product.categories),
        collections=line.collections or _every(sold, lambda product: product.collections),
        tags=line.tags or _every(sold, lambda product: product.tags),
        is_physical=_physical(sold) if line.is_physical is None else line.is_physical,
    )
    told = _told(line)
    return filled, LineCopy(line.id, tuple(field for field in _told(filled) if field not in told))


def _every(sold: Iterable[Product], terms: Callable[[Product], tuple[str, ...]]) -> tuple[str, ...]:
    """The terms of the variation, then those its product adds, each once."""
    return tuple(dict.fromkeys(term for product in sold for term in terms(product)))


def _physical(sold: Iterable[Product]) -> bool | None:
    """As the variation says, else its product."""
    return next((product.is_physical for product in sold if product.is_physical is not None), None)


def _told(line: OrderLine) -> list[Copied]:
    given = {
        Copied.CATEGORIES: bool(line.categories),
        Copied.COLLECTIONS: bool(line.collections),
        Copied.TAGS: bool(line.tags),
        Copied.IS_PHYSICAL: line.is_physical is not None,
    }
    return [field for field, is_given in given.items() if is_given]


def _stripped(line: OrderLine, copied: Iterable[Copied]) -> OrderLine:
    return replace(
        line,
        categories=() if Copied.CATEGORIES in copied else line.categories,
        collections=() if Copied.COLLECTIONS in copied else line.collections,
        tags=() if Copied.TAGS in copied else line.tags,
        is_physical=None if Copied.IS_PHYSICAL in copied else line.is_physical,
    )
