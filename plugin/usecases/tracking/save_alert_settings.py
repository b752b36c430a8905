"""Keep what a merchant wants of alerts: managers and owners do; from then on it counts for every parcel."""

from collections.abc import Callable
from datetime import datetime

from plugin.domain.access import require_role
from plugin.domain.ids import MerchantId
from plugin.domain.shop import Role, StaffMember
from plugin.domain.tracking.alert_settings import AlertSettings
from plugin.ports.unit_of_work import Units

Change = Callable[[AlertSettings], AlertSettings]


def save_alert_settings(
    change: Change, *, by: StaffMember, merchant: MerchantId, units: Units, now: datetime
) -> AlertSettings:
    """The settings after a change. Raises `RoleTooLow` below a manager, and what the change raises."""
    require_role(by, Role.MANAGER)
    with units(merchant) as unit:
        known = unit.alerts.settings()
        after = change(known)
        if after != known:
            unit.alerts.save_settings(after, now)
            unit.commit()
    return after
