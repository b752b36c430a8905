"""A shop's catalogue, in memory."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from plugin.domain.ids import ShopId
from plugin.domain.shop_events import Product
from plugin.ports.promises import ProductPromise
from tests.fakes.tables import Tables


@dataclass(slots=True)
class FakeProducts:
    tables: Tables

    def has_any(self, shop: ShopId) -> bool:
        return any(owner == shop for owner, _ in self.tables.products)

    def of(self, shop: ShopId, external_ids: Sequence[str]) -> Mapping[str, Product]:
        products = self.tables.products
        return {known: products[shop, known] for known in external_ids if (shop, known) in products}

    def variations(self, shop: ShopId, product: str) -> Sequence[Product]:
        return [
            each
            for (owner, _), each in sorted(self.tables.products.items())
            if owner == shop and each.parent_id == product
        ]

    def with_variations(self, shop: ShopId, external_ids: Sequence[str]) -> frozenset[str]:
        return frozenset(known for known in external_ids if self.variations(shop, known))

    def save(self, shop: ShopId, products: Sequence[Product]) -> None:
        for product in products:
            changed = {product.external_id, product.parent_id}
            changed |= {each.external_id for each in self.variations(shop, product.external_id)}
            gone = [key for key in self.tables.promises if key[0] == shop and key[1] in changed]
            for key in gone:
                del self.tables.promises[key]
            known = self.tables.products.get((shop, product.external_id))
            if known is None or not product.is_older_than(known):
                self.tables.products[shop, product.external_id] = product


@dataclass(slots=True)
class FakeProductPromises:
    tables: Tables

    def due(
        self, shop: ShopId, version: str, after: str | None, limit: int, *, later: Collection[str] = ()
    ) -> Sequence[Product]:
        under = {version, *later}
        compiled = {key[1] for key, (found, _) in self.tables.promises.items() if key[0] == shop and found in under}
        products = [product for (owner, _), product in sorted(self.tables.products.items()) if owner == shop]
        due = (each for each in products if each.external_id not in compiled and each.external_id > (after or ""))
        return list(due)[:limit]

    def save(self, shop: ShopId, version: str, promises: Sequence[ProductPromise]) -> None:
        named = {promise.product for promise in promises}
        old = [key for key, (under, _) in self.tables.promises.items() if key[0] == shop and under != version]
        for key in old:
            if key[1] in named:
                del self.tables.promises[key]
        for promise in promises:
            self.tables.promises[shop, promise.product, promise.market] = (version, promise.class_id)

    def classes(self, shop: ShopId, version: str, market: str) -> Mapping[str, str]:
        found = self.page(shop, version, market, None, len(self.tables.promises))
        return {promise.class_id: promise.product for promise in reversed(found)}

    def page(self, shop: ShopId, version: str, market: str, after: str | None, limit: int) -> Sequence[ProductPromise]:
        found = [
            ProductPromise(product, of, class_id)
            for (owner, product, of), (under, class_id) in sorted(self.tables.promises.items())
            if (owner, of, under) == (shop, market, version) and product > (after or "")
        ]
        return found[:limit]
