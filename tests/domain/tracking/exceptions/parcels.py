"""Parcels with a few reports, for the rules about what goes wrong with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from plugin.domain.ids import OrderId, ShipmentId
from plugin.domain.tracking.exceptions import Episode, look_at, occurrences
from plugin.domain.tracking.exceptions.patience import Patience
from plugin.domain.tracking.report import Report
from plugin.domain.tracking.shipment import ExpectedDays, Purpose, Shipment, TrackedNumber
from tests.build import a_shop
from tests.domain.tracking.reports import SENT, at

DAY = 24.0


def a_shipment(*reports: Report, **facts: object) -> Shipment:
    shipment = Shipment(
        id=ShipmentId("s1"),
        shop=a_shop().id,
        order=OrderId("order1"),
        purpose=Purpose.OUTBOUND,
        belongs_to="f1",
        numbers=(TrackedNumber("00340433836442636597", "dhl"),),
        created_at=SENT,
        origin="CN",
        destination="DE",
        shipped_at=SENT,
        reports=reports,
    )
    return replace(shipment, **facts)  # type: ignore[arg-type]  # a test names fields of the shipment


def expecting(day: int, *, said: datetime = SENT) -> ExpectedDays:
    """Return that it should come on that day of November 2026 at the latest."""
    return ExpectedDays(date(2026, 11, day - 2), date(2026, 11, day), said)


def found(shipment: Shipment, days: float, patience: Patience | None = None) -> tuple[Episode, ...]:
    """Return what the rules find so many days after it was sent."""
    return occurrences(look_at(shipment, patience or Patience(), at(days * DAY)))
