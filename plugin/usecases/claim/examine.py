"""Examine a new claim: what the rules find is recorded, how urgent it is, and what they may decide is decided.

A claim is decided as a whole: as soon as one line needs a person, a person decides all of it, with every finding
before them. A refusal needs words for the shopper; where there are none, a person finds them. A withdrawal is not
examined, because it was declared and nobody decides it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.conversing import raise_tier
from plugin.domain.claim.commands.deciding import approve, examine, reject
from plugin.domain.claim.exchange import with_choice
from plugin.domain.claim.judging import Judge
from plugin.domain.claim.machines.decision import DecisionState
from plugin.domain.claim.plans import kept_item, usual_plan
from plugin.domain.claim.record import Draft
from plugin.domain.claim.status import OVER, status_of
from plugin.domain.claim.vocabulary import ENGINE, ClaimTrack, Refusal, RemedyPlan, Tier
from plugin.domain.claim_engine.judge import Verdict
from plugin.domain.claim_engine.timing import begin_time
from plugin.domain.claim_engine.urgency import DAMAGE_HOURS, Report, aim_of, most_urgent, tier_of
from plugin.domain.money import Money
from plugin.domain.policy.terms import BASIS_POINTS, Rate
from plugin.domain.remedy import Remedy
from plugin.domain.service_clock.market import service_for
from plugin.usecases.claim.ask_carrier import ask_carrier
from plugin.usecases.claim.desk import Sitting
from plugin.usecases.claim.judge_lines import ExaminedLine, judge_lines
from plugin.usecases.claim.judging import judge_of


def examine_claim(claim: Claim, judging: Judge, here: Sitting) -> Claim:
    """The claim after the rules looked at it, once; the caller commits."""
    if claim.is_examined or claim.track is ClaimTrack.WITHDRAWAL or not claim.lines:
        return claim
    return _examined(claim, judging, here)


def examine_proven(before: Claim, claim: Claim, here: Sitting) -> Claim:
    """The claim examined again once it is known who sent it, where nobody has to decide it and nothing was decided.

    What was found at its opening may not hold any more; what holds is decided as it would have been then.
    """
    is_news = claim.is_proven and not before.is_proven and claim.is_examined and not claim.needs_person
    is_untouched = status_of(claim) not in OVER and all(line.decision is DecisionState.PENDING for line in claim.lines)
    if not is_news or not is_untouched:
        return claim
    return _examined(claim, judge_of(here.unit.orders.get(claim.order), here), here)


def _examined(claim: Claim, judging: Judge, here: Sitting) -> Claim:
    lines = judge_lines(claim, judging, here.unit)
    ask_carrier(claim, lines, here)
    needs_person = not all(_is_decided(each, claim, here) for each in lines)
    claim = here.act(claim.id, lambda known: _found(known, lines, judging, here, needs_person=needs_person))
    if needs_person or not claim.is_proven:
        return claim
    return here.act(claim.id, lambda known: [draft for each in lines for draft in _decided(known, each, here)])


def _found(
    claim: Claim, lines: Sequence[ExaminedLine], judging: Judge, here: Sitting, *, needs_person: bool
) -> tuple[Draft, ...]:
    findings = dict.fromkeys(
        (finding.code, finding.outcome.value, finding.clause) for each in lines for finding in each.judgement.findings
    )
    tier = most_urgent((claim.tier, *(_tier(each, claim.opened_at) for each in lines)))
    timer = _timer(claim, tier, judging, here) if needs_person else ()
    return (
        *examine(tuple(findings), needs_person=needs_person),
        *raise_tier(claim, tier, "examined", ENGINE),
        *timer,
    )


def _tier(each: ExaminedLine, reported_at: datetime) -> Tier:
    hours = [rule.report_damage_within_hours for rule in each.question.rules if rule.report_damage_within_hours]
    report = Report(reported_at, each.question.delivered_at, max(hours, default=DAMAGE_HOURS))
    return tier_of(each.question.asked.reasons, each.line.fault, report)


def _timer(claim: Claim, tier: Tier, judging: Judge, here: Sitting) -> tuple[Draft, ...]:
    """The time for a first look, by the calendar and the targets of the market."""
    service = service_for(judging.policy, claim.country, here.desk.law.calendar)
    aim = aim_of(tier, claim.lines[0].wanted, is_new=True)
    return begin_time(aim, service, here.now)


def _is_decided(each: ExaminedLine, claim: Claim, here: Sitting) -> bool:
    """Whether the rules decide it; a refusal only in words the shopper can read."""
    if each.judgement.verdict is Verdict.AUTO_REJECT:
        return _words(each, claim, here) is not None
    return each.judgement.verdict is Verdict.AUTO_APPROVE


def _decided(claim: Claim, each: ExaminedLine, here: Sitting) -> tuple[Draft, ...]:
    no, quantity, why = each.line.no, each.line.quantity, each.judgement.refusal
    if why is None:
        return approve(claim, no, quantity, plan_of(each), ENGINE)
    return reject(claim, no, quantity, Refusal(why.code, why.basis[0]), _words(each, claim, here) or "", ENGINE)


def _words(each: ExaminedLine, claim: Claim, here: Sitting) -> str | None:
    """What the shopper is told of a refusal."""
    say, why = here.desk.refusal_words, each.judgement.refusal
    return say(why, claim.language) if say is not None and why is not None else None


def plan_of(each: ExaminedLine) -> RemedyPlan:
    """What was asked for, by the terms the policy offers it on."""
    wanted, judged = each.line.wanted, each.line.judged
    offer = next(offer for offer in each.judged.decision.offers if offer.remedy is wanted)
    if wanted is Remedy.PRICE_REDUCTION:
        return kept_item(judged, _share(judged.price, offer.share or 0))
    bonus = _share(judged.price, offer.bonus) if offer.bonus else None
    plan = replace(usual_plan(wanted, judged), bonus=bonus, variant=each.question.asked.variant)
    return with_choice(plan, each.line)


def _share(price: Money, rate: Rate) -> Money:
    return Money(price.minor * rate // BASIS_POINTS, price.currency)
