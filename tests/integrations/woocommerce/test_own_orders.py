"""Orders that a claim had the shop make come back by the next poll: as ours, and not as somebody's purchase."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from plugin.domain.claim_engine.abuse import Mark
from plugin.domain.claim_engine.past import marks_of
from plugin.domain.clocks.engine import entitlements
from plugin.domain.entitlement import Absent, Right
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.in_force import Law
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.money import Money
from plugin.domain.origin import MadeAs, Origin
from plugin.domain.stored import StoredOrder
from plugin.ports.platform_actions import Exchange, NewItem
from plugin.storage.order_row import order_row
from plugin.usecases.find_origin import FoundOrigin, find_origin
from tests.build import MERCHANT
from tests.integrations.woocommerce.acting import PAID, TENT, first, keep_stock
from tests.integrations.woocommerce.synced import SyncedShop, synced
from tests.support.woocommerce import the_order, with_meta

KEY = "claim7:2"


@pytest.fixture(scope="module")
def law() -> Law:
    return Law(load_rulebook(), HolidayCalendar())


@pytest.fixture
def shop() -> Iterator[SyncedShop]:
    with synced(PAID) as shop:
        keep_stock(shop.store)
        shop.poll()
        yield shop


def brought_back(shop: SyncedShop) -> StoredOrder:
    (number,) = shop.store.orders.keys() - {PAID}
    shop.poll()
    return shop.stored(number)


def replacement(shop: SyncedShop) -> StoredOrder:
    order = shop.order(PAID)
    shop.actions().create_replacement_order(order, first(order), idempotency_key=KEY)
    return brought_back(shop)


def test_a_replacement_is_known_with_its_order_and_claim_and_is_no_purchase(shop: SyncedShop) -> None:
    made = replacement(shop)
    assert made.order.origin == Origin(str(PAID), MadeAs.REPLACEMENT, "claim7")
    assert made.order.is_free_replacement
    assert Mark.ORDER not in [past.mark for past in marks_of(made.order, ())]
    assert order_row(made, b"")["awaits_delivery"] is False


def test_nobody_withdraws_from_a_free_replacement_and_everything_else_holds_as_for_any_order(
    shop: SyncedShop, law: Law
) -> None:
    (line,) = entitlements(replacement(shop), None, law)
    assert line.clock(Right.WITHDRAWAL).absent == Absent.FREE_REPLACEMENT
    assert line.clock(Right.LEGAL_GUARANTEE).absent is None


def test_what_was_exchanged_for_was_bought_and_can_be_withdrawn_from(shop: SyncedShop, law: Law) -> None:
    order = shop.order(PAID)
    wanted = Exchange(order, first(order), Money(1250, "EUR"), (NewItem(str(TENT), 2),))
    shop.actions().create_exchange(wanted, idempotency_key=KEY)
    made = brought_back(shop)
    assert made.order.origin == Origin(str(PAID), MadeAs.EXCHANGE, "claim7")
    (line, *_) = entitlements(made, None, law)
    assert line.clock(Right.WITHDRAWAL).absent != Absent.FREE_REPLACEMENT


def test_the_order_it_is_for_is_found_and_a_claim_that_is_none_of_it_is_not(shop: SyncedShop) -> None:
    found = find_origin(replacement(shop), merchant=MERCHANT, units=shop.units)
    assert found == FoundOrigin(MadeAs.REPLACEMENT, shop.order(PAID).number, shop.stored(PAID), None)
    assert find_origin(shop.stored(PAID), merchant=MERCHANT, units=shop.units) is None


@pytest.mark.parametrize("value", ["", "x", None, {"id": 1}, "-12"])
def test_a_mark_that_names_no_order_makes_it_somebodys_purchase(value: object) -> None:
    assert the_order(with_meta(("_aftercare_for", value), ("_aftercare_key", KEY))).origin is None


def test_a_replacement_that_somebody_charges_for_is_a_purchase() -> None:
    order = the_order({**with_meta(("_aftercare_for", "12")), "total": "10.00"})
    assert order.origin == Origin("12", MadeAs.REPLACEMENT)
    assert not order.is_free_replacement
