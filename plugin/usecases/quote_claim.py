"""Say what can be asked for on an order's lines, for which reason, and what each remedy would come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from plugin.domain.capabilities import Capabilities, possible
from plugin.domain.claim.judging import Asked as Judging
from plugin.domain.claim.judging import Judge, JudgedLine
from plugin.domain.claim_draft import DraftLine
from plugin.domain.claim_engine.checks.condition import conditions_asked
from plugin.domain.claim_engine.cost_sheet import journey_of
from plugin.domain.claim_engine.question import promise_of
from plugin.domain.claim_engine.suggestion import Offering, in_order
from plugin.domain.claim_quote import Asked, Worth, worth_of
from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.clocks.engine import Law
from plugin.domain.entitlement import LineEntitlements
from plugin.domain.ids import LineId
from plugin.domain.order import OrderLine
from plugin.domain.policy.decision import Ground
from plugin.domain.policy.reasons import Reason
from plugin.domain.policy.terms import Condition, Evidence, Fault
from plugin.domain.refund.intent import RefundIntent
from plugin.domain.remedy import Remedy
from plugin.domain.stored import StoredOrder
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.claim.open import open_units, reasons_of
from plugin.usecases.quote_entitlements import Quote, later_of, policy_of, quote

_ASKED_WITHOUT_A_RIGHT = (Remedy.REFUND,)
"""What may be asked for where neither the law nor a promise names a remedy."""


@dataclass(frozen=True)
class ClaimQuote:
    """One order as a claim about it begins: its clocks, its reasons, what has gone back of it. Instants aware UTC."""

    quote: Quote
    judge: Judge
    intents: Sequence[RefundIntent]
    left: Mapping[LineId, int]
    """How many units of each line can still be claimed."""
    at: datetime
    settings: ClaimSettings
    can: Capabilities | None = None
    """What the platform can do with the order; None while it has not said."""

    @property
    def stored(self) -> StoredOrder:
        """The order on record."""
        return self.quote.stored

    @cached_property
    def reasons(self) -> Mapping[str, Reason]:
        """The reason tree of the policy the order was placed under, by id, in its order, what is hidden left out."""
        return {reason.id: reason for reason in reasons_of(self.quote.policy)}

    def line(self, line: LineId) -> tuple[OrderLine, LineEntitlements]:
        """An order line with its clocks."""
        pairs = zip(self.stored.order.lines, self.quote.lines, strict=True)
        return next((each, found) for each, found in pairs if each.id == line)

    def judged(self, line: DraftLine) -> JudgedLine:
        """What law and policy say to these units for this reason."""
        reason = self.reasons.get(line.reason or "")
        asked = Judging(line.line, line.quantity, _fault(reason), has_reason=reason is not None)
        return self.judge.judge(asked, self.at)

    def evidence(self, line: DraftLine) -> tuple[Evidence, ...]:
        """What the policy asks to be shown for this reason, each kind once; what a branch asks, its leaves ask."""
        if line.reason is None:
            return ()
        named = {line.reason, *self._branches(line.reason)}
        rules = [found.rule for found in self.judged(line).terms.values() if found.rule]
        asked = (each for rule in rules for each in rule.evidence if each.reason in named)
        return tuple(dict.fromkeys(kind for each in asked for kind in each.kinds))

    def remedies(self, line: DraftLine) -> tuple[Remedy, ...]:
        """What may be asked for, in the order to offer it.

        The merchant's and then the law's; where the way back is too dear keeping the goods and credit come first, and
        after a hazard nothing that sells more is offered. What the platform cannot do is left out. What the law gives
        always stays, and by right of withdrawal the refund comes first.
        """
        found = self.judged(line)
        if not found.judged.remedies:
            return _ASKED_WITHOUT_A_RIGHT
        offering = Offering(
            decision=found.decision,
            price=found.shop_price,
            legal=frozenset(found.judged.legal_remedies),
            reasons=(line.reason, *self._branches(line.reason)) if line.reason else (),
            is_withdrawal=found.decision.ground is Ground.WITHDRAWAL,
        )
        journey = journey_of(self.stored.order.place.country, self.quote.policy)
        costs = self.settings.costs.costs_of(found.shop_price, journey)
        options = in_order(offering, costs, self.settings.too_dear).options
        offered = dict.fromkeys(option.offer.remedy for option in options)
        return possible(offered, found.judged.legal_remedies, self.can)

    def conditions(self, line: DraftLine) -> tuple[Condition, ...]:
        """What the promise these units rest on asks of their state; nothing where the law gives the right."""
        found = self.judged(line)
        promise = promise_of(found.decision.ground, found.terms)
        return conditions_asked(promise, _fault(self.reasons.get(line.reason or "")))

    def worth(self, *lines: DraftLine) -> Worth:
        """What these lines come to together, each with its remedy."""
        asked = [self._asked(line, line.remedy) for line in lines if line.remedy]
        return worth_of(asked, self.stored.order, self.intents)

    def _asked(self, line: DraftLine, remedy: Remedy) -> Asked:
        found = self.judged(line)
        fault = _fault(self.reasons.get(line.reason or ""))
        return Asked(line.line, line.quantity, line.reason or "", fault, found.judged, found.decision, remedy)

    def _branches(self, reason: str) -> Sequence[str]:
        found: list[str] = []
        known = self.reasons.get(reason)
        while known is not None and known.parent and known.parent not in found:
            found.append(known.parent)
            known = self.reasons.get(known.parent)
        return found


def quote_claim(
    stored: StoredOrder, unit: UnitOfWork, law: Law, now: datetime, can: Capabilities | None = None
) -> ClaimQuote:
    """The quote for an order at hand, within the caller's unit."""
    policy = policy_of(stored, unit)
    later = later_of(stored, policy, unit, now)
    said = quote(stored, policy, law, later)
    judge = Judge(stored, said.lines, policy, later, law)
    intents, settings = tuple(unit.refunds.of([stored.id])), unit.claim_desk.settings()
    return ClaimQuote(said, judge, intents, open_units(stored, unit), now, settings, can)


def _fault(reason: Reason | None) -> Fault:
    return (reason.fault if reason else None) or Fault.NONE
