"""The merchant's own word that orders arrived: set for one or many, taken back, undone; refused where it was said."""

from collections.abc import Mapping
from datetime import date, datetime
from http import HTTPStatus

from flask import Response, request, url_for

from plugin.domain.errors import Invalid
from plugin.domain.ids import OrderId
from plugin.domain.shop import Role
from plugin.usecases.mark_delivered import DeliveredOutOfOrder, Delivery, mark_delivered, unmark_delivered
from plugin.usecases.undo_delivery import marks_before, undo_delivery
from plugin.web.admin import notices, order, orders
from plugin.web.admin.auth import require
from plugin.web.admin.pages import see, words
from plugin.web.deps import deps


class NotADay(Invalid):
    """The text names no day."""

    code = "not_a_day"


class NothingChosen(Invalid):
    """No row was chosen."""

    code = "nothing_chosen"


def mark(order_id: str) -> Response:
    """Set one order delivered on a day."""
    require(Role.AGENT)
    try:
        _mark([OrderId(order_id)])
    except Invalid as fault:
        return order.render(OrderId(order_id), _fault(fault), HTTPStatus.UNPROCESSABLE_ENTITY)
    return see(url_for("admin.order", order_id=order_id))


def mark_many() -> Response:
    """Set the chosen orders delivered on a day; all of them, or none."""
    require(Role.AGENT)
    chosen = [OrderId(each) for each in dict.fromkeys(request.form.getlist("order")[: orders.PAGE])]
    try:
        if not chosen:
            raise NothingChosen({"field": "order"})
        _mark(chosen)
    except Invalid as fault:
        return orders.render(_fault(fault), tuple(chosen), HTTPStatus.UNPROCESSABLE_ENTITY)
    return see(orders.list_href(cursor=request.args.get("cursor")))


def unmark(order_id: str) -> Response:
    """Take the mark of one order back."""
    here, chosen = require(Role.AGENT), [OrderId(order_id)]
    before = marks_before(chosen, merchant=here.merchant, units=deps().units)
    unmark_delivered(chosen, merchant=here.merchant, units=deps().units)
    notices.leave("admin.order.unmarked", undo=_kept(before))
    return see(url_for("admin.order", order_id=order_id))


def undo() -> Response:
    """Give every order of the last marking the mark it had before."""
    here, at = require(Role.AGENT), deps()
    kept = notices.take_undo(request.form.get("undo", ""))
    if kept is None:
        notices.leave("admin.orders.undo_gone", tone="warn")
        return see(url_for("admin.orders"))
    before = {OrderId(each): datetime.fromisoformat(marked) if marked else None for each, marked in kept.items()}
    undo_delivery(before, merchant=here.merchant, by=here.member.id, units=at.units, now=at.clock.now())
    notices.leave("admin.orders.undone", count=len(before))
    only = next(iter(before)) if len(before) == 1 else None
    return see(url_for("admin.order", order_id=only) if only else url_for("admin.orders"))


def _mark(chosen: list[OrderId]) -> None:
    here, at = require(Role.AGENT), deps()
    deliveries = [Delivery(each, _day()) for each in chosen]
    before = marks_before(chosen, merchant=here.merchant, units=at.units)
    mark_delivered(deliveries, merchant=here.merchant, by=here.member.id, units=at.units, now=at.clock.now())
    notices.leave("admin.orders.marked", undo=_kept(before), count=len(chosen))


def _kept(before: Mapping[OrderId, datetime | None]) -> Mapping[str, str | None]:
    return {str(each): marked.isoformat() if marked else None for each, marked in before.items()}


def _day() -> date:
    try:
        return date.fromisoformat(request.form.get("on", ""))
    except ValueError as error:
        raise NotADay({"field": "on"}) from error


def _fault(fault: Invalid) -> str:
    said = words()
    if isinstance(fault, DeliveredOutOfOrder):
        return said.text("admin.orders.out_of_order", number=str(fault.facts["order"]))
    return said.text(f"problem.{fault.code}")
