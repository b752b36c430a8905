"""One order: what its shopper is entitled to, line by line, until when, and why."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, request

from plugin.domain.clocks.arrivals import told_arrivals
from plugin.domain.deliveries import deliveries
from plugin.domain.entitlement import ClockState, LineEntitlements
from plugin.domain.ids import OrderId
from plugin.domain.order import OrderLine
from plugin.domain.personal_view import PersonalView, Seen
from plugin.i18n import Catalogue
from plugin.usecases.find_origin import find_origin
from plugin.usecases.quote_entitlements import Quote, quote_entitlements
from plugin.usecases.record_view import record_view
from plugin.web.admin.auth import presence
from plugin.web.admin.pages import page, words
from plugin.web.admin.shipments.of_order import parcels_of
from plugin.web.deps import deps
from plugin.wording.panel import WordedLine, clock_lines

_RUNNING = (ClockState.OPEN, ClockState.UNLIMITED, ClockState.NOT_STARTED)


@dataclass(frozen=True, slots=True)
class Rights:
    """Lines whose rights are the same to the word, with those rights: what runs first, the rest folds away."""

    lines: tuple[OrderLine, ...]
    running: tuple[WordedLine, ...]
    folded: tuple[WordedLine, ...]


def show(order_id: str) -> Response:
    """The page of one order."""
    return render(OrderId(order_id))


def render(order: OrderId, error: str | None = None, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """The page of one order; after a refusal with its reason at the field. Who looks is put on record.

    Raises `NotFound`.
    """
    here, at, said = presence(), deps(), words()
    now = at.clock.now()
    quote = quote_entitlements(order, merchant=here.merchant, units=at.units, law=at.law, now=now)
    stored = quote.stored
    look = PersonalView(here.member.id, Seen.ORDER, order, stored.order.number, now)
    record_view(look, merchant=here.merchant, units=at.units)
    return page(
        "order.html",
        status,
        stored=stored,
        origin=find_origin(stored, merchant=here.merchant, units=at.units),
        order=stored.order,
        rights=_rights(quote, said),
        day_of=lambda moment: said.day(moment.at.astimezone(quote.zone).date()),
        parcels=parcels_of(stored, here.merchant, said),
        deliveries=(*deliveries(stored.order), *told_arrivals(stored)),
        titles={line.id: line.title for line in stored.order.lines},
        is_marked=any(mark.line is None for mark in stored.marks),
        policy=quote.policy,
        rulebook=at.law.rulebook.version,
        today=request.form.get("on") or at.clock.now().astimezone(quote.zone).date().isoformat(),
        error=error,
    )


def _rights(quote: Quote, said: Catalogue) -> list[Rights]:
    """Lines with the same clocks in the same words are told once."""
    grouped: dict[tuple[WordedLine, ...], list[OrderLine]] = {}
    for bought, line in zip(quote.stored.order.lines, quote.lines, strict=True):
        grouped.setdefault(_clocks(line, said), []).append(bought)
    return [_group(tuple(lines), clocks) for clocks, lines in grouped.items()]


def _clocks(line: LineEntitlements, said: Catalogue) -> tuple[WordedLine, ...]:
    return clock_lines(line, said, deps().clock.now())


def _group(lines: tuple[OrderLine, ...], clocks: tuple[WordedLine, ...]) -> Rights:
    running = sorted((clock for clock in clocks if clock.state in _RUNNING), key=lambda c: _RUNNING.index(c.state))
    return Rights(lines, tuple(running), tuple(clock for clock in clocks if clock.state not in _RUNNING))
