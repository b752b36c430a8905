"""Who is at a shop's pages, as far as it was proven, and which orders that opens."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from plugin.domain.errors import NotFound
from plugin.domain.ids import OrderId, PersonId, ShopId


class Proof(StrEnum):
    """How it is known that an order's shopper is there."""

    MAIL_EQUALS_ORDER = "mail_equals_order"
    """Number and e-mail address of the order were given."""
    LINK_OPENED = "link_opened"
    """A link mailed to the order's address was opened."""
    SIGNED_IN = "signed_in"
    """The shop's platform says who is signed in."""


@dataclass(frozen=True, slots=True)
class ShopperSession:
    """`person` is proven to be there, `orders` are open to whoever is; until then (aware UTC, whole seconds).

    A person may see all their orders with the shop; number and e-mail open that one order and name nobody.
    """

    shop: ShopId
    proof: Proof
    until: datetime
    person: PersonId | None = None
    orders: tuple[OrderId, ...] = ()


class NoSuchPage(NotFound):
    """Nothing is there for whoever asks: the answer does not tell whether there is something for anybody else."""

    code = "portal_unknown"


class OrderNotFound(NotFound):
    """No order of this shop has this number and this e-mail address; the answer does not tell which is wrong."""

    code = "order_not_found"
