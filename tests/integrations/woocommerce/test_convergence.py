"""After any lost, repeated and reordered deliveries the state on record is what the shop itself shows."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from integrations.platforms.woocommerce import TRANSLATOR
from integrations.platforms.woocommerce.source import WooCommerceSource
from integrations.platforms.woocommerce.webhooks import WooCommerceWebhooks
from plugin.domain.connection import Connection, Credentials
from plugin.domain.effects import RereadOrder
from plugin.domain.ids import ShopId
from plugin.domain.order import Order, Platform
from plugin.domain.shop import Merchant, Shop
from plugin.ports.platform import Message
from plugin.usecases.accept_delivery import accept_delivery
from plugin.usecases.drain_inbox import drain_inbox
from plugin.usecases.poll_shop import poll_next
from plugin.usecases.reread_order import RereadMeans, reread_order
from plugin.usecases.sweep_shop import sweep_shop
from tests.build import MERCHANT, PLACED, a_shop
from tests.fakes.sources import FakeClock, FakeIds
from tests.fakes.units import FakeUnits
from tests.support.direct_session import direct_session
from tests.support.woocommerce_auth import Keys
from tests.support.woocommerce_timeline import BEGAN, STEPS, Store

SECRET = "c0ffee"
SHOP = ShopId("shop-live")
KEYS = Keys(scope="read_write")
SILENT = {"delete_refund"}
"""Changes of what is kept here that no webhook tells."""


@dataclass
class Pair:
    """The store outside and ours of it."""

    store: Store = field(default_factory=Store)
    units: FakeUnits = field(default_factory=FakeUnits)
    ids: FakeIds = field(default_factory=FakeIds)
    told: list[tuple[str, bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.store.shop.keys, self.store.shop.sees_tls = KEYS, True
        source = WooCommerceSource(lambda _: direct_session(self.store.shop), allows_http=False)
        self.webhooks = WooCommerceWebhooks(source)
        self.shop: Shop = replace(a_shop(), id=SHOP, address="https://store.example")
        translators = {Platform.WOOCOMMERCE: TRANSLATOR}
        self.means = RereadMeans({Platform.WOOCOMMERCE: source}, translators, self.units, self.ids)
        keys = Credentials(KEYS.key, KEYS.secret, "basic")
        with self.units(MERCHANT) as unit:
            unit.shops.add_merchant(Merchant(MERCHANT, "Nordkap", PLACED))
            unit.shops.add(self.shop)
            unit.connections.save(Connection(SHOP, keys, connected_at=BEGAN, due_at=BEGAN))
            unit.hooks.open(SHOP, SECRET)
            unit.commit()

    def hear(self, topic: str, body: bytes) -> None:
        """Take a delivery in as the web does."""
        signed = base64.b64encode(hmac.digest(SECRET.encode(), body, "sha256")).decode()
        headers = {"x-wc-webhook-topic": topic, "x-wc-webhook-signature": signed}
        delivery = self.webhooks.delivery(headers, body, SECRET)
        assert delivery
        ports: dict[str, Any] = {"units": self.units, "ids": self.ids, "now": self.store.at}
        accept_delivery(delivery.message, delivery.key, shop=self.shop, **ports)

    def work(self) -> None:
        """Apply what was heard, and read again what it hinted at."""
        ports: dict[str, Any] = {"translators": self.means.translators, "units": self.units, "ids": self.ids}
        while drain_inbox(self.units, now=self.store.at, limit=50, **ports):
            pass
        effects = self.units.of(MERCHANT).effects
        wanted = [effect for effect in effects if isinstance(effect, RereadOrder)]
        effects.clear()
        for effect in wanted:
            reread_order(effect.order, merchant=MERCHANT, shop=SHOP, means=self.means, now=self.store.at)

    def reconcile(self) -> None:
        """A poll and the daily comparison, a day later."""
        self.store.at += timedelta(days=1, minutes=10)
        self.store.shop.now = self.store.at
        ports: dict[str, Any] = {"translators": self.means.translators, "units": self.units, "ids": self.ids}
        polled = poll_next(self.units, sources=self.means.sources, clock=FakeClock(self.store.at), **ports)
        assert polled
        assert polled.fault is None
        assert sweep_shop(SHOP, merchant=MERCHANT, means=self.means, now=self.store.at) is not None

    def on_record(self) -> dict[str, object]:
        """What we hold of each order that is not gone."""
        rows = self.units.of(MERCHANT).orders.values()
        held = [each for each in rows if not each.is_gone]
        return {each.order.ref.external_id: _state(each.order) for each in held}

    def shown(self) -> dict[str, object]:
        """What the shop shows to who asks it now."""
        live = [order for order in self.store.shop.orders.values() if order["status"] != "trash"]
        translated = [TRANSLATOR.translate(_record(order)) for order in live]
        orders = [event.order for (event,) in translated]  # type: ignore[union-attr]  # orders alone
        return {order.ref.external_id: _state(order) for order in orders}


def _state(order: Order) -> tuple[object, ...]:
    """Everything a report tells whole; what a merge keeps of earlier ones is another test's."""
    refunds = sorted((refund.id, refund.amount) for refund in order.refunds)
    lines = [(line.id, line.quantity, line.total) for line in order.lines]
    return order.updated_at, order.number, order.platform_status, order.standing, order.total, refunds, lines


def _record(order: dict[str, Any]) -> Message:
    return Message("", json.dumps(order).encode(), {})


NUMBERS = st.sampled_from([1, 1, 1, 2])
CHANGES = st.sampled_from([*sorted(STEPS), "refund", "delete_refund", "touch", "trash", "untrash"])
TOLD = st.sampled_from(["later", "later", "work", "work", "lose", "repeat"])
STORY = st.lists(st.tuples(CHANGES, NUMBERS, st.integers(0, 1), TOLD, st.integers(0, 20)), min_size=1, max_size=25)
"""A change to an order, some seconds after the last, and what becomes of its deliveries."""

Story = Sequence[tuple[str, int, int, str, int]]


def play(pair: Pair, story: Story, *, may_lose: bool) -> None:
    """Let it happen; what is not lost and not heard yet waits."""
    for number in (1, 2):
        pair.store.act("create", number)
    for change, number, wait, told, at in story:
        if may_lose or change not in SILENT:
            pair.store.act(change, number, wait)
        if told == "lose" and may_lose:
            pair.store.queue.clear()
        elif told == "repeat" and pair.told:
            pair.hear(*pair.told[at % len(pair.told)])
        elif told == "work":
            hear_all(pair, at)
        elif told == "later" and at % 2 and pair.store.queue:
            pair.told.append(pair.store.deliver(at % len(pair.store.queue)))  # it has left, and comes much later


def hear_all(pair: Pair, at: int) -> None:
    """Everything that waits is delivered, from somewhere in the queue, and applied."""
    while pair.store.queue:
        pair.told.append(pair.store.deliver(at % len(pair.store.queue)))
        pair.hear(*pair.told[-1])
    pair.work()


@given(STORY)
@settings(deadline=None)
def test_whatever_is_lost_repeated_or_reordered_a_poll_and_a_comparison_later_it_is_the_same(
    story: Story,
) -> None:
    pair = Pair()
    play(pair, story, may_lose=True)
    pair.work()
    pair.reconcile()
    assert pair.on_record() == pair.shown()


@given(STORY, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_once_everything_was_heard_in_any_order_and_however_often_it_is_the_same_without_asking(
    story: Story, chance: Random
) -> None:
    pair = Pair()
    play(pair, story, may_lose=False)
    pair.told += [pair.store.deliver(0) for _ in list(pair.store.queue)]
    last = [*pair.told, *pair.told[-5:]]
    chance.shuffle(last)
    for topic, body in last:
        pair.hear(topic, body)
        pair.work()
    assert pair.on_record() == pair.shown()
