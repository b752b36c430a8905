"""A shop with the demo's promises whose after-sales page is served, on fakes of the ports and the real law."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from plugin.demo.policy import demo_policy
from plugin.documents.page_json_ld import page_json_ld
from plugin.documents.papers import papers
from plugin.documents.policy_document import policy_document_schema
from plugin.documents.policy_document_terms import policy_document
from plugin.domain.clocks.engine import Law
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.policy.version import PolicyVersion
from plugin.domain.shop import Merchant, Shop
from plugin.ports.deps import Deps
from plugin.web import aftersales, documents, storefront, withdrawal
from plugin.web.application import Application
from plugin.web.deps import provide
from plugin.web.headers import secure
from tests.build import MERCHANT, PLACED, a_shop
from tests.fakes.deps import fake_deps
from tests.fakes.units import FakeUnits

STATIC = Path(__file__).parents[3] / "static"
BASE = "https://aftercare.example"


@pytest.fixture(scope="session")
def law() -> Law:
    return Law(load_rulebook(), HolidayCalendar())


@pytest.fixture
def shop() -> Shop:
    return a_shop(address="https://nordlicht.example/shop")


@pytest.fixture
def policy() -> PolicyVersion:
    return replace(demo_policy(datetime(2026, 1, 1, tzinfo=UTC)), effective_from=PLACED - timedelta(days=30))


@pytest.fixture
def units(shop: Shop, policy: PolicyVersion) -> FakeUnits:
    units = FakeUnits()
    with units(MERCHANT) as unit:
        unit.shops.add_merchant(Merchant(MERCHANT, "Nordlicht Outdoor", PLACED))
        unit.shops.add(shop)
        unit.policies.add(policy)
        unit.commit()
    return units


@pytest.fixture
def deps(units: FakeUnits, law: Law) -> Deps:
    return fake_deps(units, law, papers=papers(law, BASE))


@pytest.fixture
def client(deps: Deps) -> FlaskClient:
    app = Application("aftercare", static_folder=str(STATIC), static_url_path="/static")
    app.config["BASE_URL"] = BASE
    provide(app, deps)
    secure(app, is_https=True)
    app.register_blueprint(storefront.blueprint)
    aftersales.install(app, aftersales.DataMakers(page_json_ld, policy_document, policy_document_schema))
    app.register_blueprint(documents.blueprint)
    app.register_blueprint(withdrawal.blueprint)
    return app.test_client()
