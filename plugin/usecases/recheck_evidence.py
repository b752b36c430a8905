"""Queue again what should have been checked by now: a lost or exhausted job costs latency, never a file."""

from datetime import datetime, timedelta

from plugin.domain.effects import CheckEvidence
from plugin.domain.ids import MerchantId
from plugin.ports.unit_of_work import Units

_LATE = timedelta(minutes=15)
"""By then a job has made all its attempts."""
_MOST = 100


def recheck_evidence(*, merchant: MerchantId, units: Units, now: datetime) -> int:
    """How many files were queued again; for the same `now` nothing twice."""
    with units.read(merchant) as unit:
        if not unit.evidence.stuck(now - _LATE, 1):
            return 0
    with units(merchant) as unit:
        stuck = unit.evidence.stuck(now - _LATE, _MOST)
        for each in stuck:
            unit.queue.add([CheckEvidence(merchant, each)], key=f"{each}:{now.isoformat()}")
        unit.commit()
    return len(stuck)
