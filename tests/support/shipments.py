"""Parcels that are followed, with everything filled in; a test names only what it is about."""

from dataclasses import replace
from datetime import datetime, timedelta

from plugin.domain.ids import OrderId, ShipmentId
from plugin.domain.order import DeliveryStatus
from plugin.domain.times import Source
from plugin.domain.tracking.report import EventPlace, Report
from plugin.domain.tracking.shipment import Asking, Purpose, Shipment, TrackedNumber
from tests.build import DELIVERED, NOW, PLACED, a_shop

NUMBER = "JJD000390007862514239"


def a_report(
    status: DeliveryStatus = DeliveryStatus.DELIVERED, said_at: datetime = DELIVERED, **facts: object
) -> Report:
    report = Report(
        status=status,
        said_at=said_at,
        source=Source.CARRIER,
        heard_at=max(said_at, DELIVERED) if said_at.tzinfo else DELIVERED,
        carrier="dhl",
        number=NUMBER,
        message="Handed to neighbour Wiebke Brandt",
        place=EventPlace("DE", None, "10119", "Berlin"),
        raw='{"signedBy": "Wiebke Brandt"}',
    )
    return replace(report, **facts)  # type: ignore[arg-type]  # a test names fields of the report


def a_shipment(name: str = "shipment1", **facts: object) -> Shipment:
    shipment = Shipment(
        id=ShipmentId(name),
        shop=a_shop().id,
        order=OrderId("order1"),
        purpose=Purpose.OUTBOUND,
        belongs_to=f"fulfilment-of-{name}",
        numbers=(TrackedNumber(NUMBER, "dhl"),),
        created_at=PLACED + timedelta(days=1),
        origin="DE",
        destination="DE",
        asking=Asking(next_at=NOW),
    )
    return replace(shipment, **facts)  # type: ignore[arg-type]  # a test names fields of the shipment
