"""Forget effects that ran out of tries long ago and were dismissed; what nobody looked at waits on."""

from datetime import datetime

from plugin.domain.ids import MerchantId
from plugin.ports.unit_of_work import Units


def forget_failures(*, merchant: MerchantId, units: Units, before: datetime) -> int:
    """How many, dismissed, had failed last before then."""
    with units(merchant) as unit:
        count = unit.failed_effects.forget(before)
        unit.commit()
    return count
