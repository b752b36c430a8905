"""Find an order by its number and the e-mail address it was placed with; whoever knows only one of them learns nothing.

Number and address are asked of the database in one question, and what is there is not opened: a number that exists
with another address and a number nobody has take the same steps.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from plugin.domain.attempts import Limit
from plugin.domain.shop import Shop
from plugin.domain.shopper_session import OrderNotFound, Proof, ShopperSession
from plugin.ports.unit_of_work import Units
from plugin.usecases.limit_attempts import Counted, limit_attempts

HOLDS: Final = timedelta(hours=2)
"""Long enough to write a claim with a video over a slow line; the draft outlives it."""
_EACH: Final = Limit(10, timedelta(minutes=10))
_ALL: Final = Limit(600, timedelta(minutes=10))
"""Of one shop: as many as its shoppers need on a bad day, too few to try out numbers from many addresses."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody typed in; `caller` is whose requests count together, an address on the net."""

    number: str
    email: str
    caller: str


def find_order(sought: Sought, shop: Shop, *, units: Units, now: datetime) -> ShopperSession:
    """The session that opens this one order. Raises `OrderNotFound`, `TooManyAttempts`.

    A number that a shop has used twice for the same address opens both orders.
    """
    with units(shop.merchant) as unit:
        each = Counted("find order", f"{shop.id} {sought.caller}", _EACH)
        limit_attempts((each, Counted("find order", shop.id, _ALL)), unit, now)
        orders = unit.orders.of_shopper(shop.id, sought.email, sought.number)
        unit.commit()
    if not orders:
        raise OrderNotFound
    return ShopperSession(shop.id, Proof.MAIL_EQUALS_ORDER, _soon(now), orders=tuple(orders))


def _soon(now: datetime) -> datetime:
    return (now + HOLDS).replace(microsecond=0)
