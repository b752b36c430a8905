"""Parcels of the office: one with two legs and everything a page can show of it, one that goes back, one that came."""

from __future__ import annotations

from datetime import date, timedelta

from plugin.domain.ids import OrderId
from plugin.domain.order import DeliveryStatus
from plugin.domain.times import Source
from plugin.domain.tracking.report import Leg
from plugin.domain.tracking.shipment import ExpectedDays, Purpose, TrackedNumber
from tests.build import DELIVERED, MERCHANT, NOW, PLACED
from tests.support.admin import Installation
from tests.support.shipments import NUMBER, a_report, a_shipment

LONG_NUMBER = "YT2607821272012345678901234567890123456"


def keep_parcels(running: Installation, order: OrderId, long: str) -> None:
    """`parcel8` is late, told of by four; `parcel9` goes back; `parcel7` came the day it was sent, as carriers are
    scored by. `long` is what every text is made of.
    """
    shop = running.shop(MERCHANT)
    legs = (TrackedNumber(LONG_NUMBER, "yunexpress", Leg.ORIGIN), TrackedNumber(NUMBER, "dhl"))
    sent = PLACED + timedelta(days=1)
    reports = [
        a_report(DeliveryStatus.INFO_RECEIVED, sent, leg=Leg.ORIGIN, carrier="yunexpress", number=LONG_NUMBER),
        a_report(DeliveryStatus.IN_TRANSIT, DELIVERED, message=f"{long}, {long}"),
        a_report(DeliveryStatus.IN_TRANSIT, DELIVERED, source=Source.PLATFORM, message=None, raw=""),
        a_report(DeliveryStatus.CUSTOMS, NOW, source=Source.MERCHANT, id="by-hand:1", message=long, raw=""),
    ]
    days = ExpectedDays(date(2026, 11, 1), date(2026, 11, 3), sent, by_carrier=True)
    late = a_shipment("parcel8", order=order, shop=shop, numbers=legs, expected=days).with_reports(reports)
    back = a_shipment("parcel9", order=order, shop=shop, purpose=Purpose.RETURN, numbers=(TrackedNumber("RX1"),))
    came = a_shipment(
        "parcel7", order=order, shop=shop, shipped_at=sent, first_expected=days, service=long, origin=None
    ).with_reports([a_report(DeliveryStatus.DELIVERED, sent + timedelta(hours=1))])
    with running.deps.units(MERCHANT) as unit:
        unit.shipments.save([late, back, came])
        unit.commit()
