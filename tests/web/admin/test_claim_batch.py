"""A hazard shows who else has the same goods, and suggests nothing that sells more."""

from __future__ import annotations

from plugin.domain.remedy import Remedy
from plugin.domain.shop import Role
from tests.support.admin import Installation
from tests.support.claim_cases import a_bought, open_case, place


def test_a_hazard_lists_the_other_orders_with_the_same_goods(light: Installation) -> None:
    order = place(light)
    place(light, a_bought("7002", quantity=3))
    claim = open_case(light, order, reason="safety.injury")
    page = light.signed_in(Role.AGENT).get(f"/admin/claims/{claim.id}").text
    shown = page.split('id="batch-1"', 1)[1].split("</section>", 1)[0]
    assert "Still with other buyers: 3, in so many orders: 1." in shown
    assert "7002" in shown
    assert "7001" not in shown


def test_a_hazard_suggests_nothing_that_sells_more(light: Installation) -> None:
    claim = open_case(light, place(light), reason="safety.injury")
    page = light.signed_in(Role.AGENT).get(f"/admin/claims/{claim.id}").text
    suggested = page.split("Somebody could be hurt", 1)[1].split("</ol>", 1)[0]
    assert "Refund" in suggested
    assert "redit" not in suggested
    assert Remedy.STORE_CREDIT not in claim.line(1).judged.legal_remedies


def test_other_claims_look_at_no_other_order(light: Installation) -> None:
    claim = open_case(light, place(light))
    assert 'id="batch-1"' not in light.signed_in(Role.AGENT).get(f"/admin/claims/{claim.id}").text
