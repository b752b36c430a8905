"""Have a passkey of one's own sign nobody in any more."""

from plugin.ports.unit_of_work import Units
from plugin.usecases.rename_passkey import own_passkey
from plugin.usecases.resume_session import Presence


def remove_passkey(passkey: str, here: Presence, *, units: Units) -> None:
    """Forget it; who signed in with it stays in. Raises `NotFound` when it is not theirs."""
    with units(here.merchant) as unit:
        unit.passkeys.remove([own_passkey(passkey, here, unit).id])
        unit.commit()
