"""Call a passkey of one's own something else."""

from plugin.domain.errors import NotFound
from plugin.domain.passkey import Passkey, usable_name
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.resume_session import Presence


def rename_passkey(passkey: str, name: str, here: Presence, *, units: Units) -> None:
    """Keep the new name. Raises `Invalid` on one that is none, `NotFound` when the passkey is not theirs."""
    with units(here.merchant) as unit:
        unit.passkeys.rename(own_passkey(passkey, here, unit).id, usable_name(name))
        unit.commit()


def own_passkey(passkey: str, here: Presence, unit: UnitOfWork) -> Passkey:
    """The passkey, if it is of whoever is there; raises `NotFound`."""
    found = next((each for each in unit.passkeys.of(here.member.id) if each.id == passkey), None)
    if found is None:
        raise NotFound({"field": "passkey"})
    return found
