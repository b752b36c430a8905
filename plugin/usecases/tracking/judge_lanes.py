"""Judge arrival days by a merchant's own deliveries: told week by week from what was known then."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from plugin.domain.ids import MerchantId
from plugin.domain.tracking.eta.backtest import Held, backtest
from plugin.domain.tracking.eta.history import KEPT
from plugin.domain.tracking.eta.lane import Delivery, Lane
from plugin.ports.unit_of_work import Units

_PAGE = 10_000


def judge_lanes(weeks: int, *, merchant: MerchantId, units: Units, now: datetime) -> Mapping[Lane, Held]:
    """For each lane, what would have been told of parcels of the last weeks, and what of it was kept.

    All deliveries of those weeks and the year before are held at once, a few hundred bytes each. Parcels that have not
    arrived yet are not judged.
    """
    since = now - timedelta(weeks=weeks)
    deliveries: list[Delivery] = []
    after = None
    with units.read(merchant) as unit:
        while page := unit.lanes.deliveries(since - KEPT, after, _PAGE):
            deliveries += [each.delivery for each in page]
            after = page[-1]
    return backtest(deliveries, since.astimezone(UTC).date())
