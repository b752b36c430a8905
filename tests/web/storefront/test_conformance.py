"""Whatever is asked, the API answers as its OpenAPI document says (Schemathesis makes the questions)."""

from __future__ import annotations

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from plugin.domain.shop import Shop
from plugin.domain.stored import StoredOrder
from plugin.web import docs
from plugin.web.storefront.order_token import issue
from tests.fakes.sources import FakeSecrets
from tests.support.sizes import examples

CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)


@pytest.fixture
def api(client: FlaskClient) -> schemathesis.BaseSchema:
    app: Flask = client.application
    app.register_blueprint(docs.blueprint)
    return schemathesis.openapi.from_wsgi("/openapi.json", app)


@pytest.mark.draws
@pytest.mark.parametrize("operation_id", ["policy", "promises", "productInformation", "entitlements"])
def test_any_question_gets_an_answer_the_document_describes(
    api: schemathesis.BaseSchema, shop: Shop, order: StoredOrder, operation_id: str
) -> None:
    operation = api.find_operation_by_id(operation_id)
    good = issue(FakeSecrets(), shop.id, order.id)
    statuses: set[int] = set()

    @settings(max_examples=examples(40), suppress_health_check=list(HealthCheck), deadline=None, database=None)
    @given(case=operation.as_strategy(), is_known=st.booleans())
    def ask(case: schemathesis.Case, is_known: bool) -> None:  # noqa: FBT001 - hypothesis draws it
        if is_known:
            case.path_parameters |= {"shop_key": shop.key} | ({"token": good} if operation_id == "entitlements" else {})
        statuses.add(case.call_and_validate(checks=CHECKS).status_code)

    ask()
    assert {200, 404} <= statuses
