"""GET tracking: where one order's parcels are, for whoever holds the order's token."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import get_args

import msgspec
import pytest
from flask.testing import FlaskClient

from plugin.domain.ids import ShopId
from plugin.domain.shop import Shop
from plugin.domain.stored import StoredOrder
from plugin.domain.tracking.told import Situation
from plugin.i18n import catalogue
from plugin.usecases.tracking.quote_tracking import told_order
from plugin.web.storefront import tracking_schemas
from plugin.web.storefront.order_token import issue
from plugin.web.storefront.tracking_schemas import TrackingAnswer
from plugin.wording.tracking.answer import tracking_answer
from tests.build import MERCHANT, NOW, a_stored_order, an_order
from tests.domain.tracking.reports import JOURNEY
from tests.fakes.sources import FakeSecrets
from tests.fakes.units import FakeUnits
from tests.usecases.tracking.orders import a_shipment, sent


@pytest.fixture
def order(shop: Shop) -> StoredOrder:
    return a_stored_order(an_order(fulfilments=(sent(),)), shop=shop.id)


def path(shop: Shop, order: StoredOrder, signed_for: ShopId | None = None) -> str:
    return f"/storefront/v1/{shop.key}/orders/{issue(FakeSecrets(), signed_for or shop.id, order.id)}/tracking"


def follow(units: FakeUnits) -> None:
    with units(MERCHANT) as unit:
        unit.shipments.save([a_shipment(JOURNEY)])
        unit.commit()


def test_the_answer_is_what_every_other_surface_says(
    client: FlaskClient, shop: Shop, order: StoredOrder, units: FakeUnits
) -> None:
    follow(units)
    answer = client.get(path(shop, order), query_string={"lang": "en"})
    assert answer.status_code == HTTPStatus.OK
    assert answer.headers["Cache-Control"] == "private, no-store"
    told = msgspec.json.decode(answer.data, type=TrackingAnswer)
    said = tracking_answer(told_order(order, [a_shipment(JOURNEY)], NOW), catalogue("en"))
    assert (told.heading, told.order_title) == (said.heading, "Order 1001")
    assert [
        (step.title, step.when, step.place, step.raw, step.is_current)
        for parcel in told.parcels
        for step in parcel.steps
    ] == [
        (step.title, step.when, step.place, step.raw, step.is_current)
        for parcel in said.parcels
        for step in parcel.steps
    ]
    assert [parcel.headline for parcel in told.parcels] == [parcel.headline for parcel in said.parcels]


def test_the_days_to_expect_it_are_dates_too(
    client: FlaskClient, shop: Shop, order: StoredOrder, units: FakeUnits
) -> None:
    with units(MERCHANT) as unit:
        unit.shipments.save([replace(a_shipment(JOURNEY[:2]))])
        unit.commit()
    parcel = msgspec.json.decode(client.get(path(shop, order)).data)["parcels"][0]
    assert (parcel["expected_first"], parcel["expected_last"]) == ("2026-11-12", "2026-11-16")


def test_it_is_said_in_the_orders_language_unless_another_is_asked_for(
    client: FlaskClient, shop: Shop, order: StoredOrder
) -> None:
    own, asked = (client.get(path(shop, order), query_string=query) for query in ({}, {"lang": "fr"}))
    assert (own.headers["Content-Language"], asked.headers["Content-Language"]) == ("de", "fr")


def test_unknown_foreign_and_erased_orders_get_the_same_answer(
    client: FlaskClient, shop: Shop, order: StoredOrder, units: FakeUnits
) -> None:
    unknown = client.get(path(shop, replace(order, id="nobodys")))  # type: ignore[arg-type]  # an id that is none
    foreign = client.get(path(shop, order, ShopId("another")))
    with units(MERCHANT) as unit:
        known = unit.orders.get(order.id)
        bare = replace(known.order, shopper=replace(known.order.shopper, is_erased=True))
        unit.orders.save([replace(known, order=bare)])
        unit.commit()
    erased = client.get(path(shop, order))
    assert {unknown.status_code, foreign.status_code, erased.status_code} == {HTTPStatus.NOT_FOUND}
    assert unknown.json == foreign.json == erased.json


def test_the_contract_names_every_situation() -> None:
    assert set(get_args(tracking_schemas.Situation)) == {each.value for each in Situation}
