"""What a shopper may ask for on a line, and what it costs whom: clocks, law and the frozen policy put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from plugin.domain.basis import Basis
from plugin.domain.claim.vocabulary import Judged
from plugin.domain.clocks.claimed import case_of
from plugin.domain.clocks.inputs import OrderFacts, gather
from plugin.domain.entitlement import LineEntitlements, Right
from plugin.domain.errors import NotFound
from plugin.domain.ids import LineId
from plugin.domain.law.facts import GuaranteeFacts
from plugin.domain.law.in_force import Law
from plugin.domain.law.liability_period import repair_extension_months
from plugin.domain.money import Money
from plugin.domain.policy import PolicyVersion
from plugin.domain.policy.decision import Decision, Ground, Terms, decide
from plugin.domain.policy.terms import Fault, RefundPromise, Track
from plugin.domain.refund.allocation import Side
from plugin.domain.refund.ledger import worth
from plugin.domain.remedy import Remedy
from plugin.domain.stored import StoredOrder

_RIGHT_OF = {
    Ground.WITHDRAWAL: Right.WITHDRAWAL,
    Ground.LIABILITY: Right.LEGAL_GUARANTEE,
    Ground.SHOP_RETURN: Right.SHOP_RETURN,
    Ground.EXCHANGE: Right.EXCHANGE,
    Ground.WARRANTY: Right.COMMERCIAL_WARRANTY,
}
_TRACK_OF = {
    Right.SHOP_RETURN: Track.RETURN,
    Right.EXCHANGE: Track.EXCHANGE,
    Right.COMMERCIAL_WARRANTY: Track.WARRANTY,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Units of a line somebody wants to claim; `fault` none and no reason for a second thought."""

    line: LineId
    quantity: int
    fault: Fault
    has_reason: bool


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """The judgement, and the whole decision it was made from: offers with their bonus and share, and the terms.

    `shop_price`: what was paid for the claimed units, tax included, in the shop's currency.
    """

    judged: Judged
    decision: Decision
    terms: Terms
    shop_price: Money


@dataclass(frozen=True, slots=True)
class Judge:
    """Everything that decides about an order's lines: the order, its clocks, its policy and those made since."""

    stored: StoredOrder
    lines: Sequence[LineEntitlements]
    policy: PolicyVersion | None
    later: Sequence[PolicyVersion]
    law: Law

    def judge(self, asked: Asked, now: datetime) -> JudgedLine:
        """The judgement at `now` (aware UTC), or at the instant a withdrawal was declared. Raises `NotFound`."""
        entitled = next((line for line in self.lines if line.line == asked.line), None)
        if entitled is None:
            raise NotFound({"field": "line", "line": asked.line})
        facts = gather(self.stored, self.policy, self.law)
        terms = self._terms(entitled, facts)
        price = {side: _price(self.stored, asked, side) for side in Side}
        case = case_of(entitled, asked.fault, price[Side.SHOP], now, has_reason=asked.has_reason)
        decision = decide(case, terms)
        judged = Judged(
            ground=decision.ground,
            payer=decision.payer,
            fee=_shown(decision.fee, price),
            remedies=tuple(offer.remedy for offer in decision.offers),
            legal_remedies=_legal(decision.ground, case.legal_remedies),
            price=price[Side.PRESENTMENT],
            means=decision.means,
            promise=_promise(decision.ground, terms),
            basis=_basis(decision.ground, entitled),
            because=tuple(reason.code for reason in decision.because),
            extends_guarantee_months=_extension(decision.ground, facts, now),
        )
        return JudgedLine(judged, decision, terms, price[Side.SHOP])

    def _terms(self, entitled: LineEntitlements, facts: OrderFacts) -> Terms:
        """The order's own rules, and on each track that a later version betters, that version's."""
        terms = dict(_of_line(facts, entitled.line))
        for right, track in _TRACK_OF.items():
            trace = entitled.clock(right).trace
            since = dict(trace[0].facts).get("version") if trace and trace[0].code == "later_policy" else None
            version = next((later for later in self.later if later.id == since), None)
            if version is not None:
                terms[track] = _of_line(gather(self.stored, version, self.law), entitled.line)[track]
        return terms


def _of_line(facts: OrderFacts, line: LineId) -> Terms:
    return next(each.meant.terms for each in facts.lines if each.line.id == line)


def _price(stored: StoredOrder, asked: Asked, side: Side) -> Money:
    """What was paid for these units, tax included."""
    line = next(line for line in stored.order.lines if line.id == asked.line)
    whole = Money(worth(stored.order, side).goods[line.id].goods, side.of(line.total).currency)
    if asked.quantity >= line.quantity:
        return whole
    return whole.split([max(asked.quantity, 0), line.quantity - max(asked.quantity, 0)])[0]


def _shown(fee: Money | None, price: Mapping[Side, Money]) -> Money | None:
    """The fee in the currency the shopper paid in, in proportion to the price, rounded in the shopper's favour."""
    if fee is None or not price[Side.SHOP].minor:
        return None
    shown = price[Side.PRESENTMENT]
    return Money(shown.minor * fee.minor // price[Side.SHOP].minor, shown.currency)


def _promise(ground: Ground, terms: Terms) -> RefundPromise | None:
    track = _TRACK_OF.get(_RIGHT_OF.get(ground, Right.WITHDRAWAL), Track.WITHDRAWAL)
    rule = terms[track].rule
    return rule.refund if rule else None


def _legal(ground: Ground, remedies: tuple[Remedy, ...]) -> tuple[Remedy, ...]:
    return {Ground.WITHDRAWAL: (Remedy.REFUND,), Ground.LIABILITY: remedies}.get(ground, ())


def _basis(ground: Ground, entitled: LineEntitlements) -> tuple[Basis, ...]:
    right = _RIGHT_OF.get(ground)
    return entitled.clock(right).basis if right else ()


def _extension(ground: Ground, facts: OrderFacts, now: datetime) -> int:
    """By how many months one repair, done today, lengthens the legal guarantee."""
    if ground is not Ground.LIABILITY or facts.place is None or facts.jurisdiction is None:
        return 0
    done = (now.astimezone(facts.place.zone).date(),)
    repaired = GuaranteeFacts(
        facts.place, delivered_at=None, contract_concluded_on=facts.contract_day, repairs_completed_on=done
    )
    return repair_extension_months(repaired, facts.jurisdiction.guarantee)
