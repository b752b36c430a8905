"""A claim and its Shopify return, from the wish to the last step, on a shop that answers as recorded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from integrations.platforms.shopify.actions.adapter import ShopifyActions
from plugin.domain.claim.commands import deciding, disposing, returning, sending
from plugin.domain.claim.machines.goods import Disposition
from plugin.domain.claim.plans import usual_plan
from plugin.domain.ids import OrderId
from plugin.domain.order import Platform
from plugin.domain.remedy import Remedy
from plugin.domain.shop import Shop
from plugin.domain.shop_events import OrderSeen
from plugin.usecases.apply_shop_events import apply_shop_events
from plugin.usecases.claim.queue_returns import queue_due_returns
from tests.build import MERCHANT, a_stored_order
from tests.integrations.shopify.test_actions import GID, PAID, ShopifyRig
from tests.integrations.shopify.test_actions import rig as rig  # noqa: PLC0414 - a fixture
from tests.support.claim_cases import POLICY
from tests.support.claim_desk import ClaimDesk, asked
from tests.support.claims import AGENT
from tests.support.demo_platform import DemoShop, open_demo_shop


@dataclass
class LiveShop(DemoShop):
    """A shop whose platform is the fake Admin API."""

    live: ShopifyRig

    def actions_of(self, shop: Shop) -> ShopifyActions:  # type: ignore[override]  # the worker asks for no more than the port
        assert shop.platform is Platform.SHOPIFY
        return self.live.actions


@pytest.fixture
def desk(rig: ShopifyRig, tmp_path: Path) -> ClaimDesk:
    demo = open_demo_shop(tmp_path, Platform.SHOPIFY)
    desk = ClaimDesk(LiveShop(demo.shop, demo.units, demo.clock, demo.ids, demo.books, rig))
    with demo.units(MERCHANT) as unit:
        unit.policies.add(POLICY)
        stored = a_stored_order(rig.paid, order_id=OrderId(f"order-{PAID}"), policy_version=POLICY.id)
        unit.orders.save([replace(stored, shop=demo.shop.id)])
        unit.commit()
    desk.deliver(PAID)
    return desk


def test_every_step_of_a_claim_stands_in_shopify_once_though_every_answer_is_lost(
    desk: ClaimDesk, rig: ShopifyRig
) -> None:
    claim = desk.open(PAID, asked(rig.paid.lines[0].id, 1, "quality.defective"))
    day = desk.shop.clock.now().date()
    plan = usual_plan(Remedy.REFUND, claim.line(1).judged)
    steps = (
        lambda known: deciding.approve(known, 1, 1, plan, AGENT),
        lambda known: sending.tell_sending(known, [1], (day, "RR1"), "DHL", day, has_proof=False),
        lambda known: returning.receive(known, 1, 1, AGENT),
        lambda known: disposing.dispose(known, 1, Disposition.RESTOCK, AGENT, is_final=True),
    )
    stood: list[str] = []
    for step in (None, *steps):
        if step is not None:
            desk.act(claim, step)
        work(desk, rig)
        stood += [each["status"] for each in rig.shop.orders[GID + PAID]["returns"]]
    (kept,) = rig.shop.orders[GID + PAID]["returns"]
    (back,) = kept["reverseFulfillmentOrders"]
    (line,) = back["lineItems"]
    assert stood == ["REQUESTED", "OPEN", "OPEN", "OPEN", "CLOSED"]
    assert [each["deliverable"]["tracking"]["number"] for each in back["reverseDeliveries"]] == ["RR1"]
    assert [(each["type"], each["quantity"]) for each in line["dispositions"]] == [("RESTOCKED", 1)]
    assert kept["returnLineItems"][0]["processedQuantity"] == 1
    assert len(rig.shop.orders[GID + PAID]["refunds"]) == 1, "the money went its own way"
    assert desk.now(claim).line(1).restock == "restocked"


def work(desk: ClaimDesk, rig: ShopifyRig) -> None:
    """The worker, every first answer of which is lost; the clock brings what it left."""
    rig.lose_answers(1)
    for _ in range(3):
        desk.work()
        reread(desk, rig)
        desk.shop.clock.advance(timedelta(minutes=61))
        queue_due_returns(merchant=MERCHANT, units=desk.shop.units, now=desk.shop.clock.now())
    rig.lose_answers(0)


def reread(desk: ClaimDesk, rig: ShopifyRig) -> None:
    """The shop's order read again, as its webhooks have us do."""
    with desk.shop.units(MERCHANT) as unit:
        apply_shop_events([(OrderSeen(rig.order(PAID)),)], desk.shop.shop, unit, desk.shop.ids)
        unit.commit()
