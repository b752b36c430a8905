"""A WooCommerce shop from its connection to a refund that comes back: its store on loopback, everything else real."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from integrations.connected_actions import ConnectedActions
from integrations.guarded_http import open_session
from integrations.shop_sessions import ShopSessions
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.machines.withdrawal import WithdrawalState
from plugin.domain.clocks.engine import Law
from plugin.domain.ids import OrderId
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.refund.intent import RefundState
from plugin.usecases.claim.act import read_claim
from plugin.web.deps import provide
from tests.build import MERCHANT, a_market, a_policy
from tests.support.admin import install
from tests.support.withdrawing import Withdrawing
from tests.support.woocommerce_live import LiveShop, connected
from tests.support.woocommerce_page import PUBLIC
from tests.support.woocommerce_shop import serving
from tests.support.woocommerce_store import WooCommerceStore, recorded_store

BOUGHT = 592
"""Paid by card, from Germany; not sent yet."""
GUEST = "guest348@mail.example"


@dataclass
class Trade:
    """A merchant's installation, their store, and what is said between them."""

    live: LiveShop
    store: WooCommerceStore

    @property
    def order(self) -> OrderId:
        stored = self.live.order(BOUGHT)
        assert stored
        return stored.id

    @property
    def claim(self) -> Claim:
        with self.live.installation.deps.units.read(MERCHANT) as unit:
            (claim,) = unit.claims.of_order(self.order)
            return read_claim(claim, unit)

    def work(self) -> None:
        """Let the worker do what was enqueued, and what that enqueues."""
        self.live.installation.run_jobs()

    def tell(self) -> None:
        """The store delivers the order as it is now, as it does after every change."""
        assert self.live.deliver("order.updated", self.store.orders[BOUGHT]).status_code == 200
        self.live.drain()
        self.work()


@pytest.fixture
def trade(database_url: str, tmp_path: Path) -> Iterator[Trade]:
    store = recorded_store(BOUGHT)
    store.orders[BOUGHT] |= {
        "status": "processing",
        "date_completed": None,
        "date_completed_gmt": None,
        "meta_data": [],
        **{f"date_{name}_gmt": "2026-11-20T09:00:00" for name in ("created", "paid", "modified")},
    }
    running = install(database_url, tmp_path, Law(load_rulebook(), HolidayCalendar()))
    sessions = ShopSessions(lambda: open_session(allows_private=True))
    actions = ConnectedActions(running.deps.units, allows_private=True, sessions=sessions)
    running.deps = replace(running.deps, public_url=PUBLIC, actions=actions)
    provide(running.app, running.deps)
    with running.deps.units(MERCHANT) as unit:
        unit.policies.add(a_policy(markets=(a_market("DE", frozenset({"DE"})),), home_country="DE"))
        unit.commit()
    with serving(store):
        yield Trade(connected(running, store), store)
    running.storage.close()


def test_a_withdrawal_is_paid_back_at_the_store_once_and_the_stores_own_report_closes_it(trade: Trade) -> None:
    shopper = Withdrawing(trade.live.installation)
    shopper.path = f"/s/{trade.live.shop.key}/withdraw"
    answer = shopper.declare(name="Guest", reference=str(BOUGHT), reply_to=GUEST)
    assert answer.status_code == 200
    trade.work()
    (refund,) = trade.store.refunds[BOUGHT]
    assert refund["amount"] == "60.00"
    assert trade.claim.withdrawal is WithdrawalState.REFUND_DUE
    for _ in range(2):
        trade.tell()
        trade.live.poll()
        trade.work()
    assert trade.claim.withdrawal is WithdrawalState.REFUNDED
    assert [each.state for each in trade.claim.refunds] == [RefundState.SETTLED]
    assert len(trade.store.refunds[BOUGHT]) == 1
