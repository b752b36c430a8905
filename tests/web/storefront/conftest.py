"""A shop whose storefront API answers, on fakes of the ports and the real law."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from plugin.domain.clocks.engine import Law
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.policy import Payer
from plugin.domain.shop import Merchant, Shop
from plugin.domain.stored import StoredOrder
from plugin.ports.deps import Deps
from plugin.web import storefront, withdrawal
from plugin.web.application import Application
from plugin.web.deps import provide
from tests.build import (
    DELIVERED,
    MERCHANT,
    NOW,
    PLACED,
    a_fulfilment,
    a_market,
    a_policy,
    a_shop,
    a_stored_order,
    an_event,
    an_order,
)
from tests.fakes.deps import fake_deps
from tests.fakes.sources import FakeClock
from tests.fakes.units import FakeUnits


@pytest.fixture(scope="session")
def law() -> Law:
    return Law(load_rulebook(), HolidayCalendar())


@pytest.fixture
def shop() -> Shop:
    return a_shop(withdrawal_since=PLACED)


@pytest.fixture
def order() -> StoredOrder:
    delivered = a_fulfilment(events=(an_event(DELIVERED),))
    return a_stored_order(an_order(fulfilments=(delivered,)), policy_version="v1")


@pytest.fixture
def units(shop: Shop, order: StoredOrder) -> FakeUnits:
    units = FakeUnits()
    germany = a_market("DE", countries=frozenset({"DE"}), return_days=30, return_payer=Payer.SHOP)
    france = a_market("FR", countries=frozenset({"FR"}), return_days=None, return_payer=Payer.SHOPPER)
    with units(MERCHANT) as unit:
        unit.shops.add_merchant(Merchant(MERCHANT, "Nordkap GmbH", PLACED))
        unit.shops.add(shop)
        unit.policies.add(a_policy(effective_from=PLACED - timedelta(days=30), default=germany, markets=(france,)))
        unit.orders.save([order])
        unit.commit()
    return units


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOW)


@pytest.fixture
def deps(units: FakeUnits, clock: FakeClock, law: Law) -> Deps:
    return fake_deps(units, law, clock=clock)


@pytest.fixture
def client(deps: Deps) -> FlaskClient:
    app = Application("aftercare", static_folder=None)
    provide(app, deps)
    app.config["BASE_URL"] = "https://aftercare.example"
    app.register_blueprint(storefront.blueprint)
    app.register_blueprint(withdrawal.blueprint)
    return app.test_client()
