"""A shop's catalogue, in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plugin.domain.ids import ShopId
from plugin.domain.shop_events import Product
from tests.fakes.tables import Tables


@dataclass(slots=True)
class FakeProducts:
    tables: Tables

    def has_any(self, shop: ShopId) -> bool:
        return any(owner == shop for owner, _ in self.tables.products)

    def of(self, shop: ShopId, external_ids: Sequence[str]) -> Mapping[str, Product]:
        products = self.tables.products
        return {known: products[shop, known] for known in external_ids if (shop, known) in products}

    def save(self, shop: ShopId, products: Sequence[Product]) -> None:
        for product in products:
            known = self.tables.products.get((shop, product.external_id))
            if known is None or not product.is_older_than(known):
                self.tables.products[shop, product.external_id] = product
