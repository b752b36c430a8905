"""Read again what carriers' accounts pushed and nobody could read: whoever has mended one has mended them all."""

from datetime import datetime

from plugin.domain.ids import MerchantId
from plugin.ports.unit_of_work import Units


def retry_pushes(*, merchant: MerchantId, units: Units, now: datetime) -> int:
    """How many; they are due at once, as if they had just come."""
    with units(merchant) as unit:
        count = unit.carrier_pushes.revive(now)
        unit.commit()
    return count
