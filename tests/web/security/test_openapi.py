"""Whatever is asked at an address of the API's document, the running app answers, as described (Schemathesis asks)."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from plugin.web.openapi import openapi
from tests.support.sizes import examples
from tests.web.security.world import World

OPERATIONS = sorted(each["operationId"] for methods in openapi()["paths"].values() for each in methods.values())
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance)


@pytest.fixture(scope="module")
def api(world: World) -> schemathesis.BaseSchema:
    """Give the document as the whole app of two merchants serves it."""
    return schemathesis.openapi.from_wsgi("/openapi.json", world.installation.app)


@pytest.mark.draws
@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_no_question_at_an_address_of_the_document_breaks_the_app(
    api: schemathesis.BaseSchema, world: World, operation_id: str
) -> None:
    operation = api.find_operation_by_id(operation_id)

    @settings(max_examples=examples(5), suppress_health_check=list(HealthCheck), deadline=None, database=None)
    @given(case=operation.as_strategy())
    def ask(case: schemathesis.Case) -> None:
        case.path_parameters = {**case.path_parameters, **_known(case, world)}
        case.call_and_validate(checks=CHECKS)

    ask()


def _known(case: schemathesis.Case, world: World) -> dict[str, str]:
    """What is needed to get past the first door: a shop that is here."""
    return {"shop_key": world.ours.shop.key} if "shop_key" in case.path_parameters else {}
