"""What somebody of the staff knows of a parcel or sets right: said once, undone once, refused where it was typed."""

from datetime import UTC, datetime
from http import HTTPStatus
from zoneinfo import ZoneInfo

import msgspec
from flask import Response, request, url_for

from plugin.domain.decoding import decoder
from plugin.domain.errors import Conflict, Invalid
from plugin.domain.ids import ShipmentId
from plugin.domain.order import DeliveryStatus
from plugin.domain.shop import Role
from plugin.domain.tracking.shipment import TrackedNumber
from plugin.usecases.tracking.correct_number import correct_number, restore_numbers
from plugin.usecases.tracking.report_by_hand import BY_HAND, ByHand, ReportOutOfTime, report_by_hand, strike_report
from plugin.web.admin import notices
from plugin.web.admin.auth import require
from plugin.web.admin.pages import see, words
from plugin.web.admin.shipments import parcel
from plugin.web.deps import deps
from plugin.web.problems import error_text

_UNDO = "admin.undo_parcel"
_numbers = decoder(tuple[TrackedNumber, ...])


def report(shipment: str) -> Response:
    """Write down where it is, as somebody knows it."""
    here, at, one = require(Role.AGENT), deps(), ShipmentId(shipment)
    try:
        said = _said(parcel.clock_at_home())
        name = report_by_hand(said, one, merchant=here.merchant, units=at.units, ids=at.ids, now=at.clock.now())
    except (Invalid, Conflict) as fault:
        return parcel.render(one, HTTPStatus.UNPROCESSABLE_ENTITY, report=error_text(words(), fault.code))
    notices.leave("shipments.reported", undo={"shipment": shipment, "report": name}, undo_at=_UNDO)
    return see(url_for("admin.shipment", shipment=shipment))


def strike(shipment: str, report: str) -> Response:
    """Take a report that was written down here away again."""
    here = require(Role.AGENT)
    strike_report(report, ShipmentId(shipment), merchant=here.merchant, units=deps().units)
    notices.leave("shipments.struck")
    return see(url_for("admin.shipment", shipment=shipment))


def correct(shipment: str) -> Response:
    """Set its number or carrier right."""
    here, at, one = require(Role.AGENT), deps(), ShipmentId(shipment)
    number, carrier = request.form.get("number", ""), request.form.get("carrier") or None
    try:
        before = correct_number(number, carrier, one, merchant=here.merchant, units=at.units, now=at.clock.now())
    except Invalid as fault:
        return parcel.render(one, HTTPStatus.UNPROCESSABLE_ENTITY, number=error_text(words(), fault.code))
    kept = msgspec.json.encode(before).decode()
    notices.leave("shipments.corrected", undo={"shipment": shipment, "numbers": kept}, undo_at=_UNDO)
    return see(url_for("admin.shipment", shipment=shipment))


def undo() -> Response:
    """Take the last report or correction back."""
    here, at = require(Role.AGENT), deps()
    kept = notices.take_undo(request.form.get("undo", ""))
    if kept is None or not kept.get("shipment"):
        notices.leave("admin.orders.undo_gone", tone="warn")
        return see(url_for("admin.shipments"))
    one, name, numbers = ShipmentId(kept["shipment"] or ""), kept.get("report"), kept.get("numbers")
    if name:
        strike_report(name, one, merchant=here.merchant, units=at.units)
    if numbers:
        before = _numbers.decode(numbers)
        restore_numbers(before, one, merchant=here.merchant, units=at.units, now=at.clock.now())
    notices.leave("shipments.undone")
    return see(url_for("admin.shipment", shipment=one))


def _said(zone: ZoneInfo) -> ByHand:
    """As the form has it, by the clock at home.

    Raises `ReportOutOfTime` for no time or another clock's, `Invalid` for no state.
    """
    form = request.form
    try:
        at = datetime.fromisoformat(form.get("at", ""))
    except ValueError as error:
        raise ReportOutOfTime({"field": "at"}) from error
    if at.tzinfo is not None:
        raise ReportOutOfTime({"field": "at"})
    status = form.get("status", "")
    if status not in set(BY_HAND):
        raise Invalid({"field": "status"})
    return ByHand(DeliveryStatus(status), at.replace(tzinfo=zone).astimezone(UTC), form.get("words", ""))
