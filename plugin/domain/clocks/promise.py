"""How long a promise of the shop runs: from delivery, for days or months, to the end of the last local day.

A promise is no statute: weekends and holidays do not move its end. Where the address leaves the zone open, the latest
midnight counts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from plugin.domain.clocks.arrivals import Arrival
from plugin.domain.clocks.inputs import OrderFacts
from plugin.domain.clocks.steps import end_step, step
from plugin.domain.entitlement import Basis, Clock, Remedy, Right, TraceStep
from plugin.domain.law.answers import Certainty
from plugin.domain.law.counting import add_months, end_of_day, local_day
from plugin.domain.law.facts import Place
from plugin.domain.policy import Payer

Steps = tuple[TraceStep, ...]
Length = Callable[[date], date]
"""From the day of delivery to the last day of the promise."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One clause of the shop's policy; `said` is its length as a step of the trace."""

    right: Right
    clause: str
    length: Length
    said: TraceStep
    payer: tuple[Payer, TraceStep]
    remedies: tuple[Remedy, ...]
    min_months: int | None = None


def days_long(days: int) -> tuple[Length, TraceStep]:
    """A promise of calendar days, the day of delivery not counted."""
    return lambda day: day + timedelta(days=days), step("promised_days", days=days)


def months_long(months: int) -> tuple[Length, TraceStep]:
    """A promise of months: the same day number, or the last day of that month."""
    return lambda day: add_months(day, months), step("promised_months", months=months)


def promise_clock(promise: Promise, arrival: Arrival, begun: Steps, facts: OrderFacts, place: Place) -> Clock:
    """The clock of a promise, from the arrival of the goods it is about, or the contract when nothing is delivered."""
    starts = arrival.delivered or facts.contract
    event_day = _event_day(starts.at, place) if starts else None
    last_day = promise.length(event_day) if event_day else None
    estimated = _event_day(arrival.estimated.at, place) if arrival.estimated and not starts else None
    return Clock(
        right=promise.right,
        starts=starts,
        event_day=event_day,
        nominal_last_day=last_day,
        last_day=last_day,
        closes_at=_end(last_day, place) if last_day else None,
        payer=promise.payer[0],
        remedies=promise.remedies,
        basis=_clause(facts, promise.clause),
        trace=(*begun, promise.said, *end_step(last_day, place), promise.payer[1]),
        certainty=Certainty.VERIFIED,
        is_statutory=False,
        estimated_last_day=promise.length(estimated) if estimated else None,
        min_months=promise.min_months,
    )


def _event_day(at: datetime, place: Place) -> date:
    return max(local_day(at, zone) for zone in (place.zone, *place.other_zones))


def _end(last_day: date, place: Place) -> datetime:
    return max(end_of_day(last_day, zone) for zone in (place.zone, *place.other_zones))


def _clause(facts: OrderFacts, clause: str) -> tuple[Basis, ...]:
    if facts.policy is None or facts.market is None:
        return ()
    return (Basis("policy", facts.policy.id, f"{facts.policy.id} · {facts.market.market} · {clause}"),)
