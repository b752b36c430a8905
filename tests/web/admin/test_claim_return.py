"""What the shop's platform will not say of a return is told to whoever works on its claim."""

from __future__ import annotations

from plugin.domain.returning.kept_return import KeptReturn
from tests.build import MERCHANT
from tests.support.admin import Installation
from tests.support.claim_cases import open_case, place


def test_a_return_that_does_not_follow_is_told_with_its_reason_until_it_does(light: Installation) -> None:
    claim = open_case(light, place(light))
    page, browser = f"/admin/claims/{claim.id}", light.signed_in()
    refused = KeptReturn(claim.id, claim.order).refused("wrong_state", ("55",), claim.version)
    assert "The return on the shop" not in browser.get(page).text
    for kept, is_told in ((refused, True), (refused.done(claim.version, "digest", ("55",)), False)):
        with light.deps.units(MERCHANT) as unit:
            known = unit.kept_returns.get(claim.id)
            unit.kept_returns.save(_after(kept, known))
            unit.commit()
        shown = browser.get(page).text
        assert ("The return on the shop" in shown, "(wrong_state)" in shown) == (is_told, is_told)


def _after(kept: KeptReturn, known: KeptReturn | None) -> KeptReturn:
    return kept if known is None else KeptReturn(kept.claim, kept.order, seen=kept.seen, version=known.version)
