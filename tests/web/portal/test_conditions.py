"""The remedy's page asks what the promise wants the goods to be, and the claim keeps what was ticked."""

from __future__ import annotations

from dataclasses import replace

from plugin.domain.policy.terms import Condition, Track
from plugin.usecases.claim.act import read_claim
from tests.build import DELIVERED, MERCHANT, a_fulfilment, a_line, an_event, an_order
from tests.web.portal.conftest import Portal
from tests.web.portal.test_steps import submit

ASKED = (Condition.UNUSED, Condition.ORIGINAL_PACKAGING)


def buy(portal: Portal) -> None:
    """Another order, under a policy that takes goods back unused and in their packaging only."""
    with portal.installation.deps.units(MERCHANT) as unit:
        known = unit.policies.get("v1")
        (market,) = known.markets
        rules = tuple(replace(rule, conditions=ASKED) if rule.track is Track.RETURN else rule for rule in market.rules)
        unit.policies.add(replace(known, id="picky", markets=(replace(market, rules=rules),)))
        unit.commit()
    delivered = a_fulfilment(events=(an_event(DELIVERED),))
    order = an_order("1002", lines=(a_line("11"),), fulfilments=(delivered,))
    (portal.order,) = portal.installation.keep(order, policy_version="picky")


def test_what_the_promise_asks_of_the_goods_is_asked_and_kept(portal: Portal) -> None:
    buy(portal)
    at = portal.answer(portal.opened("1002"), line="1", **{"quantity-1": "1"})
    at = portal.answer(at, reason="change_of_mind.not_needed", note="")
    page = portal.get(at).text
    assert "For this we ask that goods are: unused and in their original packaging." in page
    confirm = portal.answer(at, remedy="refund", **{"is.unused": "1", "is.seal_unbroken": "1"})
    assert 'name="is.unused" value="1" checked' in portal.get(at).text
    submit(portal, confirm)
    with portal.installation.deps.units.read(MERCHANT) as unit:
        (claim,) = (read_claim(each, unit) for each in unit.claims.of_order(portal.order))
    assert claim.line(1).conditions == (Condition.UNUSED,)


def test_goods_at_fault_are_asked_nothing_of_the_kind(portal: Portal) -> None:
    buy(portal)
    at = portal.answer(portal.opened("1002"), line="1", **{"quantity-1": "1"})
    at = portal.answer(at, reason="quality.defective", note="")
    at = portal.answer(at, serial="SN-7") if "/evidence/" in at else at
    assert 'name="is.' not in portal.get(at).text
