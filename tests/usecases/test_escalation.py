"""As the time to answer runs out the right people are written to, each step once; of a hazard everybody at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from plugin.documents.letters import late_letter
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands import conversing, deciding
from plugin.domain.claim.events import TimerEscalated
from plugin.domain.claim.machines.conversation import TimerState
from plugin.domain.claim.plans import usual_plan
from plugin.domain.claim.wakes import wakes_at
from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.ids import StaffId
from plugin.domain.money import Money
from plugin.domain.remedy import Remedy
from plugin.domain.shop import Role, Shop, StaffMember
from plugin.usecases.claim.act import read_claim
from plugin.usecases.claim.desk import Desk
from plugin.usecases.claim.wake import wake_claims
from plugin.usecases.claim.work import work_on_claim
from tests.build import MERCHANT, NOW
from tests.fakes.units import FakeUnits
from tests.usecases.test_claim_time import AGENT, HOUR, MONDAY
from tests.usecases.test_examine_claim import a_line, place, submitted
from tests.usecases.test_examine_claim import desk as plain_desk

__all__ = ["plain_desk"]

DUE = MONDAY + 12 * HOUR


@pytest.fixture
def desk(plain_desk: Desk, units: FakeUnits) -> Desk:
    """A desk that writes to its staff: an owner, a manager and two agents."""
    roles = {"owner": Role.OWNER, "manager": Role.MANAGER, "staff1": Role.AGENT, "agent2": Role.AGENT}
    with units(MERCHANT) as unit:
        for name, role in roles.items():
            unit.staff.save(StaffMember(StaffId(name), f"{name}@shop.example", role, "en", NOW))
        unit.commit()
    return replace(plain_desk, late_letter=late_letter("https://shop.example"))


@pytest.fixture
def claim(units: FakeUnits, shop: Shop, desk: Desk) -> Claim:
    """A claim of Saturday that a person decides: due on Monday at noon."""
    place(units, shop)
    with units(MERCHANT) as unit:
        unit.claim_desk.save_settings(ClaimSettings(second_above=(Money(0, "EUR"),)), NOW)
        unit.commit()
    return submitted(desk, a_line())


def written_to(units: FakeUnits, desk: Desk, at: datetime) -> list[str]:
    """Whom waking the claims at an instant writes to."""
    before = set(units.tables[MERCHANT].mails)
    wake_claims(desk=desk, now=at)
    return sorted(
        units.tables[MERCHANT].mails[each].to.partition("@")[0] for each in units.tables[MERCHANT].mails.keys() - before
    )


def now_of(units: FakeUnits, claim: Claim) -> Claim:
    with units.read(MERCHANT) as unit:
        return read_claim(claim.id, unit)


def test_agents_hear_of_it_first_then_managers_then_the_owner_each_once(
    units: FakeUnits, desk: Desk, claim: Claim
) -> None:
    assert wakes_at(claim) == DUE - 3 * HOUR
    assert written_to(units, desk, DUE - 4 * HOUR) == []
    assert written_to(units, desk, DUE - 3 * HOUR) == ["agent2", "staff1"]
    assert written_to(units, desk, DUE - HOUR) == []
    assert wakes_at(now_of(units, claim)) == DUE
    assert written_to(units, desk, DUE) == ["agent2", "manager", "staff1"]
    late = now_of(units, claim)
    assert (late.timer.state, wakes_at(late)) == (TimerState.BREACHED, DUE + 12 * HOUR)
    assert written_to(units, desk, DUE + 12 * HOUR) == ["owner"]
    assert written_to(units, desk, DUE + 100 * HOUR) == []
    with units.read(MERCHANT) as unit:
        told = [e.event for e in unit.claims.record(claim.id) if isinstance(e.event, TimerEscalated)]
    assert [(each.told, each.audience) for each in told] == [(1, "assignee"), (2, "team"), (3, "owner")]


def test_whoever_has_the_claim_hears_first_and_alone(units: FakeUnits, desk: Desk, claim: Claim) -> None:
    work_on_claim(claim.id, lambda known: conversing.assign(known, "agent2", AGENT), desk=desk, now=MONDAY)
    assert written_to(units, desk, DUE - 3 * HOUR) == ["agent2"]


def test_what_nobody_looked_at_for_days_is_told_once_to_all_it_is_for(
    units: FakeUnits, desk: Desk, claim: Claim
) -> None:
    assert claim.timer.tells_at
    assert written_to(units, desk, DUE + 200 * HOUR) == ["agent2", "manager", "owner", "staff1"]
    assert written_to(units, desk, DUE + 201 * HOUR) == []


def test_an_answer_ends_it_and_a_question_stops_it(units: FakeUnits, desk: Desk, claim: Claim) -> None:
    work_on_claim(claim.id, lambda known: conversing.ask(known, "Which?", AGENT), desk=desk, now=MONDAY)
    assert written_to(units, desk, DUE + HOUR) == []
    plan = usual_plan(Remedy.REFUND, claim.line(1).judged)
    work_on_claim(claim.id, lambda known: deciding.approve(known, 1, 1, plan, AGENT), desk=desk, now=DUE + 2 * HOUR)
    assert now_of(units, claim).timer.tells_at is None
    assert written_to(units, desk, DUE + 100 * HOUR) == []


def test_of_a_hazard_the_team_hears_at_once_and_the_owner_within_the_hour(
    units: FakeUnits, shop: Shop, desk: Desk
) -> None:
    place(units, shop)
    hazard = submitted(desk, a_line("safety.injury"))
    assert wakes_at(hazard) == NOW
    assert written_to(units, desk, NOW) == ["agent2", "manager", "staff1"]
    assert wakes_at(now_of(units, hazard)) == NOW + HOUR
    assert written_to(units, desk, NOW + timedelta(minutes=59)) == []
    assert written_to(units, desk, NOW + HOUR) == ["owner"]


def test_the_letter_leads_to_the_case_and_says_nothing_of_the_shopper(
    units: FakeUnits, desk: Desk, claim: Claim
) -> None:
    written_to(units, desk, DUE)
    mail = next(iter(units.tables[MERCHANT].mails.values()))
    assert f"https://shop.example/admin/claims/{claim.id}" in mail.text
    assert claim.number in mail.subject
    assert "ida holm" not in (mail.subject + mail.text).lower()
