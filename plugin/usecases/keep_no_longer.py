"""Let go what is older than its class and needed by nobody: slice by slice, so that nobody waits long behind it."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from plugin.domain.ids import MerchantId
from plugin.domain.retention import Kept
from plugin.ports.retention import RetentionRecords

_SLICE = 50
_MOST_SLICES = 400
"""Of a class, in one run; the next night goes on."""


def keep_no_longer(*, merchant: MerchantId, records: RetentionRecords, now: datetime) -> Mapping[Kept, int]:
    """How many of each class went. Claims before orders, which wait for them; running it again changes nothing.

    A class that fails keeps no other waiting: the first failure is raised once all had their turn.
    """
    retention = records.settings(merchant)
    gone: Counter[Kept] = Counter()
    failure: Exception | None = None
    for kept in sorted(Kept, key=lambda each: each is Kept.ORDERS):
        try:
            for _ in range(_MOST_SLICES):
                count = records.let_go(merchant, kept, retention, now, _SLICE)
                gone[kept] += count
                if not count:
                    break
        except Exception as error:  # noqa: BLE001 - raised below
            failure = failure or error
    if failure is not None:
        raise failure
    return {kept: count for kept, count in gone.items() if count}


def what_is_due(*, merchant: MerchantId, records: RetentionRecords, now: datetime) -> Mapping[Kept, int]:
    """How many of each class would go now; an order may follow once what it waits for is gone."""
    retention = records.settings(merchant)
    counted = {kept: records.due(merchant, kept, retention, now) for kept in Kept}
    return {kept: count for kept, count in counted.items() if count}
