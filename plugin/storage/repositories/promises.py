"""Compiled promise classes of products."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func

from plugin.domain.ids import ShopId
from plugin.domain.policy.classes import DEFAULT_MARKET
from plugin.domain.shop_events import Product
from plugin.ports.promises import ProductPromise
from plugin.storage.repositories.products import COLUMNS, product_of
from plugin.storage.scope import Scope, batches
from plugin.storage.tables import product_promises, products

_KEY = ["shop_id", "external_id", "market"]


class SqlProductPromises:
    """`plugin.ports.promises.ProductPromises`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def due(
        self, shop: ShopId, version: str, after: str | None, limit: int, *, later: Collection[str] = ()
    ) -> Sequence[Product]:
        """Products compiled neither under this version nor a later one, by external id."""
        compiled = self._scope.select(product_promises, product_promises.c.version).where(
            product_promises.c.shop_id == shop,
            product_promises.c.external_id == products.c.external_id,
            product_promises.c.market == DEFAULT_MARKET,  # every version has it, and the whole key is one look-up
            product_promises.c.version.in_([version, *later]),
        )
        statement = self._scope.select(products, *COLUMNS).where(
            products.c.shop_id == shop,
            _is_behind(products.c.external_id, after),
            ~compiled.correlate(products).exists(),
        )
        found = statement.order_by(products.c.external_id).limit(limit)
        return [product_of(row) for row in self._scope.rows(found)]

    def save(self, shop: ShopId, version: str, promises: Sequence[ProductPromise]) -> None:
        """Keep the promises of these products under this version, and none of them under another."""
        rows = [
            {
                "shop_id": shop,
                "external_id": each.product,
                "market": each.market,
                "class_id": each.class_id,
                "version": version,
            }
            for each in sorted(promises, key=lambda each: (each.product, each.market))
        ]
        self._scope.upsert(product_promises, rows, _KEY)
        for batch in batches(sorted({each.product for each in promises})):
            old = self._scope.delete(product_promises).where(
                product_promises.c.shop_id == shop,
                product_promises.c.external_id.in_(batch),
                product_promises.c.version != version,
            )
            self._scope.run(old)

    def classes(self, shop: ShopId, version: str, market: str) -> Mapping[str, str]:
        """Every class that has products in a market, with the external id of the first of them."""
        first = func.min(product_promises.c.external_id).label("first")
        statement = self._of(shop, version, market, product_promises.c.class_id, first)
        return {row.class_id: row.first for row in self._scope.rows(statement.group_by(product_promises.c.class_id))}

    def page(self, shop: ShopId, version: str, market: str, after: str | None, limit: int) -> Sequence[ProductPromise]:
        """Products with their classes in a market, by external id, from behind `after`."""
        columns = (product_promises.c.external_id, product_promises.c.class_id)
        statement = self._of(shop, version, market, *columns).where(_is_behind(product_promises.c.external_id, after))
        found = statement.order_by(product_promises.c.external_id).limit(limit)
        return [ProductPromise(row.external_id, market, row.class_id) for row in self._scope.rows(found)]

    def _of(self, shop: ShopId, version: str, market: str, *columns: ColumnElement[Any]) -> Select[Any]:
        held = and_(
            product_promises.c.shop_id == shop,
            product_promises.c.version == version,
            product_promises.c.market == market,
        )
        return self._scope.select(product_promises, *columns).where(held)


def _is_behind(column: ColumnElement[str], after: str | None) -> ColumnElement[bool]:
    return column > (after or "")
