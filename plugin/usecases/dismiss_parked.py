"""Throw parked records away, because the merchant says that they do not matter."""

from collections.abc import Sequence

from plugin.domain.ids import MerchantId, ParkedId
from plugin.ports.unit_of_work import Units


def dismiss_parked(records: Sequence[ParkedId], *, merchant: MerchantId, units: Units) -> None:
    """Remove them all, or none: raises `NotFound` when one is not parked."""
    with units(merchant) as unit:
        for record in records:
            unit.parked.get(record)
        unit.parked.remove(records)
        unit.commit()
