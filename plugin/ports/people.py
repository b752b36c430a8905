"""The persons a merchant holds data of, and forgetting them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from plugin.domain.ids import OrderId, PersonId, ShopId


class People(Protocol):
    """The persons whose data this merchant holds, each with a key of their own."""

    def find(self, email: str) -> PersonId | None:
        """By exact e-mail (keyed hash), case-insensitive."""
        ...

    def behind(self, orders: Sequence[OrderId]) -> Mapping[OrderId, PersonId]:
        """Who placed these orders, as far as they are on record."""
        ...

    def only_of(self, shop: ShopId, limit: int) -> Sequence[PersonId]:
        """Some who are not erased, known by orders or declarations in this shop and by none in another."""
        ...

    def erase(self, person: PersonId, at: datetime) -> None:
        """Delete the person's key: everything sealed under it is gone for good; kept on the erasure list."""
        ...
