"""Say who a browser belongs to, from the token it carries."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from plugin.domain.access import SignedOut, Token, is_live, is_secret_of
from plugin.domain.ids import MerchantId
from plugin.domain.shop import Session, StaffMember
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import UnitOfWork, Units

_SEEN_EVERY = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Presence:
    """A staff member in a live session of theirs."""

    merchant: MerchantId
    member: StaffMember
    session: Session


def resume_session(text: str, *, units: Units, secrets: Secrets, now: datetime) -> Presence:
    """Who is there. Raises `SignedOut` when the session is unknown, revoked, over or idle too long.

    That it was seen is written down every ten minutes at most, so pages do not write.
    """
    token = Token.parse(text)
    if token is None:
        raise SignedOut
    with units.read(token.merchant) as unit:
        presence = _presence(token, secrets.hash(token.secret), unit, now)
    if now - presence.session.last_seen_at >= _SEEN_EVERY:
        _see(presence.session.id, token.merchant, units, now)
    return presence


def _presence(token: Token, secret_hash: bytes, unit: UnitOfWork, now: datetime) -> Presence:
    session = unit.staff.session(token.record)
    if session is None or not is_secret_of(session, secret_hash) or not is_live(session, now):
        raise SignedOut
    member = unit.staff.get(session.staff)
    if member.removed_at is not None:
        raise SignedOut
    return Presence(token.merchant, member, session)


def _see(session_id: str, merchant: MerchantId, units: Units, now: datetime) -> None:
    with units(merchant) as unit:
        unit.staff.seen(session_id, now)
        unit.commit()
