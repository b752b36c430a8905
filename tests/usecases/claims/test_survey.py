"""One question after a claim was settled: planned, asked once by mail, answered on the claim's page, on record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from plugin.documents.claim_letters import claim_letter
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands import conversing, deciding, ending, remedying
from plugin.domain.claim.commands.surveying import ASKED_AFTER, ask_survey, plan_survey
from plugin.domain.claim.events import Event, MailQueued, SurveyAnswered, SurveyAsked
from plugin.domain.claim.machines.machine import NoSuchMove
from plugin.domain.claim.machines.survey import NO_SURVEY, SurveyAnswer
from plugin.domain.claim.plans import usual_plan
from plugin.domain.claim.record import Entry
from plugin.domain.claim.status import ClaimStatus, status_of
from plugin.domain.claim.vocabulary import ClaimTrack
from plugin.domain.claim.wakes import wakes_at
from plugin.domain.claim_settings import ClaimSettings, SurveyWish, is_web_address
from plugin.domain.remedy import Remedy
from plugin.domain.shop import Shop
from plugin.usecases.claim.act import read_claim
from plugin.usecases.claim.desk import Desk
from plugin.usecases.claim.hear_shopper import answer_question
from plugin.usecases.claim.wake import wake_claims
from plugin.usecases.claim.work import work_on_claim
from tests.build import MERCHANT, NOW
from tests.fakes.sources import FakeIds, FakeSecrets
from tests.fakes.units import FakeUnits
from tests.support.claims import AGENT
from tests.support.mail_server import Post, post_office
from tests.usecases.test_claim_letters import CLAIM, LAW, deliver, open_one, place

LETTER = claim_letter(LAW, "https://aftercare.example")
OWN = "https://survey.example/nordkap"
LATER = NOW + ASKED_AFTER


@pytest.fixture
def post() -> Iterator[Post]:
    with post_office() as server:
        yield server


@pytest.fixture
def desk(units: FakeUnits, shop: Shop, secrets: FakeSecrets) -> Desk:
    """A claim that was opened, at a desk where shoppers are asked."""
    place(units, shop)
    open_one(units, shop, secrets, "en")
    wish(units, SurveyWish(is_on=True, address=OWN))
    return Desk(MERCHANT, units, FakeIds(), secrets, LAW, LETTER)


def wish(units: FakeUnits, survey: SurveyWish) -> None:
    with units(MERCHANT) as unit:
        unit.claim_desk.save_settings(ClaimSettings(survey=survey), NOW)
        unit.commit()


def settle(desk: Desk, now: datetime = NOW) -> Claim:
    """The shopper wants nothing more."""
    plan = usual_plan(Remedy.SPARE_PART, known(desk).line(1).judged)
    work_on_claim(CLAIM, lambda it: deciding.approve(it, 1, 1, plan, AGENT), desk=desk, now=now)
    return work_on_claim(CLAIM, lambda it: remedying.waive(it, 1), desk=desk, now=now)


def known(desk: Desk) -> Claim:
    with desk.units.read(MERCHANT) as unit:
        return read_claim(CLAIM, unit)


def entries(desk: Desk, kind: type[Event]) -> list[Entry]:
    with desk.units.read(MERCHANT) as unit:
        return [entry for entry in unit.claims.record(CLAIM) if isinstance(entry.event, kind)]


def letters(desk: Desk) -> list[str]:
    return [entry.event.kind for entry in entries(desk, MailQueued) if isinstance(entry.event, MailQueued)]


def test_a_settled_claim_is_asked_about_once_and_not_before_its_time(desk: Desk) -> None:
    claim = settle(desk)
    assert status_of(claim) is ClaimStatus.RESOLVED
    assert wakes_at(claim) == LATER
    for at in (LATER - timedelta(seconds=1), LATER, LATER + timedelta(minutes=1)):
        wake_claims(desk=desk, now=at)
    assert letters(desk).count("survey") == 1
    assert len(entries(desk, SurveyAsked)) == 1


def test_the_letter_leads_to_the_question_and_names_the_shops_own_survey(
    desk: Desk, units: FakeUnits, post: Post
) -> None:
    settle(desk)
    wake_claims(desk=desk, now=LATER)
    deliver(units, post)
    taken = post.taken[-1]
    assert taken.message["Subject"].startswith("One question about your request")
    assert "/claims/" in taken.body("plain")
    assert "?lang=en#survey" in taken.body("plain")
    assert f"Tell us how it went:\n{OWN}" in taken.body("plain")
    assert "<img" not in taken.body("html")


def test_a_shop_that_asks_nobody_has_no_question_and_one_that_stops_drops_it(desk: Desk, units: FakeUnits) -> None:
    wish(units, SurveyWish())
    assert settle(desk).survey.due_at is None
    wish(units, SurveyWish(is_on=True))
    work_on_claim(CLAIM, lambda it: conversing.write(it, "All the best.", AGENT), desk=desk, now=NOW)
    assert known(desk).survey.due_at == LATER
    wish(units, SurveyWish())
    wake_claims(desk=desk, now=LATER)
    assert known(desk).survey.due_at is None
    assert "survey" not in letters(desk)


def test_nobody_is_asked_while_something_is_open_or_after_a_withdrawal(desk: Desk) -> None:
    claim = settle(desk)
    assert plan_survey(replace(claim, survey=NO_SURVEY, track=ClaimTrack.WITHDRAWAL), NOW) == ()
    waiting = replace(claim, waits_for_answer=True)
    assert ask_survey(waiting, LATER, None, is_wanted=True) == ()


def asked(desk: Desk) -> None:
    settle(desk)
    wake_claims(desk=desk, now=LATER)


def test_an_answer_can_be_changed_and_its_words_are_sealed_beside_it(desk: Desk) -> None:
    asked(desk)
    answer_question(CLAIM, SurveyAnswer.NO, "It still leaks.", desk=desk, now=LATER)
    assert known(desk).waits_for_answer, "what is not solved waits for the shop"
    answer_question(CLAIM, SurveyAnswer.YES, "", desk=desk, now=LATER)
    answer_question(CLAIM, SurveyAnswer.YES, "", desk=desk, now=LATER)
    first, second = entries(desk, SurveyAnswered)
    assert (first.words, second.words) == ("It still leaks.", None)
    assert b"leaks" not in first.body
    assert known(desk).survey.answer is SurveyAnswer.YES


def test_nobody_answers_what_was_not_asked(desk: Desk) -> None:
    settle(desk)
    with pytest.raises(NoSuchMove):
        answer_question(CLAIM, SurveyAnswer.YES, "", desk=desk, now=NOW)


def test_a_claim_still_closes_by_itself_after_the_question(desk: Desk) -> None:
    asked(desk)
    wake_claims(desk=desk, now=LATER + ending.CLOSES_AFTER)
    assert status_of(known(desk)) is ClaimStatus.CLOSED
    answer_question(CLAIM, SurveyAnswer.PARTLY, "", desk=desk, now=LATER + ending.CLOSES_AFTER)
    assert known(desk).survey.answer is SurveyAnswer.PARTLY


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("https://survey.example/a?b=c", True),
        ("http://survey.example", False),
        ("https://", False),
        ("https://ida@survey.example", False),
        ("https://survey.example/ x", False),
        ("javascript:alert(1)", False),
        ("https://[", False),
        (f"https://survey.example/{'a' * 500}", False),
    ],
)
def test_only_a_plain_web_address_is_linked_from_a_letter(address: str, *, is_one: bool) -> None:
    assert is_web_address(address) is is_one
