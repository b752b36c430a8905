"""Whatever comes in from outside is read, or refused in a way that its caller knows: no parser fails otherwise."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from integrations.carriers import CARRIERS
from plugin.domain.shop import Role
from plugin.storage.views.cursor import Cursor
from tests.fuzz import answers, deliveries, files, proofs, routes
from tests.fuzz.pages import walked
from tests.fuzz.parser import SECONDS, Tried, tried
from tests.fuzz.registry import TRIED
from tests.support.admin import Installation
from tests.support.office import PATHS
from tests.support.repository import ROOT
from tests.web.security.desk import person
from tests.web.security.test_isolation import outside
from tests.web.security.world import World

FORMS, SHOPPERS_FORMS = 60, 4
"""At the least; what was tried before may have ended a claim, and its forms with it."""
PARSERS = {**files.PARSERS, **deliveries.PARSERS, **proofs.PARSERS, **answers.PARSERS}


KIND_SECONDS = 30
"""In every run, of all parsers of a kind together."""
KINDS = (
    {"webhooks of shopify", "webhooks of woocommerce"},
    {"carrier pushes", *(f"answers of {carrier}" for carrier in CARRIERS)},
    {"pictures", "evidence", "artwork"},
    {"records", "days of delivery", "drop-off points"},
)
"""What strangers reach most easily: webhooks, what carriers tell, uploads, lists to import."""
APP = frozenset({"the desk", "requests", "shoppers"})
"""Where the whole app is the parser."""


def share_of(name: str) -> float:
    """Its part of its kind's seconds."""
    return next((KIND_SECONDS / len(kind) for kind in KINDS if name in kind), SECONDS)


def told(name: str, found: Tried) -> None:
    """Say how much was tried, and hold it to what it is said to try."""
    print(f"fuzz: {name}, {found.inputs} inputs in {found.seconds:g} s")  # noqa: T201 - what was tried, for who asks
    reached = {path.removeprefix(f"{ROOT}/") for path in found.reached}
    assert {module for module, by in TRIED.items() if by == name} - reached == set()


@pytest.mark.draws
@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # of what failed; the failure is what to tell
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # what Pillow says of a picture that it then reads or refuses
@pytest.mark.parametrize("name", PARSERS)
def test_no_input_breaks_the_parser(name: str) -> None:
    told(name, tried(PARSERS[name](), share_of(name)))


LEAVING = ("/sign-out", "/sessions/")
"""What ends the session that tries."""


@pytest.mark.draws
def test_no_request_of_staff_breaks_the_desk(alone: Installation) -> None:
    def client() -> FlaskClient:
        return person(alone, Role.OWNER).client

    found = walked(client(), list(PATHS.values()), "/admin/")
    assert len(found.forms) > FORMS
    second_page = routes.Asked("GET", "/admin/orders", f"cursor={Cursor(0, 'a', is_backward=False)}")
    told("the desk", tried(routes.parser(routes.from_pages(found, LEAVING), client, [second_page])))


@pytest.mark.draws
def test_no_request_of_anybody_else_breaks_the_app(alone: Installation, world: World) -> None:
    rules = outside(alone)
    asked = routes.from_attempts(world, rules)
    told("requests", tried(routes.parser(asked, alone.app.test_client, routes.rightly(world, rules))))


@pytest.mark.draws
def test_no_form_of_shoppers_breaks_their_pages(alone: Installation, world: World) -> None:
    client, starts = alone.app.test_client, routes.addresses(world, outside(alone))
    found = walked(client(), starts, f"/s/{world.ours.shop.key}")
    assert len(found.forms) > SHOPPERS_FORMS
    told("shoppers", tried(routes.parser(routes.from_pages(found, ()), client, ())))
