"""The way into a claim, for a store's page."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from plugin.domain.shop import Shop
from plugin.i18n import CLAIM_LANGUAGES


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
