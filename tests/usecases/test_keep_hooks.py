"""Webhooks are kept with every poll, at a public address alone, and what keeps us from it is told."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from plugin.domain.connection import Connection, Credentials
from plugin.domain.connection_faults import KeysCannotWrite, KeysRefused, ShopFault
from plugin.domain.hooks import Hook, ShopHooks, poll_every
from plugin.domain.order import Platform
from plugin.domain.shop import Shop
from plugin.ports.webhooks import KeptHooks, WantedHooks
from plugin.usecases.disconnect_shop import disconnect_shop
from plugin.usecases.keep_hooks import keep_hooks
from tests.build import MERCHANT, NOW, a_shop
from tests.fakes.sources import FakeSecrets
from tests.fakes.units import FakeUnits

PUBLIC = "https://aftercare.example"
ACTIVE = (Hook("order.updated", "1", is_active=True),)
MINUTES_5, MINUTES_15 = timedelta(minutes=5), timedelta(minutes=15)


@dataclass
class FakeWebhooks:
    wanted: list[WantedHooks] = field(default_factory=list)
    fault: ShopFault | None = None
    was_mended: bool = False
    removed: list[str] = field(default_factory=list)
    meanwhile: Callable[[], object] = bool

    def remove(self, address: str, credentials: Credentials, path: str) -> int:
        assert (address, credentials.key) == ("https://nordkap.example", "ck")
        self.removed.append(path)
        return 1

    def keep(self, address: str, credentials: Credentials, wanted: WantedHooks) -> KeptHooks:
        assert (address, credentials.key) == ("https://nordkap.example", "ck")
        self.wanted.append(wanted)
        self.meanwhile()
        if self.fault:
            raise self.fault
        return KeptHooks(ACTIVE, self.was_mended)


@pytest.fixture
def webhooks() -> FakeWebhooks:
    return FakeWebhooks()


@pytest.fixture
def shop() -> Shop:
    return replace(a_shop(), address="https://nordkap.example")


@pytest.fixture
def connected(units: FakeUnits, shop: Shop) -> FakeUnits:
    with units(MERCHANT) as unit:
        unit.connections.save(Connection(shop.id, Credentials("ck", "cs"), connected_at=NOW))
        unit.commit()
    return units


def keep(units: FakeUnits, shop: Shop, webhooks: FakeWebhooks, at: datetime = NOW, url: str | None = PUBLIC) -> str:
    known = {Platform.WOOCOMMERCE: webhooks}
    ports = {"webhooks": known, "units": units, "secrets": FakeSecrets()}
    return keep_hooks(shop.id, merchant=MERCHANT, public_url=url, now=at, **ports)  # type: ignore[arg-type]  # its ports


def known(units: FakeUnits, shop: Shop) -> ShopHooks:
    found = units.of(MERCHANT).hooks[shop.id]
    assert found
    return found


def test_a_shop_gets_a_secret_of_its_own_and_our_address(
    connected: FakeUnits, shop: Shop, webhooks: FakeWebhooks
) -> None:
    assert keep(connected, shop, webhooks) == "kept"
    assert webhooks.wanted == [WantedHooks(f"{PUBLIC}/webhooks/woocommerce/{shop.key}", known(connected, shop).secret)]
    assert known(connected, shop).secret.isalnum()
    assert len(known(connected, shop).secret) >= 40
    assert (known(connected, shop).hooks, known(connected, shop).checked_at) == (ACTIVE, NOW)


def test_they_are_looked_at_with_each_poll_by_the_same_secret_and_not_more_often(
    connected: FakeUnits, shop: Shop, webhooks: FakeWebhooks
) -> None:
    keep(connected, shop, webhooks)
    assert keep(connected, shop, webhooks, NOW + timedelta(minutes=3)) == "not_due"
    webhooks.was_mended = True
    assert keep(connected, shop, webhooks, NOW + MINUTES_5) == "mended"
    assert webhooks.wanted[0] == webhooks.wanted[1]
    assert known(connected, shop).mended_at == NOW + MINUTES_5


def test_what_keeps_us_from_it_is_kept_and_mends(connected: FakeUnits, shop: Shop, webhooks: FakeWebhooks) -> None:
    webhooks.fault = KeysCannotWrite("HTTP 401")
    assert keep(connected, shop, webhooks) == "shop_keys_cannot_write"
    assert (known(connected, shop).fault, known(connected, shop).fault_detail) == ("shop_keys_cannot_write", "HTTP 401")
    webhooks.fault = None
    keep(connected, shop, webhooks, NOW + MINUTES_5)
    assert known(connected, shop).fault is None


@pytest.mark.parametrize("url", [None, "http://aftercare.example"])
def test_without_a_public_address_none_are_made_and_it_is_told(
    connected: FakeUnits, shop: Shop, webhooks: FakeWebhooks, url: str | None
) -> None:
    assert keep(connected, shop, webhooks, url=url) == "shop_needs_public_address"
    assert webhooks.wanted == []


def test_a_shop_that_is_not_connected_has_none(units: FakeUnits, shop: Shop, webhooks: FakeWebhooks) -> None:
    assert keep(units, shop, webhooks) == "not_due"
    assert units.of(MERCHANT).hooks == {}


def test_a_shop_that_is_let_go_is_expected_to_send_none(
    connected: FakeUnits, shop: Shop, webhooks: FakeWebhooks
) -> None:
    keep(connected, shop, webhooks)
    disconnect_shop(shop, units=connected, now=NOW)
    assert connected.of(MERCHANT).hooks == {}


def test_webhooks_made_while_the_shop_was_let_go_are_taken_away_again(
    connected: FakeUnits, shop: Shop, webhooks: FakeWebhooks
) -> None:
    webhooks.meanwhile = lambda: disconnect_shop(shop, units=connected, now=NOW)
    assert keep(connected, shop, webhooks) == "let_go"
    assert webhooks.removed == [f"/webhooks/woocommerce/{shop.key}"]


def test_keys_refused_for_webhooks_are_judged_by_a_poll_at_once(
    connected: FakeUnits, shop: Shop, webhooks: FakeWebhooks
) -> None:
    webhooks.fault = KeysRefused("HTTP 401")
    assert keep(connected, shop, webhooks) == "shop_keys_refused"
    assert connected.of(MERCHANT).connections[shop.id].connection.due_at == NOW


def test_keys_refused_for_webhooks_take_the_shop_from_nobody_who_polls_it(
    connected: FakeUnits, shop: Shop, webhooks: FakeWebhooks
) -> None:
    with connected(MERCHANT) as unit:
        unit.connections.hasten(shop.id, NOW)
        unit.commit()
    assert connected.lease_polls(NOW, NOW + timedelta(minutes=3), 1)
    webhooks.fault = KeysRefused("HTTP 401")
    assert keep(connected, shop, webhooks) == "shop_keys_refused"
    assert connected.lease_polls(NOW, NOW + timedelta(minutes=3), 1) == []


def test_polls_rest_longer_while_webhooks_tell_what_changes(shop: Shop) -> None:
    heard = ShopHooks(shop.id, "s", ACTIVE, checked_at=NOW, heard_at=NOW)
    off = ShopHooks(shop.id, "s", (*ACTIVE, Hook("order.created", "2", is_active=False)), NOW, heard_at=NOW)
    assert poll_every(heard, NOW + timedelta(minutes=59)) == MINUTES_15
    assert poll_every(heard, NOW + timedelta(minutes=60)) == MINUTES_5
    assert poll_every(ShopHooks(shop.id, "s", ACTIVE, NOW), NOW) == MINUTES_5
    assert poll_every(off, NOW) == MINUTES_5
    assert poll_every(ShopHooks(shop.id, "s", ACTIVE, NOW, fault="shop_blocks", heard_at=NOW), NOW) == MINUTES_5
    assert poll_every(None, NOW) == MINUTES_5


def test_where_webhooks_are_the_apps_own_a_shop_has_a_record_of_what_was_heard_and_compared(
    connected: FakeUnits, shop: Shop
) -> None:
    became = keep_hooks(
        shop.id, merchant=MERCHANT, public_url=PUBLIC, webhooks={}, units=connected, secrets=FakeSecrets(), now=NOW
    )
    assert became == "not_due"
    with connected.read(MERCHANT) as unit:
        hooks = unit.hooks.get(shop.id)
    assert hooks
    assert hooks.is_sweep_due(NOW, NOW + timedelta(days=1))
