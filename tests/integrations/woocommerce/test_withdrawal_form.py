"""Withdrawals sent by WooCommerce's own form (11.1): each becomes a declaration, once, that a person reads.

The mark is read in the source of 11.1 (`OrderWithdrawalFormProcessor`): no submission was recorded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from plugin.domain.declaration import Declaration, Proof, Statement
from plugin.domain.effects import OpenWithdrawal
from plugin.domain.ids import LineId, StaffId
from plugin.domain.order import OrderRef, Platform, Shopper
from plugin.domain.shop import Role, StaffMember
from plugin.usecases.read_declaration import read_declaration
from tests.build import MERCHANT, PLACED
from tests.integrations.woocommerce.acting import PAID
from tests.integrations.woocommerce.synced import SyncedShop, synced
from tests.support.woocommerce import the_order, with_meta

MARK = "_order_withdrawal_requested"
AGENT = StaffMember(StaffId("agent"), "kaja@nordkap.example", Role.AGENT, "de", PLACED)


@pytest.fixture
def shop() -> Iterator[SyncedShop]:
    with synced(PAID) as shop:
        shop.store.orders[PAID] = {**shop.store.orders[PAID], "status": "completed"}
        shop.poll()
        yield shop


def send(shop: SyncedShop, value: object = "yes") -> datetime:
    """Send the form: the order is marked and dated."""
    kept = shop.store.orders[PAID]["meta_data"]
    shop.store.change(PAID, f"{shop.now:%Y-%m-%dT%H:%M:%S}", meta_data=[*kept, {"id": 1, "key": MARK, "value": value}])
    return shop.now


def declared(shop: SyncedShop) -> list[Declaration]:
    with shop.units.read(MERCHANT) as unit:
        return list(unit.declarations.waiting(None, 10))


def test_a_form_that_was_sent_is_a_declaration_from_the_orders_own_address_as_of_when_the_shop_had_it(
    shop: SyncedShop,
) -> None:
    sent = send(shop)
    shop.poll()
    (known,) = declared(shop)
    order = shop.stored(PAID)
    assert (known.received_at, known.order, known.proof) == (sent, order.id, Proof.MAIL_EQUALS_ORDER)
    assert known.statement == Statement(
        str(order.order.shopper.name), order.order.number, str(order.order.shopper.email), is_told_elsewhere=True
    )


def test_it_is_imported_once_however_often_the_order_changes_afterwards(shop: SyncedShop) -> None:
    sent = send(shop)
    shop.poll()
    for status in ("processing", "completed"):
        shop.store.change(PAID, f"{shop.now:%Y-%m-%dT%H:%M:%S}", status=status)
        shop.poll()
    (known,) = declared(shop)
    assert known.received_at == sent


def test_nothing_is_mailed_and_nothing_carried_out_until_somebody_says_which_goods_it_means(shop: SyncedShop) -> None:
    send(shop)
    shop.poll()
    (known,) = declared(shop)
    assert (known.is_proven, known.is_to_be_read, known.is_ready) == (True, True, False)
    assert not any(isinstance(effect, OpenWithdrawal) for effect in shop.units.effects(MERCHANT))
    assert shop.units.of(MERCHANT).mails == {}
    line = shop.order(PAID).lines[0].id
    read_declaration(known.id, {LineId(line): 1}, merchant=MERCHANT, by=AGENT, units=shop.units)
    assert OpenWithdrawal(MERCHANT, known.id) in shop.units.effects(MERCHANT)
    assert declared(shop) == []


def test_an_order_that_was_paid_back_whole_has_nothing_left_to_withdraw_from(shop: SyncedShop) -> None:
    send(shop)
    shop.store.change(PAID, f"{shop.now:%Y-%m-%dT%H:%M:%S}", status="refunded")
    shop.poll()
    assert declared(shop) == []


@pytest.mark.parametrize("value", ["no", "", None, 1, ["yes"]])
def test_only_the_word_the_form_writes_is_a_mark(value: object) -> None:
    assert the_order(with_meta((MARK, value))).withdrawn is None


def test_an_erased_shopper_declares_nothing_more(shop: SyncedShop) -> None:
    stored = shop.stored(PAID)
    with shop.units(MERCHANT) as unit:
        nobody = replace(stored.order, shopper=Shopper(is_erased=True))
        unit.orders.save([replace(stored, order=nobody)])
        unit.commit()
    send(shop)
    shop.poll()
    assert shop.stored(PAID).order.ref == OrderRef(Platform.WOOCOMMERCE, str(PAID))
    assert declared(shop) == []
