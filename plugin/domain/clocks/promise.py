"""How long a promise of the shop runs: from the moment its rule counts from to the end of the last local day.

A promise is no statute: weekends and holidays do not move its end. Where the address leaves the zone open, the latest
midnight counts.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from plugin.domain.basis import Basis, clause_citation
from plugin.domain.clocks.arrivals import Arrival
from plugin.domain.clocks.inputs import OrderFacts
from plugin.domain.clocks.nothing import no_clock
from plugin.domain.clocks.steps import end_step, step
from plugin.domain.entitlement import Absent, Clock, Right, TraceStep
from plugin.domain.law.answers import Certainty
from plugin.domain.law.counting import add_months, end_of_day, local_day
from plugin.domain.law.facts import Place
from plugin.domain.law.in_force import Law
from plugin.domain.policy.resolve import Resolution
from plugin.domain.policy.rule import DELIVERY, Rule
from plugin.domain.policy.terms import Anchor, Counting, Payer, Window, WindowUnit
from plugin.domain.times import Moment

Steps = tuple[TraceStep, ...]
Length = Callable[[date], date | None]
"""From the day of the start to the last day of the promise; None when it has no end."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What a shop's rule promises a line: the window the rule gives, from the arrival of the goods it is about."""

    right: Right
    rule: Rule
    window: Window
    arrival: Arrival
    begun: Steps
    paid: tuple[Payer, TraceStep]
    overruled: tuple[str, ...] = ()


def promise_clock(promise: Promise, facts: OrderFacts, place: Place, law: Law) -> Clock:
    """The clock of a promise."""
    rule, arrival = promise.rule, promise.arrival
    length, said = _length(promise.window, place, law)
    starts, anchor = _starts(promise, facts)
    event_day = _event_day(starts.at, place) if starts else None
    last_day = length(event_day) if event_day else None
    forecast = arrival.estimated if anchor is Anchor.DELIVERED and not starts else None
    return Clock(
        right=promise.right,
        starts=starts,
        event_day=event_day,
        nominal_last_day=last_day,
        last_day=last_day,
        closes_at=_end(last_day, place) if last_day else None,
        payer=promise.paid[0],
        remedies=tuple(dict.fromkeys([offer.remedy for offer in rule.offered])),
        basis=clause(facts, rule),
        trace=(
            *_begun(promise, starts, anchor, event_day),
            *won(rule, promise.overruled),
            _from(said, anchor),
            *end_step(last_day, place),
            promise.paid[1],
        ),
        certainty=Certainty.VERIFIED,
        is_statutory=False,
        estimated_last_day=length(_event_day(forecast.at, place)) if forecast else None,
        min_months=promise.window.length if promise.window.unit is WindowUnit.MONTHS else None,
    )


def no_promise(right: Right, found: Resolution) -> Clock:
    """The clock of what is not promised; the trace names the rule that says so, where one does."""
    nothing = no_clock(right, Absent.NO_PROMISE)
    prevails = won(found.rule, found.overruled) if found.rule else ()
    return replace(nothing, trace=(*nothing.trace, *prevails))


def won(rule: Rule, overruled: tuple[str, ...]) -> Steps:
    """Which rule prevailed, when several mean the line."""
    return (step("rule_prevails", rule=rule.id, overruled=", ".join(overruled)),) if overruled else ()


def _length(window: Window, place: Place, law: Law) -> tuple[Length, TraceStep]:
    length = window.length
    if length is None:
        return lambda _: None, step("promised_without_end")
    if window.unit is WindowUnit.MONTHS:
        return lambda day: add_months(day, length), step("promised_months", months=length)
    if window.counting is Counting.CALENDAR:
        return lambda day: day + timedelta(days=length), step("promised_days", days=length)
    working_days = partial(law.calendar.add_business_days, place.country, place.subdivision)
    return lambda day: working_days(day, length), step("promised_days", days=length, counting=window.counting.value)


def _starts(promise: Promise, facts: OrderFacts) -> tuple[Moment | None, Anchor]:
    """The first moment known of those the rule names, and which; until one is known, the first that can come.

    Without goods there is nothing to send or deliver: the promise runs from the order.
    """
    if facts.contract is not None:
        return facts.contract, Anchor.ORDERED
    clock = promise.rule.clock or DELIVERY
    for anchor in clock:
        moment = _moment(anchor, promise.arrival, facts)
        if moment is not None:
            return moment, anchor
    return None, clock[0]


def _moment(anchor: Anchor, arrival: Arrival, facts: OrderFacts) -> Moment | None:
    if anchor is Anchor.DELIVERED:
        return arrival.delivered
    return arrival.shipped if anchor is Anchor.SHIPPED else facts.ordered


def _begun(promise: Promise, starts: Moment | None, anchor: Anchor, day: date | None) -> Steps:
    """What the promise counts from. The delivery is told where it counts, or would count if it were known."""
    told = promise.begun if anchor is Anchor.DELIVERED or Anchor.DELIVERED in promise.rule.clock else ()
    if anchor is Anchor.DELIVERED or starts is None:
        return told
    if anchor is Anchor.SHIPPED:
        return (*told, step("counted_from_shipped", day=day, source=starts.source))
    return told if told and told[0].code == _CONTRACT else (*told, step(_CONTRACT, day=day))


_CONTRACT = "contract_concluded"


def _from(said: TraceStep, anchor: Anchor) -> TraceStep:
    """The promised length with what it counts from, where that is not the delivery."""
    return said if anchor is Anchor.DELIVERED else replace(said, facts=(*said.facts, ("anchor", anchor.value)))


def _event_day(at: datetime, place: Place) -> date:
    first = local_day(at, place.zone)
    return max(first, *(local_day(at, zone) for zone in place.other_zones)) if place.other_zones else first


def _end(last_day: date, place: Place) -> datetime:
    first = end_of_day(last_day, place.zone)
    return max(first, *(end_of_day(last_day, zone) for zone in place.other_zones)) if place.other_zones else first


def clause(facts: OrderFacts, rule: Rule) -> tuple[Basis, ...]:
    """A rule of the order's own policy, as it is cited; nothing without a policy."""
    if facts.policy is None or facts.market is None:
        return ()
    return (Basis("policy", facts.policy.id, clause_citation(facts.policy.id, facts.market.market, rule.id)),)
