"""Show a staff member where they are signed in."""

from collections.abc import Sequence
from datetime import datetime

from plugin.domain.access import is_live
from plugin.domain.ids import MerchantId, StaffId
from plugin.domain.shop import Session
from plugin.ports.unit_of_work import Units


def list_sessions(staff: StaffId, *, merchant: MerchantId, units: Units, now: datetime) -> Sequence[Session]:
    """The live sessions of this person, newest first."""
    with units.read(merchant) as unit:
        return [session for session in unit.staff.sessions(staff) if is_live(session, now)]
