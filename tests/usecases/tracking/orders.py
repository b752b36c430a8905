"""An order with parcels, as the shopper's tracking is asked of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from plugin.domain.ids import ShipmentId
from plugin.domain.order import FulfilledLine, Fulfilment, Parcel
from plugin.domain.stored import StoredOrder
from plugin.domain.times import Moment, Source
from plugin.domain.tracking.report import Leg, Report
from plugin.domain.tracking.shipment import ExpectedDays, Purpose, Shipment, TrackedNumber
from tests.build import a_line, a_stored_order, an_order
from tests.domain.tracking.reports import SENT

if TYPE_CHECKING:
    from collections.abc import Sequence

NUMBER = "00340433836442636597"
FIRST = TrackedNumber("YT2430500000000001", "yunexpress", Leg.ORIGIN, is_confirmed=True)
LAST = TrackedNumber(NUMBER, "dhl", Leg.LAST_MILE, is_confirmed=True)
EXPECTED = ExpectedDays(date(2026, 11, 12), date(2026, 11, 16), SENT)


def sent(fulfilment: str = "f1", line: str = "11", **facts: object) -> Fulfilment:
    """Return a fulfilment of one unit of a line."""
    known = Fulfilment(
        fulfilment,
        "success",
        Moment(SENT, Source.PLATFORM),
        parcels=(Parcel("DHL", NUMBER, "https://shop.example/track"),),
        lines=(FulfilledLine(a_line(line).id, 1),),
    )
    return replace(known, **facts)  # type: ignore[arg-type]  # a test names fields of the fulfilment


def an_order_with(fulfilments: Sequence[Fulfilment] = (), **facts: object) -> StoredOrder:
    """Return a stored order of one line to Germany, unless told otherwise."""
    order = replace(an_order(), fulfilments=tuple(fulfilments), **facts)  # type: ignore[arg-type]  # fields of the order
    return a_stored_order(order)


def a_shipment(reports: Sequence[Report] = (), **facts: object) -> Shipment:
    """Return the shipment of `sent()`, from China to Germany in two legs."""
    stored = a_stored_order()
    shipment = Shipment(
        ShipmentId("shipment1"),
        stored.shop,
        stored.id,
        Purpose.OUTBOUND,
        "f1",
        (FIRST, LAST),
        SENT,
        origin="CN",
        destination="DE",
        expected=EXPECTED,
        reports=tuple(reports),
    )
    return replace(shipment, **facts)  # type: ignore[arg-type]  # a test names fields of the shipment
