"""The shop's time to answer follows what is done to a claim: it rests, goes on, is met, begins anew, gets shorter."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from plugin.domain.basis import Basis
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands import conversing, deciding
from plugin.domain.claim.machines.conversation import TimerState
from plugin.domain.claim.plans import usual_plan
from plugin.domain.claim.record import Draft
from plugin.domain.claim.vocabulary import Actor, ActorKind, Refusal, Tier
from plugin.domain.claim_engine.finding import Outcome
from plugin.domain.claim_engine.judge import Verdict
from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.money import Money
from plugin.domain.remedy import Remedy
from plugin.domain.shop import Shop
from plugin.usecases.claim.act import Command
from plugin.usecases.claim.desk import Desk
from plugin.usecases.claim.hear_shopper import appeal_refusal, write_to_shop
from plugin.usecases.claim.judge_claim import judge_claim
from plugin.usecases.claim.work import work_on_claim
from tests.build import MERCHANT, NOW
from tests.fakes.units import FakeUnits
from tests.usecases.test_examine_claim import a_line, desk, place, submitted

__all__ = ["desk"]

AGENT = Actor(ActorKind.AGENT, "staff1")
REFUSAL = Refusal("worn", Basis("policy", "v1", "v1 · everywhere · returns"))
HOUR = timedelta(hours=1)
MONDAY = datetime.fromisoformat("2026-11-23T00:00:00+00:00")


@pytest.fixture
def claim(units: FakeUnits, shop: Shop, desk: Desk) -> Claim:
    """A claim of Saturday that a person decides: due on Monday at noon, twelve hours into the first working day."""
    place(units, shop)
    with units(MERCHANT) as unit:
        unit.claim_desk.save_settings(ClaimSettings(second_above=(Money(0, "EUR"),)), NOW)
        unit.commit()
    return submitted(desk, a_line())


def act(desk: Desk, claim: Claim, command: Command, at: datetime) -> Claim:
    return work_on_claim(claim.id, command, desk=desk, now=at)


def asked(desk: Desk, claim: Claim, at: datetime) -> Claim:
    return act(desk, claim, lambda known: conversing.ask(known, "Which colour?", AGENT), at)


def test_a_question_stops_the_time_and_the_answer_lets_it_go_on_with_what_was_left(claim: Claim, desk: Desk) -> None:
    assert claim.timer.due_at == MONDAY + 12 * HOUR
    waiting = asked(desk, claim, MONDAY + 10 * HOUR)
    assert (waiting.timer.state, waiting.timer.left_seconds) == (TimerState.PAUSED, 2 * 3600)
    again = write_to_shop(claim.id, "Green", desk=desk, now=MONDAY + 30 * HOUR)
    assert (again.timer.state, again.timer.due_at) == (TimerState.RUNNING, MONDAY + 32 * HOUR)


def test_a_question_on_saturday_takes_nothing_of_monday(claim: Claim, desk: Desk) -> None:
    waiting = asked(desk, claim, MONDAY - 10 * HOUR)
    assert waiting.timer.left_seconds == 12 * 3600
    assert write_to_shop(claim.id, "Green", desk=desk, now=MONDAY - HOUR).timer.due_at == MONDAY + 12 * HOUR


def test_a_decision_is_what_the_time_was_for(claim: Claim, desk: Desk) -> None:
    plan = usual_plan(Remedy.REFUND, claim.line(1).judged)
    decided = act(desk, claim, lambda known: deciding.approve(known, 1, 1, plan, AGENT), MONDAY)
    assert decided.timer.state is TimerState.MET


def test_a_note_changes_nothing_of_the_time(claim: Claim, desk: Desk) -> None:
    assert act(desk, claim, lambda _: conversing.note("Looks fine", AGENT), MONDAY).timer == claim.timer


def test_a_message_after_the_decision_is_to_be_answered_and_the_answer_is(claim: Claim, desk: Desk) -> None:
    plan = usual_plan(Remedy.REFUND, claim.line(1).judged)
    act(desk, claim, lambda known: deciding.approve(known, 1, 1, plan, AGENT), MONDAY)
    written = write_to_shop(claim.id, "Where is my label?", desk=desk, now=MONDAY + HOUR)
    assert (written.timer.target, written.timer.due_at) == ("ordinary", MONDAY + 25 * HOUR)
    answered = act(desk, claim, lambda known: conversing.write(known, "On its way", AGENT), MONDAY + 2 * HOUR)
    assert answered.timer.state is TimerState.MET


def test_an_appeal_begins_a_time_of_its_own(claim: Claim, desk: Desk) -> None:
    refused = act(desk, claim, lambda it: deciding.reject(it, 1, 1, REFUSAL, "It was worn.", AGENT), MONDAY)
    assert refused.timer.state is TimerState.MET
    appealed = appeal_refusal(claim.id, 1, "It was not", desk=desk, now=MONDAY + HOUR)
    assert (appealed.timer.state, appealed.timer.due_at) == (TimerState.RUNNING, MONDAY + 25 * HOUR)


def test_a_claim_that_turns_out_to_be_dangerous_is_due_at_once_and_never_later(claim: Claim, desk: Desk) -> None:
    def raised(known: Claim) -> tuple[Draft, ...]:
        return conversing.raise_tier(known, Tier.SAFETY, "agent", AGENT)

    urgent = act(desk, claim, raised, MONDAY - 10 * HOUR)
    assert (urgent.timer.target, urgent.timer.due_at) == ("safety", MONDAY - 8 * HOUR)


def test_who_decides_sees_every_finding_and_what_to_offer_first(claim: Claim, desk: Desk) -> None:
    (advised,) = judge_claim(claim.id, desk=desk, now=MONDAY)
    assert advised.judgement.verdict is Verdict.PERSON
    stands_against = [found.code for found in advised.judgement.findings if found.outcome is not Outcome.OK]
    assert stands_against == ["above_amount_limit"]
    assert [option.offer.remedy for option in advised.suggestion.options] == list(claim.line(1).judged.remedies)
    assert advised.suggestion.landed_total is None
