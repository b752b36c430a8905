"""The commands to a WooCommerce shop keep the port's contract, on a shop that answers as recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from integrations.platforms.woocommerce.actions.adapter import WooCommerceActions
from plugin.domain.order import Order
from tests.integrations.platform_actions_contract import PlatformActionsContract
from tests.integrations.platform_returns_contract import PlatformReturnsContract
from tests.integrations.woocommerce.acting import PAID, TENT
from tests.integrations.woocommerce.synced import SyncedShop, synced
from tests.support.woocommerce_auth import Reply

UNPAID, ON_DELIVERY = 1132, 994
BUSY = Reply(503, b"<html>Maintenance</html>", (("Retry-After", "60"),), "text/html")


@dataclass
class WooCommerceRig:
    """The shop as the contract asks for it; what it reports is what polls bring."""

    synced: SyncedShop
    at_first: dict[int, Order] = field(default_factory=dict)

    @property
    def actions(self) -> WooCommerceActions:
        return self.synced.actions()

    @property
    def paid(self) -> Order:
        return self.at_first[PAID]

    @property
    def unpaid(self) -> Order | None:
        return self.at_first[UNPAID]

    @property
    def on_delivery(self) -> Order | None:
        return self.at_first[ON_DELIVERY]

    @property
    def on_sale(self) -> str:
        return str(TENT)

    def reported(self, order: Order) -> Order:
        self.synced.poll()
        return self.synced.order(int(order.ref.external_id))

    def be_unavailable(self, times: int) -> None:
        self.synced.store.misbehave(f"orders/{PAID}", *[BUSY] * times)

    def lose_answers(self, times: int) -> None:
        """The answer of the write, and of the reading back that follows at once."""
        self.synced.store.lost = times * 4


@pytest.fixture
def rig() -> Iterator[WooCommerceRig]:
    orders = (PAID, UNPAID, ON_DELIVERY)
    with synced(*orders) as shop:
        shop.poll()
        yield WooCommerceRig(shop, {number: shop.order(number) for number in orders})


class TestWooCommerceActions(PlatformActionsContract):
    pass


class TestWooCommerceReturns(PlatformReturnsContract):
    pass
