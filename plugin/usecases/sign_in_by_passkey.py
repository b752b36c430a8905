"""Turn a passkey's answer into a session."""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.errors import NotFound
from plugin.domain.passkey import Handle, Passkey, PasskeyRefused
from plugin.domain.shop import StaffMember
from plugin.ports.errors import Rejected
from plugin.ports.ids import Ids
from plugin.ports.passkeys import Claimed, Devices
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.issue_challenge import Asked, spend_challenge
from plugin.usecases.open_session import SignedIn, open_session


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who wants in: what the browser calls itself, and what only it and we know."""

    agent: str
    browser: str


def sign_in_by_passkey(  # noqa: PLR0913 - the answer, whose it is, and the ports it takes
    answer: str,
    visitor: Visitor,
    *,
    devices: Devices,
    units: Units,
    ids: Ids,
    secrets: Secrets,
    now: datetime,
) -> SignedIn:
    """The session of whoever's passkey answered.

    Raises `PasskeyRefused` on all but a fresh answer, of a passkey on record, to what this browser was asked; on one
    that looks copied too, which from then on signs nobody in.
    """
    try:
        claimed = devices.read(answer)
    except Rejected as error:
        raise PasskeyRefused from error
    handle = Handle.parse(claimed.handle or b"")
    if handle is None:
        raise PasskeyRefused
    with units(handle.merchant) as unit:
        member, passkey = _owner(handle, claimed, unit)
        spend_challenge(claimed.challenge, Asked.TO_SIGN_IN, visitor.browser, unit, secrets=secrets, now=now)
        used = _proven(answer, claimed, passkey, devices, now)
        if not unit.passkeys.save(used, was=passkey):
            raise PasskeyRefused
        is_copied = used.copied_at is not None
        signed_in = None if is_copied else open_session(member, visitor.agent, unit, ids=ids, secrets=secrets, now=now)
        unit.commit()
    if signed_in is None:
        raise PasskeyRefused({"passkey": passkey.id})
    return signed_in


def _owner(handle: Handle, claimed: Claimed, unit: UnitOfWork) -> tuple[StaffMember, Passkey]:
    try:
        passkey = unit.passkeys.by_credential(claimed.credential)
    except NotFound as error:  # no such merchant
        raise PasskeyRefused from error
    if passkey is None or passkey.staff != handle.staff or passkey.copied_at is not None:
        raise PasskeyRefused
    member = unit.staff.get(passkey.staff)
    if member.removed_at is not None:
        raise PasskeyRefused
    return member, passkey


def _proven(answer: str, claimed: Claimed, passkey: Passkey, devices: Devices, now: datetime) -> Passkey:
    try:
        count = devices.signed(answer, claimed.challenge, passkey.public_key)
    except Rejected as error:
        raise PasskeyRefused from error
    return passkey.used(count, now)
