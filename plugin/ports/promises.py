"""Port: which promise class every product of a shop falls in, compiled for surfaces that have no engine."""

from collections.abc import Collection, Mapping, Sequence
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

    def due(
        self, shop: ShopId, version: str, after: str | None, limit: int, *, later: Collection[str] = ()
    ) -> Sequence[Product]:
        """Products compiled neither under this version nor a `later` one, by external id, from behind `after`.

        Whoever saves what it finds holds the merchant's policies first (`Policies.hold`): until the unit ends nobody
        publishes, changes a product or compiles one.
        """
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
