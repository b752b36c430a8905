"""Once a night each merchant's lanes are made anew from their own deliveries."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from plugin.domain.ids import MerchantId, OrderId
from plugin.domain.order import DeliveryStatus
from plugin.domain.shop import Merchant
from plugin.domain.tracking.eta.lane import transit_lane
from plugin.jobs.schedule import periodic
from tests.build import NOW, a_shop, a_stored_order
from tests.fakes.deps import fake_deps
from tests.fakes.units import FakeUnits
from tests.support.claim_desk import LAW
from tests.support.shipments import a_report, a_shipment

ENOUGH = 30


def test_each_merchants_lanes_are_made_of_their_own_deliveries_alone() -> None:
    units = FakeUnits()
    for name, count in (("busy", ENOUGH), ("quiet", ENOUGH - 1)):
        with units(MerchantId(name)) as unit:
            unit.shops.add_merchant(Merchant(MerchantId(name), name, NOW))
            unit.shops.add(replace(a_shop(name), merchant=MerchantId(name)))
            unit.orders.save([a_stored_order()])
            parcels = [
                a_shipment(
                    f"p{number}", order=OrderId("order1"), shop=a_shop(name).id, shipped_at=NOW - timedelta(days=4)
                )
                for number in range(count)
            ]
            came = a_report(DeliveryStatus.DELIVERED, NOW - timedelta(days=1))
            unit.shipments.save([each.with_reports([came]) for each in parcels])
            unit.commit()
    job = periodic(fake_deps(units, LAW))["rebuild_lanes"].run
    job(NOW)
    lane = transit_lane("DE", "dhl", "DE", None)
    found = {}
    for name in ("busy", "quiet"):
        with units.read(MerchantId(name)) as unit:
            found[name] = [each.fitted.count for each in unit.lanes.find([lane]).values()]
    assert found == {"busy": [ENOUGH], "quiet": []}
