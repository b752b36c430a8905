"""What the shopper of an order, and whoever helps them, is told of its parcels: facts only, worded elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from plugin.domain.ids import LineId
from plugin.domain.order import DeliveryStatus
from plugin.domain.times import Source
from plugin.domain.tracking.customs_help import CustomsHelp
from plugin.domain.tracking.shipment import ExpectedDays, Purpose
from plugin.domain.tracking.steps import Step
from plugin.domain.tracking.timeline import Timeline


class Situation(StrEnum):
    """Where goods of an order are: what a carrier's timeline says, and what there is before and beside one."""

    NOT_SENT = "not_sent"
    SENT = "sent"
    """Left, and nobody tells where it is."""
    DIGITAL = "digital"
    CANCELLED = "cancelled"
    COLLECTED = "collected"
    """Delivered after it lay ready to be picked up."""
    INFO_RECEIVED = "info_received"
    IN_TRANSIT = "in_transit"
    CUSTOMS = "customs"
    OUT_FOR_DELIVERY = "out_for_delivery"
    PICKUP_READY = "pickup_ready"
    FAILED_ATTEMPT = "failed_attempt"
    EXCEPTION = "exception"
    DELIVERED = "delivered"
    RETURNING = "returning"
    RETURNED = "returned"
    LOST = "lost"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


_S: Final = DeliveryStatus
_UNDERWAY: Final = frozenset({_S.IN_TRANSIT, _S.CUSTOMS, _S.OUT_FOR_DELIVERY, _S.PICKUP_READY, _S.FAILED_ATTEMPT})
AWAITED: Final = frozenset(Situation) - {
    Situation.DIGITAL,
    Situation.CANCELLED,
    Situation.COLLECTED,
    Situation.DELIVERED,
    Situation.RETURNING,
    Situation.RETURNED,
    Situation.LOST,
}
"""In which a parcel can still be expected."""


@dataclass(frozen=True, slots=True)
class ToldStep:
    """One step of the way. `status` is what it means for this parcel; `step` has when it was and who told it.

    `is_discreet`: raw words and place of it are kept back, because they may tell where the shopper lives.
    """

    status: Situation
    step: Step
    is_current: bool = False
    is_discreet: bool = False


@dataclass(frozen=True, slots=True)
class ToldNumber:
    """A number the parcel goes under. `carrier`: a slug, `name`: as people know it; `url`: http(s), its own page.

    `is_typed`: the page is one that the shop gave, not one that we know of the carrier.
    """

    number: str
    carrier: str | None
    name: str | None
    url: str | None
    is_typed: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """How many units of an order line are in it; `title` as it was ordered."""

    line: LineId
    title: str
    quantity: int


@dataclass(frozen=True, slots=True)
class ToldParcel:
    """One parcel, or what has not become one. `id` is the shipment's, else the fulfilment's, else the situation's.

    `since`: when it came into the situation, UTC. `is_silent`: it left longer ago than a carrier may take to say the
    first. `expected`: None where nothing is known or awaited any more;
    `is_late`: its last day is over. `steps`: the earliest first; estimates are none.
    """

    id: str
    purpose: Purpose
    situation: Situation
    since: datetime | None = None
    expected: ExpectedDays | None = None
    is_late: bool = False
    steps: tuple[ToldStep, ...] = ()
    numbers: tuple[ToldNumber, ...] = ()
    contents: tuple[Content, ...] = ()
    customs: CustomsHelp | None = None
    is_silent: bool = False


@dataclass(frozen=True, slots=True)
class ToldOrder:
    """An order's parcels: those to the shopper, what is still to come, then what goes back.

    `zone`: where the shopper's days are counted; None while the country is unknown: then days are UTC's.
    """

    number: str
    parcels: tuple[ToldParcel, ...]
    zone: ZoneInfo | None = None


def situation_of(timeline: Timeline, purpose: Purpose) -> Situation:
    """Where a parcel with a timeline is."""
    if timeline.status is _S.DELIVERED and purpose is Purpose.OUTBOUND and _was_ready(timeline.steps):
        return Situation.COLLECTED
    return meaning(timeline.status, purpose)


def meaning(status: DeliveryStatus, purpose: Purpose) -> Situation:
    """What a status means on this way: on the way back everything moves towards the shop."""
    if purpose is Purpose.RETURN and status is _S.DELIVERED:
        return Situation.RETURNED
    if purpose is Purpose.RETURN and status in _UNDERWAY:
        return Situation.RETURNING
    return Situation(status.value)


def told_steps(timeline: Timeline, purpose: Purpose) -> tuple[ToldStep, ...]:
    """What happened, without what was only expected; the current step is the last one that says where it is."""
    steps = [step for step in timeline.steps if step.told.source is not Source.ESTIMATE]
    says_so = [number for number, step in enumerate(steps) if step.status is timeline.status]
    current = says_so[-1] if says_so else None
    return tuple(
        ToldStep(meaning(step.status, purpose), step, is_current=number == current) for number, step in enumerate(steps)
    )


def is_late(expected: ExpectedDays | None, situation: Situation, today: date) -> bool:
    """Whether its last expected day is over and it is still awaited; `today` is local to the shopper."""
    return expected is not None and situation in AWAITED and expected.last < today


def _was_ready(steps: Sequence[Step]) -> bool:
    """Whether the last thing before it was delivered is that it lay ready."""
    before = [step.status for step in steps if step.status is not _S.DELIVERED]
    return bool(before) and before[-1] is _S.PICKUP_READY
