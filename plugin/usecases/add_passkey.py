"""Keep a passkey that a staff member's device has made."""

from datetime import datetime

from plugin.domain.passkey import Passkey, PasskeyRefused, PasskeyTurn, usable_name
from plugin.ports.errors import Rejected
from plugin.ports.ids import Ids
from plugin.ports.letters import PasskeyLetter
from plugin.ports.passkeys import Devices
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import Units
from plugin.usecases.issue_challenge import Asked, spend_challenge
from plugin.usecases.queue_letter import queue_letter
from plugin.usecases.resume_session import Presence


def add_passkey(  # noqa: PLR0913 - the answer, its name, whose it is, and the ports it takes
    answer: str,
    name: str,
    here: Presence,
    *,
    devices: Devices,
    units: Units,
    ids: Ids,
    secrets: Secrets,
    now: datetime,
    letter: PasskeyLetter | None = None,
) -> Passkey:
    """The passkey, under the name its owner chose; a letter tells them of it, whoever it was.

    Raises `Invalid` on a name that is none, and `PasskeyRefused` on an answer that is not to what this session was
    asked, was given before, or whose passkey somebody has.
    """
    called = usable_name(name)
    try:
        challenge = devices.read(answer).challenge
        made = devices.made(answer, challenge)
    except Rejected as error:
        raise PasskeyRefused from error
    passkey = Passkey(ids.new(), here.member.id, made.credential, made.public_key, made.sign_count, called, made_at=now)
    with units(here.merchant) as unit:
        spend_challenge(challenge, Asked.TO_MAKE, here.session.id, unit, secrets=secrets, now=now)
        if not unit.passkeys.add(passkey):
            raise PasskeyRefused
        if letter is not None:
            turn = PasskeyTurn.ADDED
            queue_letter(f"{passkey.id}-{turn}", letter(here.member, passkey, turn, now), unit, now)
        unit.commit()
    return passkey
