"""Refused parcels that were never paid are marked at the platform, and their goods go back into stock."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from plugin.domain.capabilities import Capabilities
from plugin.domain.effects import MarkRefused
from plugin.domain.ids import StaffId
from plugin.domain.order import Order, PaymentKind
from plugin.domain.shop import Role, StaffMember
from plugin.domain.tracking.exceptions.alert import Alert
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import Units
from plugin.usecases.tracking.mark_refused import mark_refused
from plugin.usecases.tracking.work_alerts import NothingToTakeBack, put_back
from tests.build import MERCHANT
from tests.domain.tracking.exceptions.parcels import DAY
from tests.domain.tracking.reports import S, at, scan
from tests.support.alerts import ParcelDesk, Platform, a_sent_order

KAJA = StaffMember(StaffId("kaja"), "kaja@shop.example", Role.AGENT, "en", at(0))


@dataclass
class Stock(Platform):
    """A platform that keeps what it was told, each once under its key."""

    can: Capabilities = Capabilities(restock=True)  # noqa: RUF009 - frozen
    notes: dict[str, str] = field(default_factory=dict)
    restocked: dict[str, tuple[Units, ...]] = field(default_factory=dict)

    def note(self, _order: Order, text: str, *, idempotency_key: str) -> None:
        self.notes[idempotency_key] = text

    def restock(self, _order: Order, units: tuple[Units, ...], *, idempotency_key: str) -> None:
        self.restocked[idempotency_key] = units


def refused(platform: Platform, payment: PaymentKind = PaymentKind.CASH_ON_DELIVERY) -> tuple[ParcelDesk, Alert]:
    paid = None if payment is PaymentKind.CASH_ON_DELIVERY else a_sent_order().paid
    desk = ParcelDesk(a_sent_order(payment=payment, paid=paid), platform)
    (alert,) = desk.hear(scan(S.IN_TRANSIT, 10), scan(S.RETURNING, 60), days=3)
    return desk, alert


def carry_out(desk: ParcelDesk) -> list[str]:
    """Do what waits for the platform, twice as jobs may."""
    waiting = [each for each in desk.units.effects(MERCHANT) if isinstance(each, MarkRefused)]
    actions = desk.means.actions
    return [
        mark_refused(each.alert, is_back=each.is_back, merchant=MERCHANT, units=desk.units, actions=actions)
        for each in (*waiting, *waiting)
    ]


def test_the_order_is_marked_as_soon_as_the_parcel_turns_back() -> None:
    stock = Stock()
    desk, _ = refused(stock)
    assert carry_out(desk) == ["noted", "noted"]
    assert [("refused or not collected" in text, "Nothing was paid" in text) for text in stock.notes.values()] == [
        (True, True)
    ]
    assert stock.restocked == {}


def test_the_goods_go_into_stock_once_somebody_has_them_and_nothing_is_paid_back() -> None:
    stock = Stock()
    desk, alert = refused(stock)
    for _ in range(2):
        put_back(alert.id, by=KAJA, merchant=MERCHANT, units=desk.units, now=at(5 * DAY))
    assert carry_out(desk) == ["noted", "restocked", "noted", "restocked"]
    assert [[(each.line, each.quantity) for each in units] for units in stock.restocked.values()] == [[("11", 1)]]
    assert desk.units.of(MERCHANT).refunds == {}
    assert desk.alerts[0].resolved is not None


def test_a_platform_that_cannot_restock_is_left_word() -> None:
    stock = Stock(Capabilities())
    desk, alert = refused(stock)
    put_back(alert.id, by=KAJA, merchant=MERCHANT, units=desk.units, now=at(5 * DAY))
    assert set(carry_out(desk)) == {"noted"}
    assert stock.restocked == {}


def test_a_refusal_of_the_platform_is_the_outcome() -> None:
    desk, alert = refused(Platform())

    def away(_shop: object) -> object:
        raise Rejected("not_connected")

    units = desk.units
    outcome = mark_refused(alert.id, is_back=False, merchant=MERCHANT, units=units, actions=away)  # type: ignore[arg-type]  # it has no platform
    assert outcome == "not_connected"


def test_what_was_paid_is_not_put_back_without_its_claim() -> None:
    desk, alert = refused(Stock(), PaymentKind.ONLINE)
    with pytest.raises(NothingToTakeBack):
        put_back(alert.id, by=KAJA, merchant=MERCHANT, units=desk.units, now=at(5 * DAY))
    assert carry_out(desk) == []
