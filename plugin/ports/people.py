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

    def orders_of(self, person: PersonId, shop: ShopId | None = None) -> Sequence[OrderId]:
        """All of their orders, newest first: in this shop, or wherever they bought."""
        ...

    def only_of(self, shop: ShopId, limit: int) -> Sequence[PersonId]:
        """Some who are not erased, known by orders or declarations in this shop and by none in another."""
        ...

    def erase(self, person: PersonId, at: datetime) -> None:
        """Delete the person's key: everything sealed under it is gone for good; kept on the erasure list."""
        ...

    def forget_address(self, email: str, at: datetime) -> None:
        """Keep on the erasure list that what names this address and came by then is not to come back (case aside)."""
        ...

    def forget_order(self, order: OrderId, at: datetime) -> None:
        """Forget what is personal about one order, and nothing else of whoever it stands under; kept on the list too.

        It is nobody's from then on, whatever its platform repeats. Raises `NotFound`.
        """
        ...
