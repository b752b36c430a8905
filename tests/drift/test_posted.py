"""What stands in a shop at Shopify after the job ran is, field by field, what the storefront's own API answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from integrations.guarded_http import open_session
from integrations.platforms.shopify.access import ShopAccess
from integrations.platforms.shopify.admin_api.client import Line
from integrations.platforms.shopify.metafields import ShopifyBoards
from plugin.domain.connection import Connection
from plugin.usecases.publish_promises import publish_promises
from plugin.usecases.shopify.take_in_shop import BY_TOKEN
from plugin.usecases.write_promises import PostingMeans
from plugin.web.deps import deps_of
from tests.build import NOW
from tests.drift.shop import COUNTRIES, Store, store
from tests.support.posting import DOMAIN
from tests.support.shopify_admin.metafields import Metafields
from tests.support.shopify_admin.server import TOKEN
from tests.support.shopify_admin.shop import AdminShop, shop_on_line

SEED = 5
LANGUAGES = {"de": "de", "zh-TW": "zh-Hant", "cy": "en"}
"""As Shopify writes them, and what is answered."""
SHARED = ("language", "direction", "heading", "withdrawal")
OF_A_CLASS = ("summary", "lines", "promises", "banner")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with store(SEED, tmp_path_factory.mktemp("drift") / "home") as filled:
        yield filled


@pytest.fixture(scope="module")
def board(filled: Store) -> Metafields:
    """Written as the worker does, from a real database and over HTTP."""
    deps = deps_of(filled.client.application)
    with deps.units(filled.shop.merchant) as unit:
        unit.shops.switch_withdrawal(filled.shop.id, NOW)
        unit.connections.save(Connection(filled.shop.id, BY_TOKEN, NOW))
        unit.commit()
    assert deps.promise_words
    with shop_on_line(AdminShop(metafields=Metafields([*LANGUAGES], [*COUNTRIES]))) as admin:
        boards = ShopifyBoards(
            lambda: open_session(allows_private=True, timeouts=(2, 20)),
            lambda _: ShopAccess(DOMAIN, TOKEN),
            Line(admin.server.origin, lambda _: None, lambda: 0.0),
        )
        means = PostingMeans({filled.shop.platform: boards}, deps.promise_words, deps.units, deps.clock)
        outcome = publish_promises(filled.shop.id, merchant=filled.shop.merchant, means=means)
    assert outcome == f"written_{len(admin.metafields.values)}"
    return admin.metafields


def class_of(product: dict[str, Any] | None, variant: str | None, told: dict[str, Any]) -> dict[str, Any]:
    """As extensions/README.md says to find it."""
    own = (product or {}).get(told["rules"], {})
    promise = own.get("variants", {}).get(variant) or own.get("promise") or told["anything"]
    found: dict[str, Any] = told["classes"].get(promise) or told["classes"][told["anything"]]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_metafield_says_what_the_storefront_is_answered(filled: Store, board: Metafields, language: str) -> None:
    for country in COUNTRIES:
        told = board.app()[f"{language}-{country}"]
        assert told["language"] == LANGUAGES[language]
        for product, variant in ((each.product.parent_id, each.product.external_id) for each in filled.goods[:12]):
            answer = asked(filled, variant, country, language)
            found = class_of(board.product(product or variant), variant if product else None, told)
            assert {name: told[name] for name in SHARED} == {name: answer[name] for name in SHARED}
            assert {name: found[name] for name in OF_A_CLASS} == {name: answer[name] for name in OF_A_CLASS}
            assert told["details"] == (answer["details"] and {**answer["details"], "language": told["language"]})
            assert told["market"] == {name: answer["market"][name] for name in ("country", "name")}


def asked(filled: Store, product: str, country: str, language: str) -> dict[str, Any]:
    query = {"country": country, "lang": language, "product": product}
    answer = filled.client.get(f"/storefront/v1/{filled.shop.key}/policy", query_string=query)
    said: dict[str, Any] = json.loads(answer.data)
    return said
