"""Write down where a parcel is, as the merchant knows it by telephone or from somebody's mail; or strike that again.

It is one more report, named as the merchant's: a carrier's scan and the platform's word are believed before it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from plugin.domain.errors import Conflict, Invalid, NotFound
from plugin.domain.ids import MerchantId, ShipmentId
from plugin.domain.order import DeliveryStatus
from plugin.domain.times import Source
from plugin.domain.tracking.report import Report
from plugin.domain.tracking.shipment import Shipment
from plugin.ports.ids import Ids
from plugin.ports.unit_of_work import Units
from plugin.usecases.tracking.apply_told import Heard, keep_heard
from plugin.usecases.tracking.merge_told import add_reports

BY_HAND: Final = tuple(each for each in DeliveryStatus if each not in {DeliveryStatus.UNKNOWN, DeliveryStatus.EXPIRED})
"""What somebody can know of a parcel."""
_MARK: Final = "by-hand:"
_LONGEST: Final = 500


class ReportOutOfTime(Invalid):
    """Nothing happens to a parcel in the future, or long before it was sent."""

    code = "report_out_of_time"


class ParcelForgotten(Conflict):
    """Its shopper was erased: nothing more is written down of it."""

    code = "parcel_forgotten"


@dataclass(frozen=True, slots=True)
class ByHand:
    """What happened, one of `BY_HAND`, when (aware), and a note for the team, which nobody else reads."""

    status: DeliveryStatus
    at: datetime
    words: str = ""


def report_by_hand(
    said: ByHand, shipment: ShipmentId, *, merchant: MerchantId, units: Units, ids: Ids, now: datetime
) -> str:
    """The id of the report, to strike it by. Raises `NotFound`, `Conflict`, `ReportOutOfTime`, `ParcelForgotten`."""
    with units(merchant) as unit:
        known = unit.shipments.get(shipment)
        if known.is_forgotten:
            raise ParcelForgotten({"shipment": shipment})
        report = _report(said, known, f"{_MARK}{ids.new()}", now)
        merged = add_reports(known, [report])
        if said.at > now or not merged.reports:
            raise ReportOutOfTime({"field": "at"})
        keep_heard([Heard(merged.shipment, known.whereabouts, merged.reports)], unit)
        unit.commit()
    return report.id or ""


def strike_report(report: str, shipment: ShipmentId, *, merchant: MerchantId, units: Units) -> None:
    """Take one written by hand away again. Raises `NotFound`, also for a report that somebody else made."""
    with units(merchant) as unit:
        known = unit.shipments.get(shipment)
        left = [each for each in known.reports if each.id != report or not is_by_hand(each)]
        if len(left) == len(known.reports):
            raise NotFound({"report": report})
        keep_heard([Heard(known.with_reports(left), known.whereabouts, ())], unit)
        unit.commit()


def is_by_hand(report: Report) -> bool:
    """Whether it was written down here."""
    return report.source is Source.MERCHANT and (report.id or "").startswith(_MARK)


def _report(said: ByHand, shipment: Shipment, name: str, now: datetime) -> Report:
    return Report(
        status=said.status,
        said_at=said.at,
        source=Source.MERCHANT,
        heard_at=now,
        number=shipment.number.number,
        id=name,
        message=said.words.strip()[:_LONGEST] or None,
    )
