"""Whatever is asked at an address of the API's document, by whoever may and by anybody, is answered as described."""

from __future__ import annotations

from http import HTTPStatus

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from plugin.domain.companion import SCHEME, SignedRequest
from plugin.runtime import with_papers
from plugin.web.deps import provide
from plugin.web.openapi import openapi
from tests.support.sizes import examples
from tests.web.docs.test_public_routes import VARIABLE
from tests.web.security.test_isolation import ATTEMPTS, outside
from tests.web.security.world import World

OPERATIONS = sorted(each["operationId"] for methods in openapi()["paths"].values() for each in methods.values())
GIVEN_AWAY = {"companion.connect", "companion.disconnect"}
"""Needs a code that is used up, and ends what the others are let in by."""
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance)


@pytest.fixture(scope="module")
def api(world: World) -> schemathesis.BaseSchema:
    """Give the document as the whole app of two merchants serves it, with all that it prints."""
    running = world.installation
    running.deps = with_papers(running.deps, "http://localhost:8000", running.deps.secrets)
    provide(running.app, running.deps)
    return schemathesis.openapi.from_wsgi("/openapi.json", world.installation.app)


@pytest.mark.draws
@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_no_question_at_an_address_of_the_document_breaks_the_app(
    api: schemathesis.BaseSchema, world: World, operation_id: str
) -> None:
    operation = api.find_operation_by_id(operation_id)
    endpoint = endpoint_of(operation.path, operation.method, world)
    let_in: set[int] = set()

    @settings(max_examples=examples(6), suppress_health_check=list(HealthCheck), deadline=None, database=None)
    @given(case=operation.as_strategy(), has_right=st.booleans())
    def ask(case: schemathesis.Case, has_right: bool) -> None:  # noqa: FBT001 - drawn
        case.path_parameters = {**case.path_parameters, **_known(case, world)}
        if has_right and endpoint in ATTEMPTS.keys() - GIVEN_AWAY:
            _let_in(case, endpoint, world)
            let_in.add(case.call_and_validate(checks=CHECKS).status_code)
        else:
            case.call_and_validate(checks=CHECKS)

    ask()
    assert not let_in or let_in - {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}, "its credentials open nothing"


def endpoint_of(path: str, method: str, world: World) -> str:
    """What answers there, by the route table."""
    rules = [each for each in outside(world.installation) if method.upper() in (each.methods or ())]
    return next(each.endpoint for each in rules if VARIABLE.sub(r"{\1}", each.rule) == path)


def _known(case: schemathesis.Case, world: World) -> dict[str, str]:
    """What is needed to get past the first door: a shop that is here."""
    return {"shop_key": world.ours.shop.key} if "shop_key" in case.path_parameters else {}


def _let_in(case: schemathesis.Case, endpoint: str, world: World) -> None:
    """With what whoever may ask holds: a token in the address, a session's token, a plugin's signature."""
    right, side = ATTEMPTS[endpoint](world.ours, world.ours), world.ours
    case.path_parameters |= {name: part for name, part in right.parts.items() if name in case.path_parameters}
    case.headers.update(right.headers)
    if endpoint.startswith("companion."):
        case.query, at = {}, int(side.at.clock.now().timestamp())
        signed = SignedRequest(case.method.upper(), case.formatted_path, at, b"").signature(side.plugin_secret())
        case.headers["Authorization"] = f"{SCHEME} {side.shop.key}:{at}:{signed}"
