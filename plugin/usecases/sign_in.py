"""Turn a one-time link into a session."""

from datetime import datetime

from plugin.domain.access import LinkUnusable, Token, is_secret_of, is_usable
from plugin.domain.shop import StaffMember
from plugin.ports.ids import Ids
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.open_session import SignedIn, open_session


def sign_in(text: str, agent: str, *, units: Units, ids: Ids, secrets: Secrets, now: datetime) -> SignedIn:
    """The session that the link's token opens; `agent` is what the browser calls itself.

    Raises `LinkUnusable` on a token that is not ours, was used or has run out, or whose owner works here no longer.
    """
    token = Token.parse(text)
    if token is None:
        raise LinkUnusable
    with units(token.merchant) as unit:
        member = _use(token, secrets.hash(token.secret), unit, now)
        signed_in = open_session(member, agent, unit, ids=ids, secrets=secrets, now=now)
        unit.commit()
    return signed_in


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
