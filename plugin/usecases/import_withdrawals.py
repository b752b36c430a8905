"""Import withdrawals that a shop's own function received: each becomes a declaration, once.

The shop has acknowledged receipt and matched the order by its number and e-mail address, so nothing is mailed and the
order's address is the proof. Which goods it is about the shop does not hand on: a person reads that, and until then
nothing is carried out.
"""

from collections.abc import Iterable
from typing import Final

from plugin.domain.declaration import Declaration, DeclarationErased, Proof, Statement
from plugin.domain.ids import DeclarationId
from plugin.domain.law.zones import delivery_place
from plugin.domain.order import Order, Standing
from plugin.domain.stored import StoredOrder
from plugin.domain.times import Moment
from plugin.ports.ids import Ids
from plugin.ports.unit_of_work import UnitOfWork

_NOWHERE: Final = "UTC"
_ENGLISH: Final = "en"


def import_withdrawals(orders: Iterable[StoredOrder], unit: UnitOfWork, ids: Ids) -> int:
    """How many were new. The caller saves the orders before and commits afterwards.

    Passed over: an order that was paid back whole, of which nothing is left to withdraw from, and erased shoppers.
    """
    return sum(
        _declare(stored, stored.order.withdrawn, unit, ids) for stored in orders if stored.order.withdrawn is not None
    )


def _declare(stored: StoredOrder, received: Moment, unit: UnitOfWork, ids: Ids) -> bool:
    order = stored.order
    email = order.shopper.email
    if not email or order.shopper.is_erased or order.standing is Standing.REFUNDED:
        return False
    declaration = Declaration(
        id=DeclarationId(ids.new()),
        shop=stored.shop,
        statement=Statement(order.shopper.name or email, order.number, email, is_told_elsewhere=True),
        received_at=received.at,
        zone=_zone(order),
        language=_language(order, unit, received),
        country=order.place.country,
        order=stored.id,
        proof=Proof.MAIL_EQUALS_ORDER,
        proven_at=received.at,
    )
    form = f"{order.ref.platform}:{stored.shop}:{order.ref.external_id}"
    try:
        return unit.declarations.add(declaration, form=form, caller=form)
    except DeclarationErased:
        return False


def _zone(order: Order) -> str:
    if order.place.country is None:
        return _NOWHERE
    address = order.shopper.delivery
    return delivery_place(order.place.country, order.place.state, address.postcode if address else None).zone.key


def _language(order: Order, unit: UnitOfWork, received: Moment) -> str:
    """The order's own, else the one the policy names for its market, else English."""
    policy = unit.policies.in_force(received.at)
    market = policy.for_country(order.place.country) if policy else None
    return order.language or (market.language if market else None) or _ENGLISH
