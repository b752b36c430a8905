"""End every session of a staff member but the one they are in."""

from datetime import datetime

from plugin.domain.access import is_live
from plugin.ports.unit_of_work import Units
from plugin.usecases.resume_session import Presence


def revoke_other_sessions(here: Presence, *, units: Units, now: datetime) -> int:
    """How many ended; at once, in every process."""
    with units(here.merchant) as unit:
        sessions = unit.staff.sessions(here.member.id)
        others = [each.id for each in sessions if each.id != here.session.id and is_live(each, now)]
        unit.staff.revoke(others, now)
        unit.commit()
    return len(others)
