"""Let somebody no longer work for the merchant: their sessions end, their links and passkeys are dead."""

from datetime import datetime

from plugin.domain.errors import Conflict
from plugin.domain.ids import MerchantId, StaffId
from plugin.domain.shop import Role, StaffMember
from plugin.ports.unit_of_work import UnitOfWork, Units


class LastOwner(Conflict):
    """Without an owner nobody could let anybody in again."""

    code = "last_owner"


def remove_staff(staff: StaffId, *, merchant: MerchantId, units: Units, now: datetime) -> None:
    """Remove a staff member. Raises `NotFound`, and `LastOwner` when no other owner remains.

    Of two owners who remove each other at once, one is the last.
    """
    with units(merchant) as unit:
        unit.staff.hold()
        member = unit.staff.get(staff)
        if member.role is Role.OWNER and not _other_owners(member, unit):
            raise LastOwner({"field": "staff"})
        unit.staff.remove(staff, now)
        unit.staff.revoke([session.id for session in unit.staff.sessions(staff)], now)
        unit.passkeys.remove([passkey.id for passkey in unit.passkeys.of(staff)])
        unit.commit()


def _other_owners(member: StaffMember, unit: UnitOfWork) -> list[StaffMember]:
    return [other for other in unit.staff.all() if other.role is Role.OWNER and other.id != member.id]
