"""Plans at the desk: told and chosen outside of the frame; what takes one is switched off and says so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from plugin.domain.shop import Role, Shop
from plugin.domain.subscription import Feature, PlanState, Subscription
from plugin.web.deps import provide
from tests.build import MERCHANT, PLACED, a_policy
from tests.support.admin import Browser, Installation

PAGE = "https://admin.shopify.com/store/nordkap/charges/aftercare/pricing_plans"
LINES = "/admin/policy/lines?country=DE&language=en"
CLOSED = "Takes a plan"


@dataclass(frozen=True)
class Sold:
    told: Subscription
    paid: frozenset[Feature] = frozenset(Feature)

    def of(self, _: Shop) -> Subscription:
        return self.told

    def page(self, _: Shop) -> str:
        return PAGE


def desk(light: Installation, told: Subscription, role: Role = Role.OWNER, **sold: frozenset[Feature]) -> Browser:
    light.deps = replace(light.deps, subscriptions=Sold(told, **sold))
    provide(light.app, light.deps)
    with light.deps.units(MERCHANT) as unit:
        unit.policies.add(replace(a_policy(), effective_from=PLACED))
        unit.commit()
    return light.signed_in(role)


def test_who_runs_it_themselves_sees_no_plan_and_nothing_closed(light: Installation) -> None:
    browser = light.signed_in()
    assert "Plan" not in browser.get("/admin/account").text
    assert CLOSED not in browser.get(LINES).text


def test_a_plan_is_told_with_its_trial_and_changed_outside_of_the_frame(light: Installation) -> None:
    told = Subscription(PlanState.ACTIVE, "Small <shop>", datetime(2026, 12, 1, tzinfo=UTC), ends=True)
    browser = desk(light, told)
    page = browser.get("/admin/account").text
    assert "Small &lt;shop&gt;" in page
    assert "Trial until Tuesday 1 December 2026." in page
    assert "It ends with the current period." in page
    assert f'<a href="{PAGE}" target="_top">' in page
    assert CLOSED not in browser.get(LINES).text


@pytest.mark.parametrize(("told", "sold", "is_closed"), [
    (PlanState.NONE, frozenset(Feature), True),
    (PlanState.NONE, frozenset(), False),
    (PlanState.UNKNOWN, frozenset(Feature), False),
    (PlanState.ACTIVE, frozenset(Feature), False),
])  # fmt: skip
def test_only_what_takes_a_plan_is_closed_and_only_to_who_has_none(
    light: Installation, told: PlanState, sold: frozenset[Feature], *, is_closed: bool
) -> None:
    page = desk(light, Subscription(told), paid=sold).get(LINES).text
    assert (CLOSED in page, "<fieldset disabled>" in page, PAGE in page) == (is_closed,) * 3


def test_who_does_not_own_it_is_told_and_led_nowhere(light: Installation) -> None:
    browser = desk(light, Subscription(PlanState.NONE), Role.AGENT)
    assert "No plan is chosen yet." in browser.get("/admin/account").text
    assert PAGE not in browser.get("/admin/account").text + browser.get(LINES).text
