"""Remove what has to go: idle uploads, files never claimed, files kept long enough, files of erased persons."""

from datetime import datetime

from plugin.domain.evidence import Limits
from plugin.domain.ids import MerchantId
from plugin.ports.files import Files
from plugin.ports.unit_of_work import Units

_MOST = 200


def sweep_evidence(*, merchant: MerchantId, units: Units, files: Files, limits: Limits, now: datetime) -> int:
    """How many files are gone.

    First the records say that they go, then the bytes go, then the records: killed anywhere, the next sweep goes on.
    """
    with units.read(merchant) as unit:
        if not unit.evidence.has_due(limits, now):
            return 0
    with units(merchant) as unit:
        unit.evidence.drop_due(limits, now)
        unit.commit()
    with units.read(merchant) as unit:
        dropped = unit.evidence.dropped(_MOST)
    for each in dropped:
        files.delete(f"{merchant}/{each}")
    with units(merchant) as unit:
        unit.evidence.remove(dropped, now - limits.day)
        unit.commit()
    return len(dropped)
