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

    def save(self, shop: ShopId, products: Sequence[Product]) -> None:
        """Insert or replace; one that is older than what is on record changes nothing (`Product.is_older_than`)."""
        ...
