"""Worlds in which somebody wants something: a copy of their data, or to write a claim."""

from __future__ import annotations

from pathlib import Path

from plugin.domain.claim_draft import ClaimDraft
from plugin.domain.data_request import AskedThrough, DataRequest
from plugin.domain.ids import ClaimDraftId, DataRequestId
from plugin.domain.order import Platform
from plugin.usecases.ask_capabilities import queue_asking
from plugin.usecases.person_data.ask import ask_for_data, buyer_of
from tests.build import MERCHANT
from tests.support.demo_platform import open_demo_shop
from tests.support.kill_bench import Bench
from tests.support.kill_points import Fate
from tests.support.refunding import PAID


def data_wanted(folder: Path, fate: Fate) -> Bench:
    """A shopper wants a copy of everything kept about them."""
    bench = Bench(open_demo_shop(folder, Platform.WOOCOMMERCE, PAID), fate)
    units, now = bench.shop.units, bench.shop.clock.now()
    shop, sought = buyer_of(bench.shop.stored(PAID).id, merchant=MERCHANT, units=units)
    request = DataRequest(DataRequestId("request1"), shop, AskedThrough.DESK, now, sought)
    ask_for_data(request, merchant=MERCHANT, units=units)
    return bench


def begun(folder: Path, fate: Fate) -> Bench:
    """Somebody has begun to write a claim."""
    bench = Bench(open_demo_shop(folder, Platform.WOOCOMMERCE, PAID), fate)
    stored, now = bench.shop.stored(PAID), bench.shop.clock.now()
    with bench.shop.units(MERCHANT) as unit:
        person = unit.people.find(str(stored.order.shopper.email))
        assert person
        draft = ClaimDraft(ClaimDraftId("draft1"), stored.shop, stored.id, person, "en", now, now)
        unit.claim_drafts.add(draft)
        queue_asking(draft, unit, now)
        unit.commit()
    return bench
