"""Keep classes of personal data for the days an owner has chosen, within the bounds of each."""

from collections.abc import Mapping
from datetime import datetime

from plugin.domain.access import require_role
from plugin.domain.ids import MerchantId
from plugin.domain.retention import Kept, Retention
from plugin.domain.shop import Role, StaffMember
from plugin.ports.retention import RetentionRecords


def save_retention(
    days: Mapping[Kept, int | None], *, by: StaffMember, merchant: MerchantId, records: RetentionRecords, now: datetime
) -> Retention:
    """What is kept for how long from the next night on; None: as long as usual. All of it is saved, or nothing.

    Raises `RoleTooLow` below an owner, who answers for it; `UnusableRetention` for days out of bounds.
    """
    require_role(by, Role.OWNER)
    retention = records.settings(merchant)
    for kept, chosen in days.items():
        retention = retention.setting(kept, chosen)
    records.save_settings(merchant, retention, now)
    return retention
