"""What the shopper is asked on the page of a claim, and answers there: a contested withdrawal, a quote, a survey."""

from __future__ import annotations

import re

from plugin.domain.basis import Basis
from plugin.domain.claim.commands import deciding, quoting, remedying, withdrawing
from plugin.domain.claim.commands.surveying import ASKED_AFTER
from plugin.domain.claim.machines.goods import RepairState
from plugin.domain.claim.machines.survey import SurveyAnswer
from plugin.domain.claim.machines.withdrawal import WithdrawalState
from plugin.domain.claim.plans import usual_plan
from plugin.domain.claim.vocabulary import ClaimTrack
from plugin.domain.claim_settings import ClaimSettings, SurveyWish
from plugin.domain.ids import ClaimDraftId, ClaimId, LineId
from plugin.domain.money import Money
from plugin.domain.remedy import Remedy
from plugin.usecases.claim.desk import desk_of
from plugin.usecases.claim.open import ClaimForm, FormLine, open_from_form
from plugin.usecases.claim.wake import wake_claims
from plugin.usecases.prove_shopper import claim_token
from tests.build import MERCHANT
from tests.web.portal.conftest import Portal
from tests.web.portal.test_status import AGENT, now, opened, work


def quoted(portal: Portal) -> tuple[str, ClaimId]:
    """A repair that nobody owes, quoted in the desk's own form."""
    page, claim = opened(portal)
    by = (RepairState.BOOKED, RepairState.RECEIVED, RepairState.DIAGNOSED)
    plan = usual_plan(Remedy.REPAIR, now(portal, claim).line(1).judged)
    work(portal, claim, lambda it: deciding.approve(it, 1, 2, plan, AGENT))
    work(portal, claim, lambda it: remedying.choose(it, 1, plan))
    for state in by:
        work(portal, claim, lambda it, to=state: remedying.move_repair(it, 1, to, AGENT))
    work(portal, claim, lambda it: quoting.quote_repair(it, 1, Money(1990, "EUR"), "A new <switch>.", AGENT))
    return page, claim


def test_a_quote_is_ordered_on_the_page_at_the_price_it_shows(portal: Portal) -> None:
    page, claim = quoted(portal)
    shown = portal.get(page).text
    assert "Price of the repair: <bdi>€19.90</bdi>" in shown
    assert "A new &lt;switch&gt;." in shown
    assert "Order the repair for €19.90, with obligation to pay" in shown
    assert portal.answer(f"{page}/repair/1", price="EUR 990") == page
    assert now(portal, claim).line(1).repair is RepairState.QUOTED, "a price that was never quoted"
    for _ in range(2):
        (price,) = set(re.findall(r'name="price" value="([^"]+)"', shown))
        assert portal.answer(f"{page}/repair/1", price=price) == page
    assert now(portal, claim).line(1).repair is RepairState.AGREED
    assert "with obligation to pay" not in portal.get(page).text
    assert "You have ordered the repair" in portal.get(page).text


def test_a_quote_that_is_declined_goes_back_to_the_shop(portal: Portal) -> None:
    page, claim = quoted(portal)
    assert portal.answer(f"{page}/repair/1/no", price="EUR 1990") == page
    assert now(portal, claim).line(1).repair is RepairState.DECLINED
    assert portal.answer(f"{page}/repair/1", price="EUR 1990") == page, "and cannot be ordered after that"
    assert now(portal, claim).line(1).repair is RepairState.DECLINED


def withdrawn(portal: Portal) -> tuple[str, ClaimId]:
    """The page of a withdrawal, and its claim."""
    deps = portal.installation.deps
    form = ClaimForm(
        ClaimDraftId("declared1"),
        portal.order,
        (FormLine(LineId("11"), 1),),
        "en",
        ClaimTrack.WITHDRAWAL,
        "signed_in",
        deps.clock.now(),
    )
    claim = open_from_form(form, desk=desk_of(deps, MERCHANT), now=deps.clock.now())
    work(portal, claim.id, lambda _: withdrawing.acknowledge("mail-1"))
    return f"/s/{portal.shop.key}/claims/{claim_token(deps.secrets, portal.shop.id, claim.id)}", claim.id


def test_an_exception_of_the_law_is_named_with_its_article_and_words_beside_the_way_to_object(portal: Portal) -> None:
    page, claim = withdrawn(portal)
    article = Basis("law", "CRD art. 16", "Directive 2011/83/EU art. 16")
    work(portal, claim, lambda it: withdrawing.contest(it, article, "The seal was broken.", AGENT))
    shown = portal.get(page).text
    assert "The seal was broken." in shown
    assert re.search(r'href="http://data.europa.eu/[^"]+" rel="noreferrer"><bdi>Directive 2011/83/EU art. 16<', shown)
    assert portal.answer(f"{page}/object") == page
    assert now(portal, claim).withdrawal is WithdrawalState.AWAITING_GOODS
    assert "The seal was broken." not in portal.get(page).text


def surveyed(portal: Portal) -> tuple[str, ClaimId]:
    """A settled claim that was asked about."""
    page, claim = opened(portal)
    work(portal, claim, lambda it: deciding.approve(it, 1, 2, usual_plan(Remedy.EXCHANGE, it.line(1).judged), AGENT))
    with portal.installation.deps.units(MERCHANT) as unit:
        unit.claim_desk.save_settings(ClaimSettings(survey=SurveyWish(is_on=True)), portal.installation.clock.now())
        unit.commit()
    work(portal, claim, lambda it: remedying.waive(it, 1))
    portal.installation.clock.advance(ASKED_AFTER)
    deps = portal.installation.deps
    wake_claims(desk=desk_of(deps, MERCHANT), now=deps.clock.now())
    return page, claim


def test_the_one_question_is_answered_without_signing_in_and_can_be_changed(portal: Portal) -> None:
    page, claim = surveyed(portal)
    shown = portal.get(page).text
    assert "Did this solve it?" in shown
    assert "required checked" not in shown, "nothing is chosen beforehand"
    for said in ("maybe", "no", "yes"):
        assert portal.answer(f"{page}/survey", answer=said, words="<b>Thanks</b>") == page
    assert now(portal, claim).survey.answer is SurveyAnswer.YES
    shown = portal.get(page).text
    assert 'value="yes" required checked' in shown
    assert "Thank you for your answer." in shown


def test_a_claim_nobody_was_asked_about_has_no_question(portal: Portal) -> None:
    page, claim = opened(portal)
    assert "Did this solve it?" not in portal.get(page).text
    assert portal.answer(f"{page}/survey", answer="yes") == page
    assert now(portal, claim).survey.answer is None


def test_nobody_floods_the_survey_and_what_was_typed_is_kept(portal: Portal) -> None:
    page, _ = surveyed(portal)
    for number in range(30):
        portal.answer(f"{page}/survey", answer="no", words=f"Again {number}")
    refused = portal.post(f"{page}/survey", answer="no", words="Once more")
    assert refused.status_code == 429
    assert ">Once more</textarea>" in refused.text
