"""Queue all projections of a merchant to be computed again: a lost job leaves none of them stale for over a day."""

from datetime import datetime

from plugin.domain.effects import RebuildEntitlements
from plugin.domain.ids import MerchantId
from plugin.ports.unit_of_work import Units


def rebuild_nightly(*, merchant: MerchantId, units: Units, now: datetime) -> int:
    """How many jobs were queued: one per merchant. Carried out again for the same `now`, it queues nothing twice.

    `rebuild_outdated` finds what another rulebook or calendar computed; what changed an order and then lost its job
    shows nowhere but in the comparison itself, which writes only where a projection differs.
    """
    with units(merchant) as unit:
        unit.queue.add([RebuildEntitlements(merchant)], key=f"rebuild:{merchant}:{now.isoformat()}")
        unit.commit()
    return 1
