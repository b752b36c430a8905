"""A shop that hands out its documents, on fakes of the ports, the real law and the real papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from plugin.app import domain_problem
from plugin.demo.policy import demo_policy
from plugin.documents.papers import papers
from plugin.domain.clocks.engine import Law
from plugin.domain.errors import DomainError
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.policy.scope import Scope
from plugin.domain.policy.traits import Trait, TraitRule
from plugin.domain.shop import Merchant
from plugin.ports.deps import Deps
from plugin.web import documents, storefront
from plugin.web.application import Application
from plugin.web.deps import provide
from tests.build import MERCHANT, PLACED, a_product, a_shop, a_stored_order, an_order
from tests.fakes.deps import fake_deps
from tests.fakes.units import FakeUnits

LAMP = Scope(products=frozenset({"501"}))
GUARANTEE = TraitRule("lamp", Trait.PRODUCER_GUARANTEE, LAMP, is_confirmed=True, months=60, producer="Lumo AB")


@pytest.fixture
def units() -> FakeUnits:
    units = FakeUnits()
    policy = replace(demo_policy(PLACED - timedelta(days=30)), traits=(GUARANTEE,))
    with units(MERCHANT) as unit:
        unit.shops.add_merchant(Merchant(MERCHANT, "Nordkap GmbH", PLACED))
        unit.shops.add(a_shop())
        unit.policies.add(policy)
        unit.products.save(a_shop().id, [a_product()])
        unit.orders.save([a_stored_order(replace(an_order(), language="de"))])
        unit.commit()
    return units


@pytest.fixture(scope="session")
def law() -> Law:
    return Law(load_rulebook(), HolidayCalendar())


@pytest.fixture
def deps(units: FakeUnits, law: Law) -> Deps:
    return fake_deps(units, law, papers=papers(law, "https://aftercare.example"))


@pytest.fixture
def client(deps: Deps) -> FlaskClient:
    app = Application("aftercare", static_folder="../static")
    app.config["BASE_URL"] = "https://aftercare.example"
    provide(app, deps)
    app.register_error_handler(DomainError, domain_problem)
    app.register_blueprint(storefront.blueprint)
    app.register_blueprint(documents.blueprint)
    return app.test_client()
