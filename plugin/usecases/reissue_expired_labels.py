"""Labels by the clock: those that ran out are issued anew while the shopper may still send; lost jobs are queued."""

from datetime import datetime

from plugin.domain.errors import Conflict
from plugin.domain.ids import LabelId, MerchantId
from plugin.ports.ids import Ids
from plugin.ports.unit_of_work import Units
from plugin.usecases.close_labels import stop_following
from plugin.usecases.request_label import begun, queue_label
from plugin.usecases.tell_claims import tell_of_label

_MOST = 100


def reissue_expired_labels(*, merchant: MerchantId, units: Units, ids: Ids, now: datetime) -> int:
    """How many labels ran out and are on record as that, each with the one that replaces it where it is wanted."""
    with units.read(merchant) as unit:
        over = unit.labels.run_out(now, _MOST)
    return sum(_reissued(label, merchant, units, ids, now) for label in over)


def queue_due_labels(*, merchant: MerchantId, units: Units, now: datetime) -> int:
    """How many labels may be tried and were queued, those of a lost job too; each attempt once an hour."""
    with units.read(merchant) as unit:
        due = unit.labels.due(now, _MOST)
    if not due:
        return 0
    with units(merchant) as unit:
        for label in due:
            queue_label(unit.labels.get(label), unit, now)
        unit.commit()
    return len(due)


def _reissued(label: LabelId, merchant: MerchantId, units: Units, ids: Ids, now: datetime) -> bool:
    try:
        with units(merchant) as unit:
            known = unit.labels.get(label)
            if not known.has_run_out(now):
                return False
            old = known.expired(now)
            new = [begun(old.renewal(LabelId(ids.new()), now), now, now)] if old.is_wanted(now) else []
            unit.labels.save([old, *new])
            stop_following([old], unit)
            tell_of_label(old, unit)
            for each in new:
                queue_label(each, unit, now)
            unit.commit()
    except Conflict:  # somebody closed it in this moment: the next run sees
        return False
    return True
