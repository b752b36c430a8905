"""Give a staff member a one-time link: the token to send, and what is kept of it."""

from datetime import datetime, timedelta

from plugin.domain.access import Token
from plugin.domain.ids import StaffId
from plugin.domain.shop import SignInLink
from plugin.ports.ids import Ids
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import UnitOfWork


def issue_link(
    staff: StaffId, holds: timedelta, unit: UnitOfWork, *, ids: Ids, secrets: Secrets, now: datetime
) -> Token:
    """A token that signs this person in once, within `holds` from now; saved in the caller's unit."""
    token = Token(unit.merchant, ids.new(), secrets.token())
    link = SignInLink(token.record, staff, secrets.hash(token.secret), expires_at=now + holds)
    unit.staff.save_link(link)
    return token
