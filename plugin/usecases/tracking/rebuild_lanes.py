"""Make every lane of a merchant anew, from what was delivered in the last year."""

from datetime import UTC, datetime

from plugin.domain.ids import MerchantId
from plugin.domain.tracking.eta.history import KEPT, History
from plugin.domain.tracking.eta.table import lane_table
from plugin.ports.lanes import DeliveredParcel
from plugin.ports.unit_of_work import Units

_PAGE = 4_000
"""So few that PostgreSQL looks their orders up, and does not read all there are for each page."""


def rebuild_lanes(*, merchant: MerchantId, units: Units, now: datetime) -> int:
    """How many lanes say something. Deliveries are read page by page and counted; no reader waits for it."""
    history, after = History(), None
    while page := _page(merchant, units, now, after):
        for parcel in page:
            history.add(parcel.delivery)
        after = page[-1]
    table = tuple(lane_table(history, now.astimezone(UTC).date()))
    with units(merchant) as unit:
        unit.lanes.replace(table)
        unit.commit()
    return len(table)


def _page(
    merchant: MerchantId, units: Units, now: datetime, after: DeliveredParcel | None
) -> tuple[DeliveredParcel, ...]:
    with units.read(merchant) as unit:
        return tuple(unit.lanes.deliveries(now - KEPT, after, _PAGE))
