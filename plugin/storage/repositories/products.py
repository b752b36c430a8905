"""Products and variations as last seen; nothing personal, so nothing is sealed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, or_

from plugin.domain.decoding import decoder
from plugin.domain.ids import ShopId
from plugin.domain.shop_events import Product
from plugin.storage.scope import Scope, batches
from plugin.storage.tables import merchants, product_promises, products

COLUMNS = tuple(products.c[name] for name in ("external_id", "parent_id", "updated_at", "document"))
"""What `product_of` reads."""
_encoder = msgspec.json.Encoder()
_decoder = decoder(Product)


class SqlProducts:
    """`plugin.ports.products.Products`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def has_any(self, shop: ShopId) -> bool:
        """One look at the shop's first row."""
        statement = self._scope.select(products, products.c.shop_id).where(products.c.shop_id == shop)
        return self._scope.row(statement.limit(1)) is not None

    def of(self, shop: ShopId, external_ids: Sequence[str]) -> Mapping[str, Product]:
        """Those of these products and variations that are on record, by external id."""
        statement = self._scope.select(products, *COLUMNS).where(products.c.shop_id == shop)
        found = self._scope.rows_at(statement, products.c.external_id, sorted(set(external_ids)))
        return {row.external_id: product_of(row) for row in found}

    def variations(self, shop: ShopId, product: str) -> Sequence[Product]:
        """The variations of a product that are on record."""
        statement = self._scope.select(products, *COLUMNS).where(products.c.shop_id == shop)
        found = statement.where(products.c.parent_id == product).order_by(products.c.external_id)
        return [product_of(row) for row in self._scope.rows(found)]

    def with_variations(self, shop: ShopId, external_ids: Sequence[str]) -> frozenset[str]:
        """Those of these products that have variations on record."""
        statement = self._scope.select(products, products.c.parent_id).where(products.c.shop_id == shop).distinct()
        groups = (statement.where(products.c.parent_id.in_(batch)) for batch in batches(sorted(set(external_ids))))
        return frozenset(row.parent_id for group in groups for row in self._scope.rows(group))

    def save(self, shop: ShopId, products_seen: Sequence[Product]) -> None:
        """Insert or replace unless what is on record is newer; in one order, so that no writers wait in a circle.

        What is promised of products is not compiled meanwhile (`Policies.hold`): it would rest on what they were.
        """
        self._scope.row(self._scope.select(merchants, merchants.c.merchant_id).with_for_update(read=True))
        rows = [_row(shop, product) for product in _latest(products_seen)]
        self._scope.upsert(products, rows, ["shop_id", "external_id"], only=_is_not_older)
        self._forget_promises(shop, rows)

    def _forget_promises(self, shop: ShopId, rows: Sequence[dict[str, Any]]) -> None:
        """What was compiled of these is out of date, of their variations too, and of the products they vary."""
        for batch in batches(rows):
            changed = [row["external_id"] for row in batch]
            varied = [row["parent_id"] for row in batch if row["parent_id"] is not None]
            variations = self._scope.select(products, products.c.external_id)
            variations = variations.where(products.c.shop_id == shop, products.c.parent_id.in_(changed))
            kept = self._scope.delete(product_promises).where(product_promises.c.shop_id == shop)
            self._scope.run(kept.where(product_promises.c.external_id.in_([*changed, *varied])))
            self._scope.run(kept.where(product_promises.c.external_id.in_(variations)))


def _is_not_older(new: Any) -> ColumnElement[bool]:  # noqa: ANN401 - columns of the row to insert, as both dialects give them
    """`Product.is_older_than`, the other way round: another writer may have saved a newer one since."""
    known = products.c.updated_at
    return or_(known.is_(None), new.updated_at.is_(None), known <= new.updated_at)


def _latest(seen: Iterable[Product]) -> list[Product]:
    latest: dict[str, Product] = {}
    for product in seen:
        known = latest.get(product.external_id)
        if known is None or not product.is_older_than(known):
            latest[product.external_id] = product
    return [latest[external_id] for external_id in sorted(latest)]


def _row(shop: ShopId, product: Product) -> dict[str, Any]:
    document = replace(product, external_id="", parent_id=None, updated_at=None)
    return {
        "shop_id": shop,
        "external_id": product.external_id,
        "parent_id": product.parent_id,
        "updated_at": product.updated_at,
        "document": _encoder.encode(document),
    }


def product_of(row: Row[Any]) -> Product:
    """The product a row holds."""
    document = _decoder.decode(row.document)
    return replace(document, external_id=row.external_id, parent_id=row.parent_id, updated_at=row.updated_at)
