"""The steps of a trace: what happened, what the rule made of it, when it ends. Codes and facts, no sentences."""

from collections.abc import Iterable
from datetime import date

from plugin.domain.clocks.arrivals import Arrival
from plugin.domain.entitlement import TraceStep
from plugin.domain.law.answers import Reason
from plugin.domain.law.counting import local_day
from plugin.domain.law.facts import Place
from plugin.domain.times import Moment

AWAITING_DELIVERY = "awaiting_delivery"
_TOLD_BEFORE = frozenset({"delivered", "last_of_several_deliveries", "contract_concluded", "not_started"})


def step(code: str, **facts: str | int | date | None) -> TraceStep:
    """One step; facts that are None are left out."""
    return TraceStep(code, tuple([(name, str(value)) for name, value in facts.items() if value is not None]))


def arrival_steps(arrival: Arrival, place: Place) -> tuple[TraceStep, ...]:
    """Who reported the delivery and on which local day, or what is still awaited."""
    if arrival.delivered is not None:
        return (_delivered(arrival.delivered, place, len(arrival.parcels)),)
    awaited = step(AWAITING_DELIVERY, arrived=len(arrival.arrived), parcels=len(arrival.parcels))
    if arrival.estimated is None:
        return (awaited,)
    return (awaited, step("delivery_estimated", day=local_day(arrival.estimated.at, place.zone)))


def _delivered(moment: Moment, place: Place, parcels: int) -> TraceStep:
    code = "last_of_several_delivered" if parcels > 1 else "delivered"
    return step(code, day=local_day(moment.at, place.zone), source=moment.source, parcels=parcels or None)


def law_steps(reasons: Iterable[Reason]) -> tuple[TraceStep, ...]:
    """The law engine's reasons as steps, without the start, which `arrival_steps` tells with who reported it."""
    told = (reason for reason in reasons if reason.code not in _TOLD_BEFORE)
    return tuple(step(reason.code, day=reason.day, detail=reason.detail) for reason in told)


def end_step(last_day: date | None, place: Place) -> tuple[TraceStep, ...]:
    """The last day, until its last hour where the goods went."""
    return () if last_day is None else (step("ends_with_the_day", day=last_day, zone=place.zone.key),)
