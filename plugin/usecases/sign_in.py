"""Turn a one-time link into a session."""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.access import SESSION_HOLDS, LinkUnusable, Token, is_secret_of, is_usable
from plugin.domain.ids import StaffId
from plugin.domain.shop import Session, StaffMember
from plugin.ports.ids import Ids
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import UnitOfWork, Units

_AGENT_LENGTH = 200


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who came in, and the token for their browser to keep; shown once, never stored."""

    member: StaffMember
    token: Token


def sign_in(text: str, agent: str, *, units: Units, ids: Ids, secrets: Secrets, now: datetime) -> SignedIn:
    """The session that the link's token opens; `agent` is what the browser calls itself.

    Raises `LinkUnusable` on a token that is not ours, was used or has run out, or whose owner works here no longer.
    """
    token = Token.parse(text)
    if token is None:
        raise LinkUnusable
    with units(token.merchant) as unit:
        member = _use(token, secrets.hash(token.secret), unit, now)
        opened = Token(token.merchant, ids.new(), secrets.token())
        unit.staff.save_session(_session(opened, member.id, agent, secrets, now))
        unit.commit()
    return SignedIn(member, opened)


def _use(token: Token, secret_hash: bytes, unit: UnitOfWork, now: datetime) -> StaffMember:
    link = unit.staff.link(token.record)
    if link is None or not is_secret_of(link, secret_hash):
        raise LinkUnusable
    if not is_usable(link, now) or not unit.staff.use_link(link.id, now):
        raise LinkUnusable({"reason": "used" if now < link.expires_at else "expired"})
    member = unit.staff.get(link.staff)
    if member.removed_at is not None:
        raise LinkUnusable
    return member


def _session(token: Token, staff: StaffId, agent: str, secrets: Secrets, now: datetime) -> Session:
    return Session(
        id=token.record,
        staff=staff,
        secret_hash=secrets.hash(token.secret),
        created_at=now,
        last_seen_at=now,
        expires_at=now + SESSION_HOLDS,
        agent=agent[:_AGENT_LENGTH],
    )
