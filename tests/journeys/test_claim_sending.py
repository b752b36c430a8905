"""Goods go back by phone: the nearest place to hand them in, and the word that they were, with a photo."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from plugin.domain.claim.commands import deciding
from plugin.domain.claim.machines.goods import ReturnState
from plugin.domain.claim.plans import usual_plan
from plugin.domain.remedy import Remedy
from plugin.domain.returning.points import DropOffPoint
from tests.build import MERCHANT
from tests.journeys.test_claim_portal import phone
from tests.support import media
from tests.support.admin import listening
from tests.support.browser import spill, violations
from tests.web.portal.conftest import Portal, installation, law, portal
from tests.web.portal.test_status import AGENT, now, opened, work

__all__ = ["installation", "law", "phone", "portal"]  # fixtures

pytestmark = pytest.mark.browser
POINTS = (
    DropOffPoint("Kiosk am Ring", "Ring 9", "80331", "München", "DE"),
    DropOffPoint("Blumen Ida", "Torstr. 9", "10119", "Berlin", "DE", carrier="DHL", hours="Mo-Fr 9-18"),
)


def test_goods_are_handed_in_nearby_and_their_shopper_shows_it(portal: Portal, phone: Page, tmp_path: Path) -> None:
    with portal.installation.deps.units(MERCHANT) as unit:
        unit.return_desk.save_points(POINTS, portal.installation.clock.now())
        unit.commit()
    path, claim = opened(portal)
    plan = usual_plan(Remedy.REFUND, now(portal, claim).line(1).judged)
    work(portal, claim, lambda it: deciding.approve(it, 1, 2, plan, AGENT))
    photo = tmp_path / "receipt.jpg"
    photo.write_bytes(media.jpeg(gps=True))
    with listening(portal.installation.app) as url:
        phone.goto(f"{url}{path}")
        phone.get_by_text("Where you can hand it in").click()
        places = phone.locator("#back details", has_text="Blumen Ida").get_by_role("listitem")
        expect(places.first).to_contain_text("Blumen Ida")
        phone.locator("#sent > summary").click()
        assert spill(phone) == 0
        assert violations(phone) == []
        with phone.expect_navigation():
            phone.get_by_role("button", name="I have sent it").click()
        expect(phone.get_by_role("alert")).to_contain_text("what shows it")
        assert violations(phone) == []
        phone.get_by_label("Photo of the carrier’s receipt").set_input_files(photo)
        with phone.expect_navigation():
            phone.get_by_role("button", name="I have sent it").click()
        expect(phone.get_by_role("status").first).to_contain_text("You sent the goods on")
        assert spill(phone) == 0
    assert now(portal, claim).line(1).leg is ReturnState.SENT
    assert len(now(portal, claim).evidence) == 1
