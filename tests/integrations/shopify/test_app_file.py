"""The app's file for Shopify's CLI: the least scopes, topics that exist and are understood, and any owner's own."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.platforms.shopify import scopes
from integrations.platforms.shopify.app_file import SHIPPED, OwnApp, address, app_name, made_own
from integrations.platforms.shopify.documents import API_VERSION
from integrations.platforms.shopify.topics import TOPICS
from plugin.usecases.plan_promises import PRODUCT_KEY
from tests.support.shopify_admin.topics import in_enum, topics

TEXT = SHIPPED.read_text()
FILE: dict[str, Any] = tomllib.loads(TEXT)
ORIGIN = "https://aftercare.example.com"
TOLD = [topic for each in FILE["webhooks"]["subscriptions"] for topic in each.get("topics", [])]
BY_LAW = [topic for each in FILE["webhooks"]["subscriptions"] for topic in each.get("compliance_topics", [])]
"""What Shopify tells every app (shopify.dev, "Privacy law compliance", 2026-10); no enum has them."""
ONE = OwnApp("0123456789abcdef0123456789abcdef", "Nordkap after-sales", "https://after.nordkap.example")
OTHER = OwnApp("fedcba9876543210fedcba9876543210", 'Fjell "\\ Wände', "https://fjell.example:8443")


def test_it_asks_for_what_installing_grants_and_for_the_rest_only_when_it_is_wanted() -> None:
    asked = FILE["access_scopes"]
    assert asked["scopes"].split(",") == sorted(scopes.ASKED)
    assert asked["optional_scopes"] == sorted(scopes.OPTIONAL)
    assert asked["use_legacy_install_flow"] is False
    assert FILE["embedded"] is True


def test_topics_add_no_scope_but_what_one_of_them_cannot_do_without() -> None:
    documents = scopes.READING | scopes.WRITING
    unmet = [needs for topic in TOLD if (needs := topics()[in_enum(topic)]) and not needs & documents]
    assert set().union(*unmet) == scopes.TOLD
    assert all(len(needs) == 1 for needs in unmet)


@pytest.mark.parametrize("version", ["admin_2026-07", "admin_2026-10"])
def test_every_topic_exists(version: str) -> None:
    assert {in_enum(topic) for topic in TOLD} <= set(topics(version))


def test_it_is_told_of_everything_it_understands_once_and_of_nothing_else() -> None:
    assert sorted([*TOLD, *BY_LAW]) == sorted(TOPICS)


def test_merchants_see_a_products_promise_and_themes_read_it_but_only_the_app_writes_it() -> None:
    assert list(FILE["product"]["metafields"]["app"]) == [PRODUCT_KEY]
    defined = FILE["product"]["metafields"]["app"][PRODUCT_KEY]
    assert defined["type"] == "json"
    assert defined["access"] == {"admin": "merchant_read", "storefront": "public_read"}


def test_it_hears_every_demand_that_privacy_law_makes() -> None:
    assert sorted(BY_LAW) == ["customers/data_request", "customers/redact", "shop/redact"]


def test_webhooks_come_in_the_version_that_is_called() -> None:
    assert FILE["webhooks"]["api_version"] == API_VERSION


def test_an_owner_changes_id_name_and_origin_and_nothing_else() -> None:
    made = tomllib.loads(made_own(TEXT, ONE))
    assert (made["client_id"], made["name"]) == (ONE.client_id, ONE.name)
    addresses = [made["application_url"], *made["auth"]["redirect_urls"]]
    addresses += [each["uri"] for each in made["webhooks"]["subscriptions"]]
    assert {f"{urlsplit(each).scheme}://{urlsplit(each).netloc}" for each in addresses} == {ONE.address}
    assert made_own(made_own(TEXT, ONE), OwnApp(FILE["client_id"], FILE["name"], ORIGIN)) == TEXT


@pytest.mark.parametrize("before", [ONE, OTHER], ids=["the same", "another"])
def test_a_file_made_own_may_be_made_own_again(before: OwnApp) -> None:
    assert made_own(made_own(TEXT, before), ONE) == made_own(TEXT, ONE)


@given(st.text(min_size=1, max_size=30))
def test_whatever_a_name_may_be_the_file_stays_readable(typed: str) -> None:
    try:
        name = app_name(typed)
    except ValueError:
        return
    assert tomllib.loads(made_own(TEXT, OwnApp(ONE.client_id, name, ONE.address)))["name"] == name


@pytest.mark.parametrize("typed", ["https://After.Example.com", "https://after.example.com/", "  https://a.bc:8443 "])
def test_an_address_is_taken_as_people_type_it(typed: str) -> None:
    assert address(typed) == typed.strip().lower().removesuffix("/")


@pytest.mark.parametrize(
    "typed",
    [
        "http://after.example.com",
        "after.example.com",
        "https://",
        "https://localhost",
        "https://10.0.0.1",
        "https://a.example/admin",
        "https://a.example?x=1",
        "https://a.example:x",
        "https://me@a.example",
        'https://a".example',
        "",
    ],
)
def test_what_shopify_cannot_call_is_no_address(typed: str) -> None:
    with pytest.raises(ValueError, match=r"^must be"):
        address(typed)


def test_the_file_is_where_shopifys_command_looks_for_it() -> None:
    assert Path(__file__).parents[3] / "shopify.app.toml" == SHIPPED
