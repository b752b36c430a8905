"""The smallest worlds in which a live shop's effects wait: keys that came, a hint that was heard, promises to show."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from plugin.domain.connection import Connection
from plugin.domain.effects import PublishPromises, RereadOrder
from plugin.domain.ids import OrderId, ShopId
from plugin.domain.key_request import KeyRequest
from plugin.domain.order import Platform
from plugin.ports.key_exchange import SentKeys
from plugin.usecases.disconnect_shop import disconnect_shop
from plugin.usecases.receive_keys import receive_keys
from tests.build import MERCHANT, NOW
from tests.fakes.sources import FakeSecrets
from tests.support.demo_platform import open_demo_shop
from tests.support.kill_bench import Bench
from tests.support.kill_points import Fate
from tests.support.refunding import PAID

LIVE = ShopId("live")


def keys_sent(folder: Path, fate: Fate) -> Bench:
    """A shop has sent the keys it was asked for."""
    bench = Bench(open_demo_shop(folder, Platform.WOOCOMMERCE), fate)
    shop, secrets, now = bench.shop, FakeSecrets(), bench.shop.clock.now()
    asked = KeyRequest("asked1", bench.source.address, secrets.hash("name"), None, now, now + timedelta(hours=1))
    with shop.units(MERCHANT) as unit:
        unit.key_requests.save(asked)
        unit.commit()
    sent = SentKeys("name", bench.source.keys)
    receive_keys(asked.id, sent, merchant=MERCHANT, units=shop.units, secrets=secrets, now=now)
    return bench


def let_go(folder: Path, fate: Fate) -> Bench:
    """A live shop that nobody wants to read any more has yet to be told so."""
    bench = Bench(open_demo_shop(folder, Platform.WOOCOMMERCE), fate)
    live = replace(bench.shop.shop, id=LIVE, name="Live", key="live", is_demo=False, address=bench.source.address)
    with bench.shop.units(MERCHANT) as unit:
        unit.shops.add(live)
        unit.connections.save(Connection(LIVE, bench.source.keys, connected_at=NOW))
        unit.commit()
    disconnect_shop(live, units=bench.shop.units, now=bench.shop.clock.now())
    return bench


def hinted(folder: Path, fate: Fate) -> Bench:
    """A webhook has said that an order was deleted, and its shop has it no more."""
    bench = Bench(open_demo_shop(folder, Platform.WOOCOMMERCE, PAID), fate)
    live = replace(bench.shop.shop, id=LIVE, name="Live", key="live", is_demo=False, address=bench.source.address)
    stored = bench.shop.stored(PAID)
    with bench.shop.units(MERCHANT) as unit:
        unit.shops.add(live)
        unit.connections.save(Connection(LIVE, bench.source.keys, connected_at=NOW))
        unit.orders.save([replace(stored, id=OrderId("lively"), shop=LIVE, version=0)])
        unit.queue.add([RereadOrder(MERCHANT, LIVE, stored.order.ref.external_id)])
        unit.commit()
    return bench


def promising(folder: Path, fate: Fate) -> Bench:
    """A live shop's promises have yet to be written into its own platform."""
    bench = Bench(open_demo_shop(folder, Platform.SHOPIFY), fate)
    live = replace(bench.shop.shop, id=LIVE, name="Live", key="live", is_demo=False)
    with bench.shop.units(MERCHANT) as unit:
        unit.shops.add(live)
        unit.connections.save(Connection(LIVE, bench.source.keys, connected_at=NOW))
        unit.queue.add([PublishPromises(MERCHANT, LIVE)])
        unit.commit()
    return bench
