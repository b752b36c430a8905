"""What the shopper is asked on the page of a claim, and answers there: a contested withdrawal, a quote, a survey."""

from __future__ import annotations

import re

from plugin.domain.basis import Basis
from plugin.domain.claim.commands import withdrawing
from plugin.domain.claim.machines.withdrawal import WithdrawalState
from plugin.domain.claim.vocabulary import ClaimTrack
from plugin.domain.ids import ClaimDraftId, ClaimId, LineId
from plugin.usecases.claim.desk import desk_of
from plugin.usecases.claim.open import ClaimForm, FormLine, open_from_form
from plugin.usecases.prove_shopper import claim_token
from tests.build import MERCHANT
from tests.web.portal.conftest import Portal
from tests.web.portal.test_status import AGENT, now, work


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
