"""One parcel as it is told: of what is followed for us, else of what platform and merchant say of a fulfilment."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Final

from plugin.domain.order import DeliveryStatus, Fulfilment, Order, OrderLine, Parcel
from plugin.domain.stored import StoredOrder
from plugin.domain.times import Moment
from plugin.domain.tracking.carriers import carrier_named
from plugin.domain.tracking.customs_help import customs_help
from plugin.domain.tracking.number import NotATrackingNumber
from plugin.domain.tracking.pages import told_number
from plugin.domain.tracking.recognising import recognise
from plugin.domain.tracking.report import Report
from plugin.domain.tracking.shipment import ExpectedDays, Purpose, Shipment
from plugin.domain.tracking.timeline import Timeline, timeline_of
from plugin.domain.tracking.told import (
    AWAITED,
    Content,
    Situation,
    ToldNumber,
    ToldParcel,
    is_late,
    situation_of,
    told_steps,
)

_SURE = 0.8
"""From here on a number's own shape is believed without anybody having named the carrier."""
_FIRST_WORD: Final = timedelta(days=5)
"""How long a carrier may take to say the first; a weekend and a holiday fit in."""


@dataclass(frozen=True, slots=True)
class Here:
    """The order, where its shopper's days are counted, and the instant (UTC) it is told as of."""

    stored: StoredOrder
    zone: tzinfo
    now: datetime

    @property
    def order(self) -> Order:
        """As its platform reported it."""
        return self.stored.order


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a parcel, whoever tells; `otherwise`: where it is while nobody has told anything.

    `left`: since when a first word of the carrier can be awaited, UTC.
    """

    id: str
    timeline: Timeline
    numbers: tuple[ToldNumber, ...]
    expected: ExpectedDays | None
    contents: tuple[Content, ...]
    origin: str | None
    destination: str | None
    purpose: Purpose = Purpose.OUTBOUND
    otherwise: Situation = Situation.UNKNOWN
    sent: Moment | None = None
    left: datetime | None = None


def followed(shipment: Shipment, sent: Fulfilment | None, here: Here) -> ToldParcel:
    """A shipment; `sent` is the fulfilment it belongs to, where the order has one."""
    said = {parcel.number: parcel for parcel in sent.parcels} if sent else {}
    known = _Known(
        id=shipment.id,
        purpose=shipment.purpose,
        timeline=_timeline_of(shipment, sent, here.stored),
        numbers=tuple(_number(each.number, each.carrier, said.get(each.number)) for each in shipment.numbers),
        expected=shipment.expected or (_forecast(sent, here) if sent else None),
        contents=_contents(sent, here.order) if sent else (),
        origin=shipment.origin,
        destination=shipment.destination or here.order.place.country,
        sent=sent.shipped if sent else None,
        left=_left(sent) or shipment.shipped_at or shipment.created_at,
    )
    return _told(known, here)


def unfollowed(sent: Fulfilment, here: Here) -> ToldParcel:
    """A fulfilment that nobody follows for us."""
    numbers = tuple(_number(each.number, _carrier_of(each), each) for each in sent.parcels if each.number)
    country = here.order.place.country
    told = [*_events(sent), *marked(here.stored, sent)]
    if here.order.delivered is not None:
        told.append(delivery(here.order.delivered))
    known = _Known(
        id=sent.id,
        timeline=timeline_of(told, None, country),
        numbers=numbers,
        expected=_forecast(sent, here),
        contents=_contents(sent, here.order),
        origin=None,
        destination=country,
        otherwise=Situation.UNKNOWN if numbers else Situation.SENT,
        sent=sent.shipped,
        left=_left(sent),
    )
    return _told(known, here)


def _left(sent: Fulfilment | None) -> datetime | None:
    return sent.shipped.at if sent and sent.shipped else None


def marked(stored: StoredOrder, sent: Fulfilment | None) -> Iterator[Report]:
    """Deliveries as the merchant marked them, of the whole order or of goods in this fulfilment."""
    lines = {part.line for part in sent.lines} if sent else set()
    for mark in stored.marks:
        if mark.line is None or mark.line in lines:
            yield delivery(mark.moment)


def delivery(moment: Moment) -> Report:
    """A delivery that somebody states."""
    return Report(DeliveryStatus.DELIVERED, moment.at, moment.source, moment.at)


def is_goods(line: OrderLine) -> bool:
    """Whether a line is something that can lie in a parcel."""
    return line.is_physical is not False and not line.is_gift_card


def _told(known: _Known, here: Here) -> ToldParcel:
    found = situation_of(known.timeline, known.purpose)
    situation = known.otherwise if found is Situation.UNKNOWN else found
    is_outbound = known.purpose is Purpose.OUTBOUND
    today = here.now.astimezone(here.zone).date()
    return ToldParcel(
        id=known.id,
        purpose=known.purpose,
        situation=situation,
        since=known.timeline.since or (known.sent.at if known.sent else None),
        expected=known.expected if is_outbound and situation in AWAITED else None,
        is_silent=situation is Situation.UNKNOWN and known.left is not None and here.now - known.left > _FIRST_WORD,
        is_late=is_outbound and is_late(known.expected, situation, today),
        steps=told_steps(known.timeline, known.purpose),
        numbers=known.numbers,
        contents=known.contents,
        customs=customs_help(known.timeline, known.origin, known.destination) if is_outbound else None,
    )


def _timeline_of(shipment: Shipment, sent: Fulfilment | None, stored: StoredOrder) -> Timeline:
    """Its own; the merchant's word completes what no carrier reports, as it does for the shopper's periods."""
    own = shipment.timeline()
    marks = list(marked(stored, sent)) if shipment.purpose is Purpose.OUTBOUND and not own.is_final else []
    return timeline_of([*shipment.reports, *marks], shipment.origin, shipment.destination) if marks else own


def _number(number: str, carrier: str | None, said: Parcel | None) -> ToldNumber:
    return told_number(number, carrier, said.carrier if said else None, said.url if said else None)


def _carrier_of(parcel: Parcel) -> str | None:
    """The carrier's slug: as the order names it, else as the number surely tells."""
    named = carrier_named(parcel.carrier) if parcel.carrier else None
    if named is not None or parcel.number is None:
        return named
    try:
        best = recognise(parcel.number).best
    except NotATrackingNumber:
        return None
    return best.carrier if best is not None and best.confidence >= _SURE else None


def _events(sent: Fulfilment) -> Iterator[Report]:
    for event in sent.events:
        at = event.moment.at
        yield Report(event.status, at, event.moment.source, at, id=event.id, message=event.message)


def _forecast(sent: Fulfilment, here: Here) -> ExpectedDays | None:
    """The day the platform passes on as the carrier's estimate."""
    if sent.estimated is None:
        return None
    day = sent.estimated.at.astimezone(here.zone).date()
    return ExpectedDays(day, day, sent.updated_at or here.now, by_carrier=True)


def _contents(sent: Fulfilment, order: Order) -> tuple[Content, ...]:
    """What is in a parcel; all of it where the platform does not say."""
    if not sent.lines:
        return tuple(Content(line.id, line.title, line.quantity) for line in order.lines if is_goods(line))
    titles = {line.id: line.title for line in order.lines}
    return tuple(Content(part.line, titles[part.line], part.quantity) for part in sent.lines if part.line in titles)
