"""Port: which promise class every product of a shop falls in, compiled for surfaces that have no engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from plugin.domain.ids import ShopId
from plugin.domain.shop_events import Product


@dataclass(frozen=True, slots=True)
class ProductPromise:
    """The class of a product or variation in one market of a policy version (`market_key`)."""

    product: str
    market: str
    class_id: str


class ProductPromises(Protocol):
    """Compiled promises of the merchant's shops; those of a product that changed are gone until it is compiled anew."""

    def due(self, shop: ShopId, version: str, after: str | None, limit: int) -> Sequence[Product]:
        """Products not compiled under this version, by external id, from behind `after`; held until the unit ends."""
        ...

    def save(self, shop: ShopId, version: str, promises: Sequence[ProductPromise]) -> None:
        """Keep the promises of these products under this version, and none of them under another."""
        ...

    def classes(self, shop: ShopId, version: str, market: str) -> Mapping[str, str]:
        """Every class that has products in a market, with the external id of the first of them."""
        ...

    def page(self, shop: ShopId, version: str, market: str, after: str | None, limit: int) -> Sequence[ProductPromise]:
        """Products with their classes in a market, by external id, from behind `after`."""
        ...
