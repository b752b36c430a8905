"""Port: what a shop sells, as its catalogue was last seen."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from plugin.domain.ids import ShopId
from plugin.domain.shop_events import Product


class Products(Protocol):
    """Products and variations of the merchant's shops; order lines carry their own copy, so none is read later."""

    def has_any(self, shop: ShopId) -> bool:
        """Whether anything of this shop's catalogue is on record."""
        ...

    def of(self, shop: ShopId, external_ids: Sequence[str]) -> Mapping[str, Product]:
        """Those of these products and variations that are on record, by external id."""
        ...

    def variations(self, shop: ShopId, product: str) -> Sequence[Product]:
        """The variations of a product that are on record."""
        ...

    def with_variations(self, shop: ShopId, external_ids: Sequence[str]) -> frozenset[str]:
        """Those of these products that have variations on record."""
        ...

    def save(self, shop: ShopId, products: Sequence[Product]) -> None:
        """Insert or replace; one that is older than what is on record changes nothing (`Product.is_older_than`)."""
        ...
