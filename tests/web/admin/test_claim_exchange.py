"""An exchange at the desk: what the shopper chose and was told, agreed to as it is or otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.remedying import carry_out, fail
from plugin.domain.claim.vocabulary import PLATFORM, VariantChoice
from plugin.domain.ids import ClaimDraftId, LineId
from plugin.domain.money import Money
from plugin.domain.policy.terms import Offer, Track
from plugin.domain.remedy import Remedy
from plugin.domain.shop import Role
from plugin.usecases.claim.desk import desk_of
from plugin.usecases.claim.open import ClaimForm, FormLine, open_from_form
from tests.build import MERCHANT, a_market, a_policy
from tests.support.admin import Browser, Installation
from tests.support.claim_cases import a_bought, act_on, now_of

DEARER, CHEAPER = Money(5990, "EUR"), Money(1990, "EUR")


def asked(light: Installation, price: Money | None) -> Claim:
    """Two stoves are to be exchanged for the large one; no contact is proven, so that a person decides."""
    market = a_market("DE", frozenset({"DE"}), return_days=60)
    offers = (Offer(Remedy.REFUND), Offer(Remedy.EXCHANGE))
    rules = tuple(replace(rule, offers=offers) if rule.track is Track.RETURN else rule for rule in market.rules)
    with light.deps.units(MERCHANT) as unit:
        unit.policies.add(a_policy(markets=(replace(market, rules=rules),), home_country="DE"))
        unit.commit()
    (order,) = light.keep(a_bought(), policy_version="v1")
    choice = VariantChoice("602", "Large", price)
    line = FormLine(LineId("11"), 2, "size.too_small", Remedy.EXCHANGE, choice=choice)
    form = ClaimForm(ClaimDraftId("draft1"), order, (line,), "en")
    return open_from_form(form, desk=desk_of(light.deps, MERCHANT), now=light.clock.now())


def page(light: Installation, claim: Claim) -> tuple[Browser, str]:
    browser = light.signed_in(Role.AGENT)
    return browser, browser.get(f"/admin/claims/{claim.id}").text


def approve(light: Installation, browser: Browser, claim: Claim, **fields: str) -> Claim:
    sent = {"seen": claim.version, "form": "approve-1", "line": 1, "remedy": "exchange", **fields}
    assert browser.send(f"/admin/claims/{claim.id}/do/approve", **sent).status_code == 303
    return now_of(light, claim)


@pytest.mark.parametrize(
    ("price", "told"),
    [(DEARER, "The shopper pays €69.90 more"), (CHEAPER, "The shopper gets €10.10 back"), (None, "Large (602)")],
)
def test_the_case_shows_what_was_chosen_and_what_it_comes_to(
    light: Installation, price: Money | None, told: str
) -> None:
    _, text = page(light, asked(light, price))
    assert "Large (602)" in text
    assert told in text


def test_approving_it_as_asked_takes_the_variant_and_the_price_that_was_told(light: Installation) -> None:
    claim = asked(light, DEARER)
    browser, _ = page(light, claim)
    plan = approve(light, browser, claim).line(1).plan
    assert plan
    assert (plan.variant, plan.price) == ("602", DEARER)


def test_another_variant_that_an_agent_names_has_no_price_that_was_told(light: Installation) -> None:
    claim = asked(light, DEARER)
    browser, _ = page(light, claim)
    approved = approve(light, browser, claim, variant="603")
    plan = approved.line(1).plan
    assert plan
    assert (plan.variant, plan.price) == ("603", None)
    assert "Large (602)" not in browser.get(f"/admin/claims/{claim.id}").text


def test_a_difference_that_changed_meanwhile_is_told_with_what_to_do(light: Installation) -> None:
    claim = asked(light, DEARER)
    browser, _ = page(light, claim)
    claim = approve(light, browser, claim)
    act_on(light, claim, lambda known: carry_out(known, 1, PLATFORM))
    act_on(light, claim, lambda known: fail(known, 1, "price_changed", PLATFORM))
    assert "another difference at the platform than the shopper was told" in page(light, claim)[1]
