"""Open a session for somebody who has just shown who they are."""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.access import SESSION_HOLDS, Token
from plugin.domain.shop import Session, StaffMember
from plugin.ports.ids import Ids
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import UnitOfWork

_AGENT_LENGTH = 200


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who came in, and the token for their browser to keep; shown once, never stored."""

    member: StaffMember
    token: Token


def open_session(
    member: StaffMember, agent: str, unit: UnitOfWork, *, ids: Ids, secrets: Secrets, now: datetime
) -> SignedIn:
    """The session, kept in the caller's unit, which has to commit; `agent` is what the browser calls itself."""
    opened = Token(unit.merchant, ids.new(), secrets.token())
    unit.staff.save_session(
        Session(
            id=opened.record,
            staff=member.id,
            secret_hash=secrets.hash(opened.secret),
            created_at=now,
            last_seen_at=now,
            expires_at=now + SESSION_HOLDS,
            agent=agent[:_AGENT_LENGTH],
        )
    )
    return SignedIn(member, opened)
