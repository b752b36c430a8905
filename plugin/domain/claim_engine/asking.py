"""The question about one line, put together from the order on record, its clocks and the policy's decision."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from plugin.domain.basis import Basis
from plugin.domain.claim_engine.abuse import Past
from plugin.domain.claim_engine.limits import DEFAULT_LIMITS, Limits
from plugin.domain.claim_engine.question import Asked, Question
from plugin.domain.clocks.inputs import OrderFacts, is_goods
from plugin.domain.clocks.promise import clause
from plugin.domain.entitlement import LineEntitlements, Right
from plugin.domain.errors import NotFound
from plugin.domain.money import Money
from plugin.domain.order import Order
from plugin.domain.policy.decision import Decision, Terms
from plugin.domain.policy.terms import Track

_RIGHT_OF: Mapping[Track, Right] = {
    Track.WITHDRAWAL: Right.WITHDRAWAL,
    Track.RETURN: Right.SHOP_RETURN,
    Track.EXCHANGE: Right.EXCHANGE,
    Track.WARRANTY: Right.COMMERCIAL_WARRANTY,
}


@dataclass(frozen=True, slots=True)
class Subject:
    """The line in question: `facts` and `entitled` of its order, `decision` made from `terms` for what is asked."""

    order: Order
    facts: OrderFacts
    entitled: LineEntitlements
    decision: Decision
    terms: Terms


@dataclass(frozen=True, slots=True)
class Known:
    """What no order tells; each as `Question` has it."""

    price: Money
    open_quantity: int
    grams: int | None = None
    is_payee_known: bool = False
    history: tuple[Past, ...] = ()
    limits: Limits = DEFAULT_LIMITS
    claim_price: Money | None = None


def question_of(asked: Asked, subject: Subject, known: Known, now: datetime) -> Question:
    """The question as of `now` (aware UTC), for a declared withdrawal the instant it was declared.

    Raises `NotFound` for a line the order does not have.
    """
    line = next((each for each in subject.facts.lines if each.line.id == subject.entitled.line), None)
    if line is None:
        raise NotFound({"field": "line", "line": subject.entitled.line})
    return Question(
        now=now,
        asked=asked,
        entitled=subject.entitled,
        decision=subject.decision,
        terms=subject.terms,
        price=known.price,
        open_quantity=known.open_quantity,
        country=subject.order.place.country,
        payment=subject.order.payment,
        is_delivered=line.arrival.delivered is not None or not is_goods(line.line),
        delivered_at=line.arrival.delivered.at if line.arrival.delivered else None,
        clauses=dict(_clauses(subject)),
        goods=line.meant.goods,
        grams=known.grams,
        is_payee_known=known.is_payee_known,
        history=known.history,
        limits=known.limits,
        claim_price=known.claim_price,
    )


def _clauses(subject: Subject) -> Iterator[tuple[Track, Basis]]:
    """How each rule is cited: as its clock does, which knows of later versions; else by the order's own policy."""
    for track, found in subject.terms.items():
        if found.rule is None:
            continue
        clock = subject.entitled.clock(_RIGHT_OF[track])
        named = () if clock.is_statutory else clock.basis
        yield from ((track, basis) for basis in (named or clause(subject.facts, found.rule))[:1])
