"""The way into a claim, for a store's page."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from plugin.domain.shop import Shop
from plugin.i18n import CLAIM_LANGUAGES
from tests.build import MERCHANT
from tests.fakes.units import FakeUnits


@pytest.fixture(autouse=True)
def _address(client: FlaskClient) -> None:
    client.application.config["BASE_URL"] = "https://aftercare.example"


@pytest.mark.parametrize("language", CLAIM_LANGUAGES)
def test_the_form_leads_to_the_same_language(client: FlaskClient, shop: Shop, language: str) -> None:
    answer = client.get(f"/storefront/v1/{shop.key}/claim-entry?lang={language}")
    said = answer.get_json()
    assert said["language"] == language
    assert said["action"] == f"https://aftercare.example/s/{shop.key}/claim?lang={language}"
    assert said["link"]["url"] == f"{said['action']}#link"
    assert all(said[name] for name in ("heading", "lead", "number", "email", "submit"))
    again = client.get(
        f"/storefront/v1/{shop.key}/claim-entry?lang={language}", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


def test_a_shop_nobody_knows_has_no_way_in(client: FlaskClient) -> None:
    answer = client.get("/storefront/v1/nobody/claim-entry")
    assert (answer.status_code, answer.get_json()["code"]) == (404, "shop_unknown")


@pytest.mark.parametrize(
    ("countries", "is_there"),
    [("", True), ("DE", True), ("us,ch,PL", True), ("US", False), ("US,CH,GB", False), ("nonsense", True)],
)
def test_the_withdrawal_function_is_named_if_any_country_that_is_sold_to_wants_it(
    client: FlaskClient, shop: Shop, countries: str, *, is_there: bool
) -> None:
    """Whichever market is the home one: everybody is sent the same footer."""
    said = client.get(f"/storefront/v1/{shop.key}/claim-entry?lang=fr&countries={countries}").get_json()
    assert (said["withdrawal"] is not None) is is_there
    if is_there:
        assert said["withdrawal"]["url"] == f"https://aftercare.example/s/{shop.key}/withdraw?lang=fr"
        assert said["withdrawal"]["language"] == "fr"


def test_a_function_that_is_off_is_not_named(client: FlaskClient, units: FakeUnits, shop: Shop) -> None:
    with units(MERCHANT) as unit:
        unit.shops.switch_withdrawal(shop.id, None)
        unit.commit()
    said = client.get(f"/storefront/v1/{shop.key}/claim-entry?lang=fr&countries=DE").get_json()
    assert said["withdrawal"] is None
