"""The rules look at a new claim at once: approved, or a person's with the time running; each finding is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from plugin.demo.policy import demo_policy
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.events import ContactProven, Decided
from plugin.domain.claim.machines.conversation import TimerState
from plugin.domain.claim.machines.decision import DecisionState, RemedyState
from plugin.domain.claim.record import Draft
from plugin.domain.claim.status import ClaimStatus, status_of
from plugin.domain.claim.vocabulary import Actor, ActorKind, ClaimTrack, Tier
from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.clocks.engine import Law
from plugin.domain.ids import ClaimDraftId, LineId, OrderId
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.money import Money
from plugin.domain.order import Order
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import Evidence, EvidenceRule, Offer, Track, Window
from plugin.domain.policy.version import Disclosure, MarketPolicy, PolicyVersion
from plugin.domain.remedy import Remedy
from plugin.domain.shop import Shop
from plugin.usecases.claim.desk import Desk
from plugin.usecases.claim.hear_shopper import appeal_refusal
from plugin.usecases.claim.open import ClaimForm, FormLine, open_from_form
from plugin.usecases.claim.work import work_on_claim
from plugin.wording.refusal import refusal_text
from tests import build
from tests.build import DELIVERED, MERCHANT, NOW, PLACED
from tests.fakes.sources import FakeIds, FakeSecrets
from tests.fakes.units import FakeUnits

LAW = Law(load_rulebook(), HolidayCalendar())
OFFERS = (Offer(Remedy.REFUND), Offer(Remedy.STORE_CREDIT, bonus=1_000), Offer(Remedy.PRICE_REDUCTION, share=3_000))
RETURNS = Rule("returns", Track.RETURN, window=Window(30), offers=OFFERS)
ASKS = EvidenceRule("quality", (Evidence.PHOTO,))
POLICY = PolicyVersion(
    "v1",
    PLACED - timedelta(days=30),
    MarketPolicy("everywhere", rules=(RETURNS,), disclosure=Disclosure(is_informed=True, is_told_return_cost=True)),
)


@pytest.fixture
def desk(units: FakeUnits, ids: FakeIds, secrets: FakeSecrets) -> Desk:
    return Desk(MERCHANT, units, ids, secrets, LAW)


def place(units: FakeUnits, shop: Shop, order: Order | None = None, policy: PolicyVersion = POLICY) -> None:
    arrived = (build.a_fulfilment(events=(build.an_event(),)),)
    kept = order or build.an_order(fulfilments=arrived)
    stored = build.a_stored_order(kept, shop=shop.id, policy_version=policy.id)
    with units(MERCHANT) as unit:
        unit.policies.add(policy)
        unit.orders.save([stored])
        unit.commit()


def submitted(desk: Desk, *lines: FormLine, now: datetime = NOW, **facts: object) -> Claim:
    plain = {"draft": ClaimDraftId("draft1"), "order": OrderId("order1"), "language": "de", "proof": "signed_in"}
    return open_from_form(ClaimForm(**{**plain, "lines": lines, **facts}), desk=desk, now=now)  # type: ignore[arg-type]  # its fields


def a_line(
    reason: str | None = "change_of_mind.dislike", wanted: Remedy = Remedy.REFUND, quantity: int = 1
) -> FormLine:
    return FormLine(LineId("11"), quantity, reason, wanted)


def told(claim: Claim) -> set[str]:
    return {code for code, outcome, _ in claim.findings if outcome != "ok"}


def test_what_nothing_stands_against_is_approved_at_once(units: FakeUnits, shop: Shop, desk: Desk) -> None:
    place(units, shop)
    claim = submitted(desk, a_line())
    (line,) = claim.lines
    assert (claim.is_examined, claim.needs_person, told(claim)) == (True, False, set())
    assert (line.decision, line.remedy) == (DecisionState.APPROVED, RemedyState.ACCEPTED)
    assert claim.timer.state is TimerState.OFF


def test_every_finding_is_on_record_with_what_it_rests_on(units: FakeUnits, shop: Shop, desk: Desk) -> None:
    place(units, shop)
    claim = submitted(desk, a_line(), now=DELIVERED + timedelta(days=2))
    assert ("within_window", "ok", "Directive 2011/83/EU art. 9") in claim.findings
    assert len(claim.findings) == 15


def test_what_a_person_has_to_see_waits_for_one_and_the_time_runs(units: FakeUnits, shop: Shop, desk: Desk) -> None:
    place(
        units,
        shop,
        policy=replace(POLICY, default=replace(POLICY.default, rules=(replace(RETURNS, evidence=(ASKS,)),))),
    )
    claim = submitted(desk, a_line("quality.defective"))
    assert (status_of(claim), told(claim)) == (ClaimStatus.IN_REVIEW, {"evidence_missing"})
    assert (claim.timer.state, claim.timer.target) == (TimerState.RUNNING, "first_review")
    monday_noon = datetime.fromisoformat("2026-11-23T12:00:00+01:00")  # asked on Saturday; nobody states any hours
    assert claim.timer.due_at == monday_noon.astimezone(NOW.tzinfo) + timedelta(hours=1)
    assert claim.lines[0].decision is DecisionState.PENDING


def test_a_hazard_is_due_in_two_hours_though_it_is_saturday(units: FakeUnits, shop: Shop, desk: Desk) -> None:
    place(units, shop)
    claim = submitted(desk, a_line("safety.injury"))
    assert (claim.tier, claim.timer.target, claim.needs_person) == (Tier.SAFETY, "safety", True)
    assert claim.timer.due_at == NOW + timedelta(hours=2)


def test_damage_told_in_time_goes_first_and_later_is_not_refused(units: FakeUnits, shop: Shop, desk: Desk) -> None:
    place(units, shop)
    damaged = a_line("logistics.damaged_in_transit")
    in_time = submitted(desk, damaged, now=DELIVERED + timedelta(hours=47))
    assert (in_time.tier, in_time.lines[0].decision) == (Tier.FAST, DecisionState.APPROVED)


def test_damage_told_after_two_days_is_the_same_claim_and_not_first(units: FakeUnits, shop: Shop, desk: Desk) -> None:
    place(units, shop)
    late = submitted(desk, a_line("logistics.damaged_in_transit"), now=DELIVERED + timedelta(hours=49))
    assert (late.tier, late.lines[0].decision) == (Tier.ORDINARY, DecisionState.APPROVED)


def test_a_part_of_the_price_is_the_part_the_policy_names(units: FakeUnits, shop: Shop, desk: Desk) -> None:
    place(units, shop)
    claim = submitted(desk, a_line(wanted=Remedy.PRICE_REDUCTION))
    (line,) = claim.lines
    assert line.plan is not None
    assert (line.plan.needs_goods, line.plan.amount) == (False, Money(line.judged.price.minor * 3 // 10, "EUR"))


def test_store_credit_comes_with_the_bonus_it_was_offered_with(units: FakeUnits, shop: Shop, desk: Desk) -> None:
    place(units, shop)
    (line,) = submitted(desk, a_line(wanted=Remedy.STORE_CREDIT)).lines
    assert line.plan is not None
    assert line.plan.bonus == Money(line.judged.price.minor // 10, "EUR")


def test_the_rules_decide_no_more_than_one_person_may(units: FakeUnits, shop: Shop, desk: Desk) -> None:
    place(units, shop)
    with units(MERCHANT) as unit:
        unit.claim_desk.save_settings(ClaimSettings(second_above=(Money(1_000, "EUR"),)), NOW)
        unit.commit()
    assert told(submitted(desk, a_line())) == {"above_amount_limit"}


def test_as_soon_as_one_line_needs_a_person_nothing_is_decided(units: FakeUnits, shop: Shop, desk: Desk) -> None:
    arrived = (build.a_fulfilment(events=(build.an_event(),)),)
    place(units, shop, build.an_order(lines=(build.a_line(quantity=2),), fulfilments=arrived))
    claim = submitted(desk, a_line(), a_line("logistics.lost"))
    assert told(claim) == {"said_not_to_have_come"}
    assert {line.decision for line in claim.lines} == {DecisionState.PENDING}


def test_two_lines_of_the_same_goods_hold_no_more_than_there_are(units: FakeUnits, shop: Shop, desk: Desk) -> None:
    arrived = (build.a_fulfilment(events=(build.an_event(),)),)
    place(units, shop, build.an_order(lines=(build.a_line(quantity=2),), fulfilments=arrived))
    assert {line.decision for line in submitted(desk, a_line(), a_line()).lines} == {DecisionState.APPROVED}


def test_nothing_is_approved_for_somebody_nobody_knows_to_be_the_shopper(
    units: FakeUnits, shop: Shop, desk: Desk
) -> None:
    place(units, shop)
    claim = submitted(desk, a_line(), proof=None)
    assert (claim.is_examined, claim.needs_person) == (True, False)
    assert claim.lines[0].decision is DecisionState.PENDING


def prove(desk: Desk, claim: Claim, now: datetime = NOW) -> Claim:
    proven = Draft(ContactProven("agent"), Actor(ActorKind.AGENT, "staff1"))
    return work_on_claim(claim.id, lambda _: [proven], desk=desk, now=now)


def test_what_was_asked_before_its_sender_was_known_is_decided_once_they_are(
    units: FakeUnits, shop: Shop, desk: Desk
) -> None:
    place(units, shop)
    (line,) = prove(desk, submitted(desk, a_line(), proof=None)).lines
    assert (line.decision, line.remedy) == (DecisionState.APPROVED, RemedyState.ACCEPTED)


def test_what_is_found_since_sends_it_to_a_person_with_the_time_running(
    units: FakeUnits, shop: Shop, desk: Desk
) -> None:
    place(units, shop)
    claim = submitted(desk, a_line(), proof=None)
    with units(MERCHANT) as unit:
        unit.claim_desk.save_settings(ClaimSettings(second_above=(Money(1_000, "EUR"),)), NOW)
        unit.commit()
    proven = prove(desk, claim)
    assert (told(proven), proven.needs_person) == ({"above_amount_limit"}, True)
    assert (proven.lines[0].decision, proven.timer.state) == (DecisionState.PENDING, TimerState.RUNNING)


def test_what_is_a_persons_to_decide_stays_theirs_whoever_sent_it(units: FakeUnits, shop: Shop, desk: Desk) -> None:
    place(units, shop)
    claim = submitted(desk, a_line("safety.injury"), proof=None)
    proven = prove(desk, claim)
    assert (proven.needs_person, proven.timer) == (True, claim.timer)
    assert proven.version == claim.version + 1


def test_a_withdrawal_is_declared_and_not_examined(units: FakeUnits, shop: Shop, desk: Desk) -> None:
    place(units, shop)
    claim = submitted(desk, a_line(None), track=ClaimTrack.WITHDRAWAL, declared_at=NOW)
    assert not claim.is_examined


def test_where_the_rules_have_no_words_a_person_refuses(units: FakeUnits, shop: Shop, desk: Desk) -> None:
    place(units, shop)
    claim = submitted(desk, a_line(), now=NOW + timedelta(days=60))
    assert (told(claim), claim.needs_person) == ({"window_over"}, True)
    assert claim.lines[0].decision is DecisionState.PENDING


def test_what_is_too_late_by_a_promise_alone_is_refused_with_clause_and_words_and_may_be_appealed(
    units: FakeUnits, shop: Shop, desk: Desk
) -> None:
    place(units, shop)
    worded = replace(desk, refusal_words=refusal_text)
    claim = submitted(worded, a_line(), now=NOW + timedelta(days=60))
    (line,) = claim.lines
    assert (status_of(claim), claim.timer.state) == (ClaimStatus.REJECTED, TimerState.OFF)
    assert line.refusal is not None
    assert (line.refusal.code, line.refusal.basis.citation) == ("window_over", "v1 · everywhere · returns")
    with units.read(MERCHANT) as unit:
        said = [entry.words for entry in unit.claims.record(claim.id) if isinstance(entry.event, Decided)]
    (told_why,) = said
    assert (told_why or "").startswith(
        "Der letzte Tag dafür war Samstag, 5. Dezember 2026, und Ihre Anfrage kam danach."
    )
    appealed = appeal_refusal(claim.id, 1, "Es lag an der Post", desk=worded, now=NOW + timedelta(days=61))
    assert (status_of(appealed), appealed.timer.state) == (ClaimStatus.APPEALED, TimerState.RUNNING)


@pytest.mark.parametrize("reason", ["quality.defective", "logistics.damaged_in_transit", "safety.recalled"])
def test_no_rule_refuses_what_the_law_may_give_however_late(
    units: FakeUnits, shop: Shop, desk: Desk, reason: str
) -> None:
    place(units, shop)
    late = replace(desk, refusal_words=refusal_text)
    claim = submitted(late, a_line(reason), now=NOW + timedelta(days=2_000))
    assert (claim.needs_person, claim.lines[0].decision) == (True, DecisionState.PENDING)


def test_the_demo_shops_policy_can_be_put_to_the_rules(units: FakeUnits, shop: Shop, desk: Desk) -> None:
    place(units, shop, policy=demo_policy(PLACED - timedelta(days=100)))
    assert submitted(desk, a_line("quality.defective", Remedy.REPAIR)).is_examined
