"""What the merchant sells and what shoppers type in: to choose a product by name, and to suggest what goods are."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import and_, or_

from plugin.domain.order import Shopper
from plugin.domain.shop_events import Product
from plugin.ports.views import ProductRow
from plugin.storage.order_codec import load_facts
from plugin.storage.repositories.products import COLUMNS, product_of
from plugin.storage.scope import Scope
from plugin.storage.search import begins_a_word
from plugin.storage.tables import orders, products

_BATCH = 1_000
_NOBODY = Shopper()


def product_batch(scope: Scope, after: ProductRow | None, limit: int) -> Sequence[ProductRow]:
    """The next products and variations, by shop and id."""
    statement = scope.select(products, products.c.shop_id, *COLUMNS)
    if after is not None:
        shop, product = after.shop, after.product.external_id
        later = and_(products.c.shop_id == shop, products.c.external_id > product)
        statement = statement.where(or_(products.c.shop_id > shop, later))
    rows = scope.rows(statement.order_by(products.c.shop_id, products.c.external_id).limit(limit))
    return [ProductRow(row.shop_id, product_of(row)) for row in rows]


def products_like(scope: Scope, text: str, limit: int) -> Sequence[ProductRow]:
    """Those that the text finds, by shop and id; it reads on until it has enough."""
    found: list[ProductRow] = []
    for row in _all(scope):
        if _is_like(row.product, text):
            found.append(row)
        if len(found) == limit:
            break
    return found


def line_properties(scope: Scope, limit: int) -> Mapping[str, int]:
    """Names of line properties in the latest orders, and how many of these have them; opens no shopper's data."""
    statement = scope.select(orders, orders.c.facts).order_by(orders.c.placed_at.desc(), orders.c.id.desc())
    seen: Counter[str] = Counter()
    for row in scope.rows(statement.limit(limit)):
        order = load_facts(row.facts, _NOBODY).order
        seen.update({name for line in order.lines for name in line.property_names})
    return seen


def _all(scope: Scope) -> Iterator[ProductRow]:
    batch = product_batch(scope, None, _BATCH)
    while batch:
        yield from batch
        batch = product_batch(scope, batch[-1], _BATCH) if len(batch) == _BATCH else ()


def _is_like(product: Product, text: str) -> bool:
    names = (product.sku or "", product.external_id)
    return begins_a_word(text, product.title) or any(name.casefold().startswith(text.casefold()) for name in names)
