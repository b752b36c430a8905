"""Goods of a withdrawal that have not left: held where the platform can, else whoever packs is told."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from plugin.domain.capabilities import Capabilities
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands import withdrawing
from plugin.domain.claim.machines.goods import SHIPPING_STOPPED
from plugin.domain.claim.vocabulary import ClaimTrack
from plugin.domain.order import Platform
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import Refusal
from plugin.usecases.claim.stop_shipping import NOTED, stop_shipping
from tests.support.claim_desk import ClaimDesk, asked
from tests.support.demo_platform import open_demo_shop
from tests.support.refunding import ON_DELIVERY

LINE = "9015"


@dataclass
class Warehouse:
    """A platform as far as goods that have not left go."""

    can_hold: bool
    refuses: bool = False
    held: list[str] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)

    def capabilities(self, _: object) -> Capabilities:
        return replace(Capabilities(), cancel_fulfilment=self.can_hold)

    def cancel_fulfilment(self, _order: object, _units: object, *, idempotency_key: str) -> None:
        if self.refuses:
            raise Rejected(Refusal.WRONG_STATE)
        self.held.append(idempotency_key)

    def note(self, _: object, text: str, *, idempotency_key: str) -> None:
        self.noted.append(f"{idempotency_key}: {text}")


@pytest.fixture
def desk(tmp_path: Path) -> ClaimDesk:
    return ClaimDesk(open_demo_shop(tmp_path, Platform.WOOCOMMERCE, ON_DELIVERY))


def withdrawn(desk: ClaimDesk) -> Claim:
    claim = desk.open(ON_DELIVERY, asked(LINE, 1), track=ClaimTrack.WITHDRAWAL)
    desk.act(claim, lambda _: withdrawing.acknowledge("mail-1"))
    return desk.act(claim, lambda known: withdrawing.settle(known, was_sent=False))


@pytest.mark.parametrize(
    ("warehouse", "outcome"),
    [
        (Warehouse(can_hold=True), SHIPPING_STOPPED),
        (Warehouse(can_hold=True, refuses=True), NOTED),
        (Warehouse(can_hold=False), NOTED),
    ],
    ids=["it holds them", "some are on their way", "it cannot"],
)
def test_goods_are_held_or_whoever_packs_is_told(desk: ClaimDesk, warehouse: Warehouse, outcome: str) -> None:
    claim = withdrawn(desk)
    ports = {"desk": desk.desk, "actions": lambda _: warehouse, "now": desk.shop.clock.now()}
    assert stop_shipping(claim.id, **ports) == outcome  # type: ignore[arg-type]  # as far as it goes
    assert (len(warehouse.held), len(warehouse.noted)) == ((1, 0) if outcome == SHIPPING_STOPPED else (0, 1))
