"""Forget a person: the key to everything personal about them is destroyed, the facts of their orders remain."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from plugin.domain.identity import Identity, by_email, by_order, by_shopper, either
from plugin.domain.ids import MerchantId, OrderId, PersonId
from plugin.ports.unit_of_work import UnitOfWork, Units


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was forgotten: the person, how many parked records are about them, how much mail waited for them.

    `waiting`: messages about them that were not applied yet; `identity`: what they were known by, for what is not kept
    in the database.
    """

    person: PersonId | None
    parked: int
    mails: int = 0
    waiting: int = 0
    identity: Identity = field(default=Identity(), repr=False)


def erase_person(email: str, *, merchant: MerchantId, units: Units, now: datetime) -> Erasure:
    """Erase whoever has this e-mail address (exact, case aside); `person` is None when nobody is on record.

    Parked records cannot be read, so those that name the person or are about an order of theirs are removed whole,
    and so are mail that has not left and messages that are not applied yet. The erasure list replays this
    after a restore, and what the platform repeats later stays erased on the orders it concerns.
    """
    with units(merchant) as unit:
        erasure = forget_person(email, unit, now)
        unit.commit()
    return erasure


def forget_person(email: str, unit: UnitOfWork, now: datetime) -> Erasure:
    """The same inside the caller's unit of work, which commits."""
    person = unit.people.find(email.strip())
    return _forget([person] if person else [], by_email(email), unit, now)


def forget_known(persons: Sequence[PersonId], unit: UnitOfWork, now: datetime) -> Erasure:
    """The same for persons on record, whichever addresses they gave, if any; several cost little more than one."""
    return _forget(persons, Identity(), unit, now)


def forget_order(order: OrderId, unit: UnitOfWork, now: datetime) -> Erasure:
    """What is personal about one order, with what waits about it; whoever it stands under is not forgotten."""
    identity = _of_orders([order], unit)
    unit.people.forget_order(order, now)
    return _forget_waiting(None, identity, unit)


def _forget(persons: Sequence[PersonId], known: Identity, unit: UnitOfWork, now: datetime) -> Erasure:
    orders = [order for person in persons for order in unit.people.orders_of(person)]
    shoppers = either(by_shopper(unit.orders.get(order).order) for order in orders)
    identity = known | shoppers | _of_orders(orders, unit)
    for email in sorted(identity.emails):
        unit.people.forget_address(email, now)
    for person in persons:
        unit.people.erase(person, now)
    _forget_asking(identity, unit)
    return _forget_waiting(next(iter(persons), None), identity, unit)


def _of_orders(orders: Sequence[OrderId], unit: UnitOfWork) -> Identity:
    followed, found = unit.shipments.of_orders(orders, with_void=True), []
    for order in orders:
        stored = unit.orders.get(order)
        numbers = [each.number for parcel in followed.get(order, ()) for each in parcel.numbers]
        found.append(by_order(stored.order, stored.shop, numbers))
    return either(found)


def _forget_asking(identity: Identity, unit: UnitOfWork) -> None:
    """That data was asked for at this address stays, not at which."""
    for request in unit.data_requests.open():
        if request.sought and (request.sought.email or "").strip().casefold() in identity.emails:
            unit.data_requests.save(request.unnamed())


def _forget_waiting(person: PersonId | None, identity: Identity, unit: UnitOfWork) -> Erasure:
    """What could not be read or was not yet, and letters that have not left."""
    parked = [
        record.id
        for record in unit.parked.all()
        if (record.shop, record.subject) in identity.orders or identity.is_meant_by(record.body, record.shop)
    ]
    unit.parked.remove(parked)
    mails, waiting = unit.undelivered.forget(identity), unit.personal_records.forget(identity)
    return Erasure(person, len(parked), mails, waiting, identity)
