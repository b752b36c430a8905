"""Goods of an order that no parcel has: still to be sent, called off, sent without a word, or never sent at all."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from plugin.domain.clocks.arrivals import units_left
from plugin.domain.ids import LineId
from plugin.domain.order import Fulfilment, Order, Standing
from plugin.domain.stored import StoredOrder
from plugin.domain.tracking.eta.forecast import expected_range
from plugin.domain.tracking.eta.lane import order_lane
from plugin.domain.tracking.shipment import ExpectedDays, Purpose
from plugin.domain.tracking.timeline import timeline_of
from plugin.domain.tracking.told import Content, Situation, ToldOrder, ToldParcel, told_steps
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.tracking.told_parcel import Here, delivery, is_goods, marked

_GONE = frozenset({Standing.CANCELLED, Standing.FAILED, Standing.REFUNDED})
_OUT = Purpose.OUTBOUND


def to_come(live: Sequence[Fulfilment], here: Here, *, is_told: bool) -> Iterator[ToldParcel]:
    """What the live fulfilments have not. `is_told`: something is followed beside them, which may be the rest."""
    order = here.order
    left = _left(order, live)
    goods = tuple(
        Content(line.id, line.title, left[line.id]) for line in order.lines if line.id in left and is_goods(line)
    )
    others = tuple(
        Content(line.id, line.title, left[line.id]) for line in order.lines if line.id in left and not is_goods(line)
    )
    if order.standing in _GONE:
        if not live and not is_told:
            yield ToldParcel("cancelled", _OUT, Situation.CANCELLED)
        return
    if goods and not is_told:
        yield _waiting(goods, here) if live else _whole(goods, here)
    if others and not goods:
        yield ToldParcel("digital", _OUT, Situation.DIGITAL, contents=others)


def with_days(told: ToldOrder, stored: StoredOrder, unit: UnitOfWork, now: datetime) -> ToldOrder:
    """With the days to expect what waits to be sent, by how long the shop's orders to that country took so far.

    They count from the order, as the days do that were told before it was placed; an unpaid one waits for its money.
    """
    country = stored.order.place.country
    is_waiting = any(each.situation is Situation.NOT_SENT for each in told.parcels)
    if not is_waiting or country is None or stored.order.standing is not Standing.PLACED:
        return told
    lane = order_lane(stored.shop, country)
    found = expected_range(lane, stored.order.placed.at, unit.lanes.find([lane]).get, now)
    if found is None:
        return told
    days = ExpectedDays(found.first, found.last, now)
    parcels = (replace(p, expected=days) if p.situation is Situation.NOT_SENT else p for p in told.parcels)
    return replace(told, parcels=tuple(parcels))


def _waiting(goods: tuple[Content, ...], here: Here) -> ToldParcel:
    """The rest of an order of which something has left; the merchant's mark says that all of it has arrived."""
    marks = [mark for mark in here.stored.marks if mark.line is None]
    return _whole(goods, here) if marks else ToldParcel("order", _OUT, Situation.NOT_SENT, contents=goods)


def _whole(goods: tuple[Content, ...], here: Here) -> ToldParcel:
    """An order without fulfilments, as WooCommerce has them: a completed one was sent, a marked one has arrived."""
    stated = [*marked(here.stored, None)]
    if not stated and here.order.delivered is not None:
        stated = [delivery(here.order.delivered)]
    timeline = timeline_of(stated)
    if timeline.since is not None:
        steps = told_steps(timeline, _OUT)
        return ToldParcel("order", _OUT, Situation.DELIVERED, timeline.since, steps=steps, contents=goods)
    if here.order.completed is not None:
        return ToldParcel("order", _OUT, Situation.SENT, here.order.completed.at, contents=goods)
    return ToldParcel("order", _OUT, Situation.NOT_SENT, contents=goods)


def _left(order: Order, live: Sequence[Fulfilment]) -> Mapping[LineId, int]:
    """Units per line that are in no fulfilment and that nobody took off; a fulfilment of no lines has them all."""
    if any(not each.lines for each in live):
        return {}
    sent = Counter[LineId]()
    for part in (part for each in live for part in each.lines):
        sent[part.line] += part.quantity
    return {line: units - sent[line] for line, units in units_left(order).items() if units > sent[line]}
