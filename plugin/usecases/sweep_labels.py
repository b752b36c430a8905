"""Remove the files of labels that are of no use any more, and of erased persons; the records stay."""

from datetime import datetime, timedelta

from plugin.domain.ids import MerchantId
from plugin.ports.files import Files
from plugin.ports.unit_of_work import Units

KEPT = timedelta(days=90)
"""Long enough for a dispute with a carrier about the label."""
_MOST = 200


def sweep_labels(*, merchant: MerchantId, units: Units, files: Files, now: datetime) -> int:
    """How many files are gone: first the records say that they go, then the bytes go, then the records know."""
    with units(merchant) as unit:
        if unit.labels.drop_due(now - KEPT):
            unit.commit()
    with units.read(merchant) as unit:
        dropped = unit.labels.dropped(_MOST)
    for each in dropped:
        files.delete(f"{merchant}/{each}")
    if dropped:
        with units(merchant) as unit:
            unit.labels.remove(dropped)
            unit.commit()
    return len(dropped)
