"""Leave: the session of this browser ends."""

from datetime import datetime

from plugin.domain.access import SignedOut
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import Units
from plugin.usecases.resume_session import resume_session
from plugin.usecases.revoke_session import revoke_session


def sign_out(text: str, *, units: Units, secrets: Secrets, now: datetime) -> None:
    """End the session the token names; leaving a session that is over is no error."""
    try:
        presence = resume_session(text, units=units, secrets=secrets, now=now)
    except SignedOut:
        return
    revoke_session(presence.session.id, of=presence.member.id, merchant=presence.merchant, units=units, now=now)
