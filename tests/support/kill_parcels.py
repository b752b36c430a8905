"""Worlds in which a parcel has moved: goods on their way back, of a withdrawal or because nobody took them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from plugin.domain.effects import MarkRefused
from plugin.domain.ids import OrderId
from plugin.domain.order import DeliveryStatus, Platform
from plugin.domain.tracking.exceptions.episode import AlertKind
from plugin.domain.tracking.shipment import Purpose
from plugin.usecases.tracking.apply_told import Heard, keep_heard
from tests.build import DELIVERED, MERCHANT
from tests.support.alert_cases import keep_alert
from tests.support.demo_platform import open_demo_shop
from tests.support.kill_bench import Bench
from tests.support.kill_points import Fate
from tests.support.refunding import ON_DELIVERY
from tests.support.shipments import a_report, a_shipment


def handed_over(labelled: Callable[[Path, Fate], Bench]) -> Callable[[Path, Fate], Bench]:
    """The parcel of a label that was bought has had its first scan."""

    def world(folder: Path, fate: Fate) -> Bench:
        bench = labelled(folder, fate)
        bench.worker.work()
        (label,) = bench.shop.units.of(MERCHANT).labels
        shop, order = bench.shop.shop.id, OrderId("order1")
        sent = a_shipment(shop=shop, order=order, purpose=Purpose.RETURN, belongs_to=label)
        scan = a_report(DeliveryStatus.IN_TRANSIT, DELIVERED)
        with bench.shop.units(MERCHANT) as unit:
            keep_heard([Heard(sent.with_reports([scan]), sent.whereabouts, (scan,))], unit)
            unit.commit()
        return bench

    return world


def refused(folder: Path, fate: Fate) -> Bench:
    """A parcel that was to be paid on delivery is back; nobody took it."""
    bench = Bench(open_demo_shop(folder, Platform.WOOCOMMERCE, ON_DELIVERY), fate)
    stored = bench.shop.stored(ON_DELIVERY)
    with bench.shop.units(MERCHANT) as unit:
        alert = keep_alert(unit, stored.id, stored.shop, AlertKind.SENT_BACK, is_unpaid=True)
        unit.commit()
    bench.queue(MarkRefused(MERCHANT, alert.id, is_back=True))
    return bench
