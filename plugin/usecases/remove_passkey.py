"""Have a passkey of one's own sign nobody in any more."""

from datetime import datetime

from plugin.domain.passkey import PasskeyTurn
from plugin.ports.letters import PasskeyLetter
from plugin.ports.unit_of_work import Units
from plugin.usecases.queue_letter import queue_letter
from plugin.usecases.rename_passkey import own_passkey
from plugin.usecases.resume_session import Presence


def remove_passkey(
    passkey: str, here: Presence, *, units: Units, now: datetime, letter: PasskeyLetter | None = None
) -> None:
    """Forget it; who signed in with it stays in, and a letter tells its owner. Raises `NotFound` if not theirs."""
    with units(here.merchant) as unit:
        gone, turn = own_passkey(passkey, here, unit), PasskeyTurn.REMOVED
        unit.passkeys.remove([gone.id])
        if letter is not None:
            queue_letter(f"{gone.id}-{turn}", letter(here.member, gone, turn, now), unit, now)
        unit.commit()
