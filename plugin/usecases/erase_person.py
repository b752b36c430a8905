"""Forget a person: the key to everything personal about them is destroyed, the facts of their orders remain."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from plugin.domain.ids import MerchantId, PersonId
from plugin.domain.mentions import mentions
from plugin.ports.unit_of_work import UnitOfWork, Units


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was forgotten: the person, how many parked records name the address, how much mail waited for it.

    `waiting`: messages that named it and were not applied yet.
    """

    person: PersonId | None
    parked: int
    mails: int = 0
    waiting: int = 0


def erase_person(email: str, *, merchant: MerchantId, units: Units, now: datetime) -> Erasure:
    """Erase whoever has this e-mail address (exact, case aside); `person` is None when nobody is on record.

    Parked records cannot be read, so those that contain the address or are about an order of theirs are removed whole,
    and so are mail that has not left and messages that are not applied yet. The erasure list replays this
    after a restore, and what the platform repeats later stays erased on the orders it concerns.
    """
    with units(merchant) as unit:
        erasure = forget_person(email.strip(), unit, now)
        waiting = unit.personal_records.forget(email.strip())
        unit.commit()
    return replace(erasure, waiting=waiting)


def forget_person(email: str, unit: UnitOfWork, now: datetime) -> Erasure:
    """The same inside the caller's unit of work, which commits."""
    person = unit.people.find(email)
    about_orders = _forget_about_orders(person, unit) if person is not None else 0
    if person is not None:
        unit.people.erase(person, now)
    _forget_asking(email, unit)
    parked = about_orders + _forget_parked(email, unit)
    return Erasure(person, parked, unit.undelivered.forget(email))


def _forget_asking(email: str, unit: UnitOfWork) -> None:
    """That data was asked for at this address stays, not at which."""
    for request in unit.data_requests.open():
        if request.sought and (request.sought.email or "").strip().lower() == email.lower():
            unit.data_requests.save(request.unnamed())


def _forget_parked(email: str, unit: UnitOfWork) -> int:
    naming = [record.id for record in unit.parked.all() if mentions(record.body, email)]
    unit.parked.remove(naming)
    return len(naming)


def _forget_about_orders(person: PersonId, unit: UnitOfWork) -> int:
    """States of their orders that could not be read, whatever address those name."""
    external = defaultdict(list)
    for order in unit.people.orders_of(person):
        stored = unit.orders.get(order)
        external[stored.shop].append(stored.order.ref.external_id)
    about = [each.id for shop, named in external.items() for each in unit.parked.about(shop, named)]
    unit.parked.remove(about)
    return len(about)
