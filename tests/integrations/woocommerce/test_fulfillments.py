"""WooCommerce's own Fulfillments: read beside orders that say they have some, where the feature is on."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from integrations.platforms import TRANSLATORS
from plugin.domain import merge
from plugin.domain.ids import LineId
from plugin.domain.order import FulfilledLine, Fulfilment, Order, Parcel, Platform
from plugin.domain.times import Moment, Source
from plugin.usecases.reread_order import RereadMeans, reread_order
from tests.build import MERCHANT
from tests.integrations.woocommerce.acting import PAID
from tests.integrations.woocommerce.proving import credentials
from tests.integrations.woocommerce.synced import SyncedShop, synced
from tests.support.woocommerce import Record, the_order, with_meta
from tests.support.woocommerce_shop import FULFILLMENTS, WooCommerceShop

RECORDED: str = FULFILLMENTS["fulfillments_list"]["response"]["body"]
LISTED: list[Record] = json.loads(RECORDED)
PARCEL = Parcel("dhl", "00340434161094015902", "https://nolp.dhl.de/x")
SENT = Fulfilment(
    id="fulfillment:1",
    status="fulfilled",
    shipped=Moment(datetime(2026, 11, 21, 12, tzinfo=UTC), Source.PLATFORM),
    parcels=(PARCEL,),
    lines=(FulfilledLine(LineId("8357"), 1),),
    is_apart=True,
)


@pytest.fixture
def shop() -> Iterator[SyncedShop]:
    with synced(PAID) as shop:
        shop.store.fulfillments = {PAID: copy.deepcopy(LISTED)}
        say(shop, "fulfilled")
        yield shop


def say(shop: SyncedShop, status: str) -> None:
    """Have the order say so, a moment later, as the feature does whenever something is fulfilled."""
    meta = [{"id": 1, "key": "_fulfillment_status", "value": status}]
    shop.store.change(PAID, f"{shop.now:%Y-%m-%dT%H:%M:%S}", meta_data=meta)


def fulfilments(shop: SyncedShop) -> tuple[Fulfilment, ...]:
    shop.poll()
    return shop.order(PAID).fulfilments


def asked(shop: WooCommerceShop) -> int:
    return len(shop.asked_of(f"orders/{PAID}/fulfillments"))


def test_the_shop_on_loopback_answers_as_recorded(shop: SyncedShop) -> None:
    endpoint = f"orders/{PAID}/fulfillments"
    reader = shop.source().reader(shop.store.address, credentials(shop.store))
    assert reader.get(endpoint).body.decode() == RECORDED


def test_what_left_the_shop_is_known_with_its_parcel_and_what_was_in_it(shop: SyncedShop) -> None:
    assert fulfilments(shop) == (SENT,)


def test_a_draft_has_not_left(shop: SyncedShop) -> None:
    assert shop.store.fulfillments
    shop.store.fulfillments[PAID][0] |= {"is_fulfilled": False, "status": "unfulfilled"}
    assert fulfilments(shop) == ()


def test_a_shop_with_the_feature_off_is_asked_in_vain_and_its_orders_come(shop: SyncedShop) -> None:
    shop.store.fulfillments = None
    assert fulfilments(shop) == ()
    assert asked(shop.store) == 1


def test_an_order_that_says_nothing_of_fulfilments_costs_no_request() -> None:
    with synced(PAID) as shop:
        shop.poll()
        assert asked(shop.store) == 0


def test_a_report_of_the_order_that_leaves_them_out_takes_none_away_and_a_list_without_them_does(
    shop: SyncedShop,
) -> None:
    (known,) = fulfilments(shop)
    order = shop.order(PAID)
    assert merge.merged(order, replace(order, fulfilments=())).fulfilments == (known,)
    shop.store.now = shop.now.replace(minute=59)
    say(shop, "no_fulfillments")
    assert fulfilments(shop) == ()
    assert asked(shop.store) == 1


def test_an_order_that_is_read_again_brings_them_too(shop: SyncedShop) -> None:
    shop.store.fulfillments, listed = {}, shop.store.fulfillments
    assert fulfilments(shop) == ()
    shop.store.fulfillments = listed
    means = RereadMeans({Platform.WOOCOMMERCE: shop.source()}, TRANSLATORS, shop.units, shop.ids)
    reread_order(str(PAID), merchant=MERCHANT, shop=shop.shop.id, means=means, now=shop.now)
    assert shop.order(PAID).fulfilments == (SENT,)


def test_a_parcel_that_a_plugin_notes_as_well_counts_once() -> None:
    noted: Order = the_order(with_meta(("_tracking_number", PARCEL.number)))
    (own,) = noted.fulfilments
    assert merge.with_apart((own,), (SENT,)) == (own,)


@pytest.mark.parametrize(
    "meta",
    [
        {"key": "_items", "value": "none"},
        {
            "key": "_items",
            "value": [{"item_id": "x", "qty": 1}, 7, {"item_id": 1, "qty": -1}, {"item_id": 1, "qty": "9" * 5000}],
        },
        {"key": "_date_fulfilled", "value": "soon"},
        {"key": "_tracking_url", "value": "javascript:alert(1)"},
        {"key": "_tracking_number", "value": {"a": 1}},
    ],
)
def test_what_makes_no_sense_in_one_is_passed_over(shop: SyncedShop, meta: Record) -> None:
    assert shop.store.fulfillments
    shop.store.fulfillments[PAID][0]["meta_data"] = [meta]
    assert fulfilments(shop) == (Fulfilment("fulfillment:1", "fulfilled", None, is_apart=True),)
