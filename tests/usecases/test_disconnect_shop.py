"""A shop that is let go is asked to send nothing more, and its keys are forgotten whether it answers or not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from plugin.domain.connection import Connection, Credentials
from plugin.domain.connection_faults import KeysRefused, ShopFault, ShopUnavailable
from plugin.domain.disconnection import Disconnection, DisconnectionState
from plugin.domain.effects import RemoveHooks
from plugin.domain.order import Platform
from plugin.domain.shop import Shop
from plugin.usecases.close_disconnection import close_disconnection
from plugin.usecases.disconnect_shop import disconnect_shop
from plugin.usecases.remove_hooks import queue_unremoved, remove_hooks
from tests.build import MERCHANT, NOW, a_shop
from tests.fakes.units import FakeUnits

KEYS = Credentials("ck_0123456789", "cs_secret")
MINUTE = timedelta(minutes=1)


@dataclass
class FakeWebhooks:
    asked: list[tuple[str, Credentials, str]] = field(default_factory=list)
    fault: ShopFault | None = None

    def remove(self, address: str, credentials: Credentials, path: str) -> int:
        self.asked.append((address, credentials, path))
        if self.fault:
            raise self.fault
        return 8


@pytest.fixture
def webhooks() -> FakeWebhooks:
    return FakeWebhooks()


@pytest.fixture
def shop() -> Shop:
    return replace(a_shop(), address="https://nordkap.example")


@pytest.fixture
def let_go(units: FakeUnits, shop: Shop) -> FakeUnits:
    with units(MERCHANT) as unit:
        unit.connections.save(Connection(shop.id, KEYS, connected_at=NOW))
        unit.hooks.open(shop.id, "secret")
        unit.commit()
    disconnect_shop(shop, units=units, now=NOW)
    return units


def run(units: FakeUnits, shop: Shop, webhooks: FakeWebhooks, at: datetime = NOW) -> str:
    known = {Platform.WOOCOMMERCE: webhooks}
    return remove_hooks(shop.id, merchant=MERCHANT, webhooks=known, units=units, now=at)  # type: ignore[arg-type]  # the port


def kept(units: FakeUnits, shop: Shop) -> Disconnection:
    return units.of(MERCHANT).disconnections[shop.id]


def test_it_is_read_no_more_at_once_and_asked_by_the_worker(let_go: FakeUnits, shop: Shop) -> None:
    rows = let_go.of(MERCHANT)
    assert (rows.connections, rows.hooks) == ({}, {})
    assert rows.effects == [RemoveHooks(MERCHANT, shop.id)]
    assert kept(let_go, shop).state is DisconnectionState.REMOVING


def test_the_webhooks_that_lead_to_us_go_and_the_keys_with_them(
    let_go: FakeUnits, shop: Shop, webhooks: FakeWebhooks
) -> None:
    assert run(let_go, shop, webhooks) == "removed"
    assert webhooks.asked == [("https://nordkap.example", KEYS, f"/webhooks/woocommerce/{shop.key}")]
    assert kept(let_go, shop) == Disconnection(shop.id, NOW, "3456789", None, None)
    assert run(let_go, shop, webhooks, NOW + MINUTE) == "removed"
    assert len(webhooks.asked) == 1


def test_a_shop_that_does_not_answer_is_asked_again_and_again_and_then_the_keys_go_all_the_same(
    let_go: FakeUnits, shop: Shop, webhooks: FakeWebhooks
) -> None:
    webhooks.fault, at = ShopUnavailable("timeout"), NOW
    while (due := kept(let_go, shop).due_at) is not None:
        assert run(let_go, shop, webhooks, due - timedelta(seconds=1)) == "removing"
        at = due
        assert queue_unremoved(merchant=MERCHANT, units=let_go, now=at) == 1
        run(let_go, shop, webhooks, at)
    assert len(webhooks.asked) == 9
    assert timedelta(hours=1) < at - NOW < timedelta(hours=3)
    left = kept(let_go, shop)
    assert (left.state, left.credentials, left.fault) == (DisconnectionState.LEFT, None, "shop_unavailable")
    assert queue_unremoved(merchant=MERCHANT, units=let_go, now=at + timedelta(days=1)) == 0


def test_keys_that_the_shop_refuses_are_forgotten_at_once(
    let_go: FakeUnits, shop: Shop, webhooks: FakeWebhooks
) -> None:
    webhooks.fault = KeysRefused("HTTP 401")
    assert run(let_go, shop, webhooks) == "left"
    assert kept(let_go, shop).credentials is None


def test_a_shop_that_answers_later_is_done_with(let_go: FakeUnits, shop: Shop, webhooks: FakeWebhooks) -> None:
    webhooks.fault = ShopUnavailable()
    run(let_go, shop, webhooks)
    webhooks.fault = None
    assert run(let_go, shop, webhooks, NOW + MINUTE) == "removed"
    assert kept(let_go, shop).fault is None


def test_a_shop_that_was_connected_again_keeps_its_webhooks(
    let_go: FakeUnits, shop: Shop, webhooks: FakeWebhooks
) -> None:
    with let_go(MERCHANT) as unit:
        unit.disconnections.remove(shop.id)
        unit.commit()
    assert run(let_go, shop, webhooks) == "connected_again"
    assert webhooks.asked == []


def test_a_platform_that_sends_none_is_not_asked(let_go: FakeUnits, shop: Shop) -> None:
    assert remove_hooks(shop.id, merchant=MERCHANT, webhooks={}, units=let_go, now=NOW) == "removed"
    assert kept(let_go, shop).credentials is None


def test_how_it_ended_is_told_until_the_owner_has_seen_it_and_not_closed_before(
    let_go: FakeUnits, shop: Shop, webhooks: FakeWebhooks
) -> None:
    close_disconnection(shop.id, merchant=MERCHANT, units=let_go)
    assert kept(let_go, shop).credentials == KEYS
    run(let_go, shop, webhooks)
    close_disconnection(shop.id, merchant=MERCHANT, units=let_go)
    close_disconnection(shop.id, merchant=MERCHANT, units=let_go)
    assert let_go.of(MERCHANT).disconnections == {}
