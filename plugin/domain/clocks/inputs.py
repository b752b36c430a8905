"""What the clocks of an order are set from: place, deliveries, standing and the shop's promise, gathered once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from plugin.domain.clocks.arrivals import Arrival, last_arrival, line_arrival, units_left
from plugin.domain.clocks.steps import arrival_steps, step
from plugin.domain.clocks.terms import Meaning, Meant, meaning
from plugin.domain.entitlement import Absent, TraceStep
from plugin.domain.ids import LineId
from plugin.domain.law.counting import local_day
from plugin.domain.law.facts import Place
from plugin.domain.law.in_force import Law
from plugin.domain.law.jurisdiction import Jurisdiction
from plugin.domain.law.zones import delivery_place
from plugin.domain.order import Order, OrderLine, Standing
from plugin.domain.policy import MarketPolicy, PolicyVersion
from plugin.domain.stored import StoredOrder
from plugin.domain.times import Moment


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One line with its arrival; `absent` names what takes every right from it."""

    line: OrderLine
    arrival: Arrival
    """One object for all lines that arrived together."""
    begun: tuple[TraceStep, ...]
    """The first steps of its trace: who reported the arrival, or what is awaited."""
    absent: Absent | None
    meant: Meant
    """What the policy says of it."""
    repaired_on: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """What all lines of an order share.

    `place` and `jurisdiction` are None while the country is unknown (or unknown to the rulebook). `goods` is the
    arrival of the order's last good. `contract` is set for an order without goods: its periods run from the contract.
    """

    lines: tuple[LineFacts, ...]
    place: Place | None
    jurisdiction: Jurisdiction | None
    contract_day: date | None
    goods: Arrival
    begun: tuple[TraceStep, ...]
    """The first steps of the traces of the whole order."""
    contract: Moment | None
    ordered: Moment
    is_business: bool
    is_free_replacement: bool
    policy: PolicyVersion | None
    market: MarketPolicy | None


def gather(stored: StoredOrder, policy: PolicyVersion | None, law: Law) -> OrderFacts:
    """The facts of one order as the clocks need them."""
    order = stored.order
    place = _place(order)
    arrivals = _arrivals(stored)
    market = policy.for_country(order.place.country) if policy else None
    ordered_on = local_day(order.placed.at, place.zone) if place else None
    lines = _lines(stored, arrivals, meaning(policy, market, ordered_on, {copy.line for copy in stored.copies}), place)
    awaited = [facts.arrival for facts in lines if is_goods(facts.line) and _counts(facts)]
    goods = last_arrival(awaited)
    return OrderFacts(
        lines=lines,
        place=place,
        jurisdiction=_jurisdiction(place, law),
        contract_day=ordered_on,
        goods=goods,
        begun=_arrived(goods, place) if awaited else (step("contract_concluded", day=ordered_on),),
        contract=None if awaited else order.placed,
        ordered=order.placed,
        is_business=order.is_business,
        is_free_replacement=order.is_free_replacement,
        policy=policy,
        market=market,
    )


def _arrivals(stored: StoredOrder) -> dict[LineId, Arrival]:
    """The arrival of each line; what arrived together is one and the same object."""
    known: dict[Arrival, Arrival] = {}
    found = ((line.id, line_arrival(line, stored.order, stored.marks, stored.arrivals)) for line in stored.order.lines)
    return {line: known.setdefault(arrival, arrival) for line, arrival in found}


def is_goods(line: OrderLine) -> bool:
    """Whether something has to be delivered; what nobody calls virtual counts as goods."""
    return line.is_physical is not False and not line.is_gift_card


def _counts(facts: LineFacts) -> bool:
    """A refunded line that never came is waited for no longer; one that did come was part of the delivery."""
    return facts.absent is not Absent.REFUNDED or facts.arrival.delivered is not None


def _lines(
    stored: StoredOrder, arrivals: Mapping[LineId, Arrival], meant: Meaning, place: Place | None
) -> tuple[LineFacts, ...]:
    order = stored.order
    left = units_left(order)
    begun = {id(arrival): _arrived(arrival, place) for arrival in arrivals.values()}
    blocked = _blocked(order, has_arrived=any(a.delivered or a.arrived for a in arrivals.values()))
    return tuple(
        LineFacts(
            line=line,
            arrival=arrivals[line.id],
            begun=begun[id(arrivals[line.id])],
            absent=blocked or _refunded(line, left[line.id]),
            meant=meant(line),
            repaired_on=tuple(done.completed_on for done in stored.repairs if done.line == line.id),
        )
        for line in order.lines
    )


def _arrived(arrival: Arrival, place: Place | None) -> tuple[TraceStep, ...]:
    return arrival_steps(arrival, place) if place else ()


def _blocked(order: Order, *, has_arrived: bool) -> Absent | None:
    """What takes every right from the whole order. Goods that arrived before they were paid for carry their rights."""
    match order.standing:
        case Standing.CANCELLED:
            return Absent.ORDER_CANCELLED
        case Standing.FAILED:
            return Absent.ORDER_FAILED
        case Standing.UNPAID if not has_arrived:
            return Absent.ORDER_UNPAID
        case Standing.REFUNDED:
            return Absent.REFUNDED
        case _:
            return None if order.place.country else Absent.COUNTRY_UNKNOWN


def _refunded(line: OrderLine, left: int) -> Absent | None:
    return Absent.REFUNDED if line.quantity > 0 and left <= 0 else None


def _place(order: Order) -> Place | None:
    if order.place.country is None:
        return None
    delivery = order.shopper.delivery
    return delivery_place(order.place.country, order.place.state, delivery.postcode if delivery else None)


def _jurisdiction(place: Place | None, law: Law) -> Jurisdiction | None:
    return law.rulebook.known(place.country, place.subdivision) if place else None
