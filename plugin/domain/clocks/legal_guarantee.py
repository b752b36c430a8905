"""The legal-guarantee clock: the seller's liability for goods that do not conform (Directive (EU) 2019/771 and others).

It starts per line at its own delivery. Where the law gives no fixed period no date is named and nothing closes.
"""

from dataclasses import replace
from datetime import date

from plugin.domain.clocks.inputs import LineFacts, OrderFacts, is_goods
from plugin.domain.clocks.nothing import no_clock
from plugin.domain.clocks.steps import end_step, law_steps, step
from plugin.domain.entitlement import Absent, Clock, Right, TraceStep
from plugin.domain.law.answers import Certainty, ClockState, LegalGuarantee
from plugin.domain.law.counting import local_day
from plugin.domain.law.facts import GuaranteeFacts, Place
from plugin.domain.law.guarantee import legal_guarantee
from plugin.domain.law.in_force import Law
from plugin.domain.law.jurisdiction import GuaranteeLaw
from plugin.domain.order import OrderLine
from plugin.domain.policy.terms import Payer
from plugin.domain.remedy import Remedy
from plugin.domain.times import Moment

_EU_REMEDIES = (Remedy.REPAIR, Remedy.REPLACEMENT, Remedy.PRICE_REDUCTION, Remedy.REFUND)
"""Repair or replacement at the shopper's choice, then price reduction or termination (Dir. (EU) 2019/771 art. 13)."""


def legal_guarantee_clock(line: LineFacts, facts: OrderFacts, law: Law) -> Clock:
    """The guarantee of one line."""
    if facts.place is None:
        return no_clock(Right.LEGAL_GUARANTEE, Absent.COUNTRY_UNKNOWN)
    if facts.jurisdiction is None:
        return no_clock(Right.LEGAL_GUARANTEE, Absent.LAW_UNKNOWN)
    if facts.is_business:
        return no_clock(Right.LEGAL_GUARANTEE, Absent.BUSINESS_ORDER)
    if not is_goods(line.line):
        return _undated(line.line, facts)
    return _clock(line, facts, facts.place, facts.jurisdiction.guarantee, law)


def _clock(line: LineFacts, facts: OrderFacts, place: Place, rule: GuaranteeLaw, law: Law) -> Clock:
    delivered = line.arrival.delivered
    asked = _asked(line, facts, place, delivered)
    answer = legal_guarantee(asked, law.rulebook, law.calendar)
    longest = _longest(asked, answer, rule, law)
    is_dated = answer.expires_at is not None
    return Clock(
        right=Right.LEGAL_GUARANTEE,
        starts=delivered if answer.state is ClockState.RUNNING else None,
        event_day=local_day(delivered.at, place.zone) if delivered else None,
        nominal_last_day=answer.last_day if is_dated else None,
        last_day=answer.last_day_rolled if is_dated else None,
        closes_at=longest.expires_at,
        payer=Payer.SHOP if rule.remedies else Payer.UNKNOWN,
        remedies=_EU_REMEDIES if rule.remedies else (),
        basis=law.basis(answer.sources),
        trace=(*line.begun, *law_steps(answer.reasons), *_end(answer, longest, place)),
        certainty=answer.certainty,
        is_statutory=True,
        estimated_last_day=_estimated(line, facts, place, law),
        display=answer.display,
        min_months=answer.display_min_months,
        presumption_last_day=answer.presumption_last_day if is_dated else None,
    )


def _asked(line: LineFacts, facts: OrderFacts, place: Place, delivered: Moment | None) -> GuaranteeFacts:
    goods = line.meant.goods
    return GuaranteeFacts(
        place=place,
        delivered_at=delivered.at if delivered else None,
        contract_concluded_on=facts.contract_day,
        condition=goods.condition,
        agreed_months=goods.agreed_months,
        repairs_completed_on=line.repaired_on,
        is_long_lived=goods.is_durable,
        is_durable=goods.is_durable,
    )


def _longest(asked: GuaranteeFacts, answer: LegalGuarantee, rule: GuaranteeLaw, law: Law) -> LegalGuarantee:
    """The answer for goods made to last, which may be these: until somebody says no, nothing closes before it."""
    if not (rule.particular("long_life_goods_months") or rule.particular("durable_days")):
        return answer
    return legal_guarantee(replace(asked, is_long_lived=True, is_durable=True), law.rulebook, law.calendar)


def _end(answer: LegalGuarantee, longest: LegalGuarantee, place: Place) -> tuple[TraceStep, ...]:
    if answer.expires_at is None and answer.state is ClockState.RUNNING:
        return (step("no_end_date"),)
    if longest.last_day != answer.last_day:
        return (*end_step(answer.last_day_rolled, place), step("longer_for_lasting_goods", day=longest.last_day))
    return end_step(answer.last_day_rolled, place)


def _estimated(line: LineFacts, facts: OrderFacts, place: Place, law: Law) -> date | None:
    if line.arrival.delivered is not None or line.arrival.estimated is None:
        return None
    answer = legal_guarantee(_asked(line, facts, place, line.arrival.estimated), law.rulebook, law.calendar)
    return answer.last_day if answer.expires_at is not None else None


def _undated(line: OrderLine, facts: OrderFacts) -> Clock:
    """Digital content and services have a liability of their own that the rulebook does not date: nothing closes."""
    code = "gift_card_not_dated" if line.is_gift_card else "digital_not_dated"
    return Clock(
        right=Right.LEGAL_GUARANTEE,
        starts=facts.contract,
        event_day=facts.contract_day,
        nominal_last_day=None,
        last_day=None,
        closes_at=None,
        payer=Payer.UNKNOWN,
        remedies=(),
        basis=(),
        trace=(step(code), step("no_end_date")),
        certainty=Certainty.UNVERIFIED,
        is_statutory=True,
    )
