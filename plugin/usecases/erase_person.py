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
        person = unit.people.find(email.strip())
        if person is not None:
            unit.people.erase(person, now)
        erasure = Erasure(person, _forget_parked(email.strip(), unit), unit.undelivered.forget(email.strip()))
        unit.commit()
    return erasure


def _forget_parked(email: str, unit: UnitOfWork) -> int:
    needle = email.lower().encode()
    naming = [record.id for record in unit.parked.all() if needle in record.body.lower()]
    unit.parked.remove(naming)
    return len(naming)
