"""End a session: one's own on leaving, or any of one's own that should not be."""

from datetime import datetime

from plugin.domain.errors import NotFound
from plugin.domain.ids import MerchantId, StaffId
from plugin.ports.unit_of_work import Units


def revoke_session(session_id: str, *, of: StaffId, merchant: MerchantId, units: Units, now: datetime) -> None:
    """End a session of this staff member; ending it twice is ending it. Raises `NotFound` when it is not theirs."""
    with units(merchant) as unit:
        session = unit.staff.session(session_id)
        if session is None or session.staff != of:
            raise NotFound({"field": "session"})
        unit.staff.revoke([session_id], now)
        unit.commit()
