"""Forget a person: the key to everything personal about them is destroyed, the facts of their orders remain."""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.ids import MerchantId, PersonId
from plugin.ports.unit_of_work import UnitOfWork, Units


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was forgotten: the person, how many parked records name the address, how much mail waited for it."""

    person: PersonId | None
    parked: int
    mails: int = 0


def erase_person(email: str, *, merchant: MerchantId, units: Units, now: datetime) -> Erasure:
    """Erase whoever has this e-mail address (exact, case aside); `person` is None when nobody is on record.

    Parked records cannot be read, so those that contain the address are removed whole, and so is mail that has not
    left yet. The erasure list replays this
    after a restore, and what the platform repeats later stays erased on the orders it concerns.
    """
    with units(merchant) as unit:
        erasure = forget_person(email.strip(), unit, now)
        unit.commit()
    return erasure


def forget_person(email: str, unit: UnitOfWork, now: datetime) -> Erasure:
    """The same inside the caller's unit of work, which commits."""
    person = unit.people.find(email)
    if person is not None:
        unit.people.erase(person, now)
    _forget_asking(email, unit)
    return Erasure(person, _forget_parked(email, unit), unit.undelivered.forget(email))


def _forget_asking(email: str, unit: UnitOfWork) -> None:
    """That data was asked for at this address stays, not at which."""
    for request in unit.data_requests.open():
        if request.sought and (request.sought.email or "").strip().lower() == email.lower():
            unit.data_requests.save(request.unnamed())


def _forget_parked(email: str, unit: UnitOfWork) -> int:
    needle = email.lower().encode()
    naming = [record.id for record in unit.parked.all() if needle in record.body.lower()]
    unit.parked.remove(naming)
    return len(naming)
