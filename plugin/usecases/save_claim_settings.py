"""Save limits, budgets and the account of payouts."""

from datetime import datetime

from plugin.domain.access import require_role
from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.ids import MerchantId
from plugin.domain.shop import Role, StaffMember
from plugin.ports.unit_of_work import Units


def save_claim_settings(
    settings: ClaimSettings, *, by: StaffMember, merchant: MerchantId, units: Units, now: datetime
) -> None:
    """Put them in the place of the last. Raises `RoleTooLow` below a manager."""
    require_role(by, Role.MANAGER)
    with units(merchant) as unit:
        unit.claim_desk.save_settings(settings, now)
        unit.commit()
