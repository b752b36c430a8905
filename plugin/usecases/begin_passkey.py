"""Ask a staff member's browser to make them a passkey."""

from datetime import datetime

from plugin.domain.errors import Invalid
from plugin.domain.passkey import MOST, Handle
from plugin.ports.passkeys import Devices, Owner
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import Units
from plugin.usecases.issue_challenge import Asked, issue_challenge
from plugin.usecases.resume_session import Presence


def begin_passkey(here: Presence, *, devices: Devices, units: Units, secrets: Secrets, now: datetime) -> str:
    """What the browser is told, as JSON; for the session they are in. Raises `Invalid` where they have 20 already."""
    with units.read(here.merchant) as unit:
        known = [passkey.credential for passkey in unit.passkeys.of(here.member.id)]
        shops = ", ".join(shop.name for shop in unit.shops.all()[:2])
    if len(known) >= MOST:
        raise Invalid({"field": "passkey"})
    name = f"{here.member.email} ({shops})" if shops else here.member.email
    challenge = issue_challenge(Asked.TO_MAKE, here.session.id, secrets=secrets, now=now)
    return devices.ask_to_make(Owner(Handle(here.merchant, here.member.id), name, known), challenge)
