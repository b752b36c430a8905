"""Put each line of a claim to the rules, as it stood when the claim was opened."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from plugin.domain.claim.claim import Claim, ClaimLine
from plugin.domain.claim.exchange import difference_wanted
from plugin.domain.claim.judging import Asked as Units
from plugin.domain.claim.judging import Judge, JudgedLine
from plugin.domain.claim.open_quantity import open_quantity
from plugin.domain.claim.vocabulary import ClaimTrack
from plugin.domain.claim_engine.abuse import Mark, Past
from plugin.domain.claim_engine.asking import Known, Subject, question_of
from plugin.domain.claim_engine.judge import Judgement, judge
from plugin.domain.claim_engine.limits import Limits
from plugin.domain.claim_engine.past import marks_of
from plugin.domain.claim_engine.question import Asked, Question
from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.clocks.inputs import OrderFacts, gather
from plugin.domain.evidence import EvidenceState
from plugin.domain.ids import LineId
from plugin.domain.money import Money
from plugin.domain.policy.reasons import path_of, reason_tree
from plugin.domain.policy.terms import Evidence
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.claim.act import claims_of, settled_units

_MOST_ORDERS = 50
"""Of one shopper, newest first, that are looked at for what is unusual."""
_KINDS = {"image": Evidence.PHOTO, "video": Evidence.VIDEO, "application": Evidence.RECEIPT}
"""What a file counts as, by the first part of its type; the only application we keep is PDF."""


@dataclass(frozen=True, slots=True)
class ExaminedLine:
    """One line, the question it was, what the policy decided and what the rules say."""

    line: ClaimLine
    question: Question
    judged: JudgedLine
    judgement: Judgement


def judge_lines(claim: Claim, judging: Judge, unit: UnitOfWork) -> tuple[ExaminedLine, ...]:
    """Every line, as of the claim's opening, for a declared withdrawal as of its declaration."""
    at = claim.declared_at or claim.opened_at
    facts = gather(judging.stored, judging.policy, judging.law)
    shared = _Shared(
        facts=facts,
        evidence=frozenset(_evidence(claim, unit)),
        history=tuple(past for past in _history(claim, judging, unit) if past.at < claim.opened_at),
        limits=_limits(unit.claim_desk.settings(), _price(claim)),
        others=[other for other in claims_of(claim.order, unit) if other.id != claim.id],
        settled=settled_units(claim.order, unit),
    )
    return tuple(_examined(line, claim, judging, shared, at) for line in claim.lines)


@dataclass(frozen=True, slots=True)
class _Shared:
    facts: OrderFacts
    evidence: frozenset[Evidence]
    history: tuple[Past, ...]
    limits: Limits
    others: list[Claim]
    settled: Mapping[LineId, int]


def _examined(line: ClaimLine, claim: Claim, judging: Judge, shared: _Shared, at: datetime) -> ExaminedLine:
    units = Units(line.order_line, line.quantity, line.fault, has_reason=line.reason is not None)
    judged = judging.judge(units, at)
    entitled = next(each for each in judging.lines if each.line == line.order_line)
    subject = Subject(judging.stored.order, shared.facts, entitled, judged.decision, judged.terms)
    order_line = next(each for each in judging.stored.order.lines if each.id == line.order_line)
    beside = sum(each.quantity for each in claim.lines if each.order_line == line.order_line and each.no != line.no)
    known = Known(
        price=judged.shop_price,
        open_quantity=open_quantity(order_line, shared.others, shared.settled[line.order_line]) - beside,
        history=shared.history,
        limits=shared.limits,
        claim_price=_price(claim),
    )
    question = question_of(_asked(line, claim, judging, shared), subject, known, at)
    return ExaminedLine(line, question, judged, judge(question))


def _asked(line: ClaimLine, claim: Claim, judging: Judge, shared: _Shared) -> Asked:
    tree = reason_tree(judging.policy.reasons if judging.policy else ())
    return Asked(
        quantity=line.quantity,
        wanted=line.wanted,
        fault=line.fault,
        reasons=path_of(line.reason, tree),
        evidence=shared.evidence,
        conditions=dict.fromkeys(line.conditions, True),
        is_withdrawal=claim.track is ClaimTrack.WITHDRAWAL,
        variant=_variant(line),
    )


def _variant(line: ClaimLine) -> str | None:
    """What is to be sent instead, where it is known what that comes to: nobody is charged what they were not told."""
    if line.plan is not None:
        return line.plan.variant
    return line.choice.variant if line.choice and difference_wanted(line) is not None else None


def _evidence(claim: Claim, unit: UnitOfWork) -> Iterator[Evidence]:
    """What was sent and is kept; what is still being looked at does not count yet."""
    for file in unit.evidence.of_claim(claim.id):
        if file.state is EvidenceState.READY and file.stored is not None:
            yield _KINDS[file.stored.media_type.partition("/")[0]]


def _history(claim: Claim, judging: Judge, unit: UnitOfWork) -> Iterator[Past]:
    """The marks of what the same shopper bought in all of the merchant's shops."""
    shopper = judging.stored.order.shopper
    person = unit.people.find(shopper.email) if shopper.email and not shopper.is_erased else None
    if person is None:
        return
    found = [order for shop in unit.shops.all() for order in unit.orders.of_person(shop.id, person)][:_MOST_ORDERS]
    alerts = unit.alerts.of_orders(found)
    for order in found:
        refused = (alert for alert in alerts.get(order, ()) if alert.is_refused)
        yield from (Past(Mark.REFUSED, alert.since) for alert in refused)
        claims = (other for other in claims_of(order, unit) if other.id != claim.id)
        yield from marks_of(unit.orders.get(order).order, claims)


def _limits(settings: ClaimSettings, price: Money) -> Limits:
    """The rules decide as much as one person may, and no claim of a shopper whose record is that unusual."""
    most = Money(price.minor - 1, price.currency) if settings.needs_second(price) else None
    return Limits(auto_approve_up_to=most, review_score=settings.review_score)


def _price(claim: Claim) -> Money:
    """What all its lines cost, in the currency the shopper paid in."""
    first, *others = (line.judged.price for line in claim.lines)
    return sum(others, first)
