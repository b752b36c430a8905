"""What stands in front of Flask answers without a route: each such layer is known here, and tried as routes are.

The matrices made from the route table do not see it. A new layer fails until it is named with what tries it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus

import pytest
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import Rule

from plugin.web.request_id import Identified
from plugin.web.shop_proxy import PATH, ShopProxy
from plugin.web.storefront.ready import ReadyAnswers
from plugin.web.webhooks.receiver import Receiver
from tests.integrations.shopify.signing import proxied, proxy_query
from tests.support.admin import Installation
from tests.support.repository import ROOT
from tests.web.security.test_isolation import ATTEMPTS, PUBLIC, REFUSED, Asked, filled, outside
from tests.web.security.world import THEIRS, World

PAPERS = 60
"""Documents that one address may ask for in a minute."""


@dataclass(frozen=True)
class Tried:
    """By which tests; where there is nothing to try, why."""

    another_shop: str
    wrong_signature: str
    over_its_limits: str


HERE, HOOKS = "tests/web/security/test_layers.py", "tests/web/webhooks/test_woocommerce.py"
BELIEVED = "tests/web/test_proxies.py::test_only_proxies_that_were_announced_are_believed"
NAMED = "tests/web/test_request_ids.py::test_a_proxy_names_the_request_only_where_one_was_announced_and_only_by_an_id"
BOUNDED = (
    "tests/web/storefront/test_prepared.py::test_the_oldest_answer_leaves_first_and_the_cache_never_grows_past_its_size"
)
NOTHING = "answers nothing itself"
LAYERS: Mapping[type, Tried] = {
    ProxyFix: Tried(NOTHING, BELIEVED, NOTHING),
    Identified: Tried(NOTHING, NAMED, NOTHING),
    ReadyAnswers: Tried(
        f"{HERE}::test_what_is_ready_of_one_shop_is_never_anothers", "what every visitor may read", BOUNDED
    ),
    Receiver: Tried(
        "tests/web/security/test_isolation.py::test_no_route_gives_or_changes_what_is_anothers",
        f"{HOOKS}::test_what_the_shop_has_not_signed_is_refused_and_not_kept",
        f"{HOOKS}::test_an_address_of_no_shop_is_not_found_and_a_large_body_is_not_read",
    ),
    ShopProxy: Tried(
        f"{HERE}::test_through_one_shops_own_address_nothing_of_anothers_is_reached",
        f"{HERE}::test_nothing_is_reached_through_a_shops_own_address_that_shopify_did_not_sign",
        f"{HERE}::test_visitors_of_a_shops_own_address_are_counted_one_by_one",
    ),
}


def in_front_of(app: Flask) -> Iterator[object]:
    """What a request comes by before Flask, from outside in."""
    layer: object = app.wsgi_app
    while getattr(layer, "__self__", None) is not app:
        yield layer
        inner = {value for name, value in vars(layer).items() if name in {"app", "_app"}}
        assert len(inner) == 1, f"what is behind {layer!r}?"
        (layer,) = inner


def test_whatever_answers_in_front_of_flask_is_tried(installation: Installation) -> None:
    assert {type(layer) for layer in in_front_of(installation.app)} == set(LAYERS)
    assert type(installation.app).__call__ is Flask.__call__, "which is a layer too, and seen by nobody"
    for tried in LAYERS.values():
        for path, _, name in (said.partition("::") for said in vars(tried).values() if said.startswith("tests/")):
            assert re.search(rf"^def {name}\(", (ROOT / path).read_text("utf-8"), re.MULTILINE), f"{path}::{name}"


Query = Callable[[World], str]


def signed(world: World) -> str:
    """What Shopify adds for our shop."""
    return proxy_query(proxied(world.installation.clock.now(), logged_in_customer_id=""))


def by_somebody_else(world: World) -> str:
    """The same, signed with a secret that is not Shopify's."""
    return proxy_query(proxied(world.installation.clock.now(), logged_in_customer_id=""), "guessed")


def through(world: World, rule: Rule, parts: Mapping[str, str], asked: Asked, query: Query) -> list[tuple[int, str]]:
    """What each method of a route answers when it is asked through our shop's own address."""
    client, path = world.installation.app.test_client(), f"{PATH}{filled(rule, parts)}?{query(world)}"
    data = asked.body if asked.body is not None else dict(asked.form or {})
    methods = (rule.methods or set()) - {"OPTIONS", "HEAD"}
    answers = [client.open(path, method=each, headers=asked.headers, data=data) for each in methods]
    return [(answer.status_code, answer.text) for answer in answers]


def shops_pages(world: World) -> Iterator[tuple[Rule, Asked]]:
    """Every route below a shop's key, with what their people hold."""
    for rule in outside(world.installation):
        if rule.rule.startswith("/s/<shop_key>"):
            parts = dict.fromkeys(rule.arguments, "1")
            asked = ATTEMPTS[rule.endpoint](world.ours, world.theirs) if rule.endpoint in ATTEMPTS else Asked()
            yield rule, Asked(parts | dict(asked.parts), asked.query, asked.headers, asked.form, None, asked.body)


@pytest.fixture(autouse=True)
def without_form_tokens(installation: Installation) -> None:
    """Let attempts come further than `test_forms.py` shows that another site's would."""
    installation.app.config["WTF_CSRF_ENABLED"] = False


def test_through_one_shops_own_address_nothing_of_anothers_is_reached(world: World) -> None:
    before, tried = world.theirs.rows(), 0
    for rule, asked in shops_pages(world):
        for key in (world.theirs.shop.key, world.theirs.at_shopify.key):
            answers = through(world, rule, asked.parts | {"shop_key": key}, asked, signed)
            assert {status for status, _ in answers} <= {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}, rule
        tried += 1
        if rule.endpoint in PUBLIC:
            continue
        answers = through(world, rule, asked.parts | {"shop_key": world.ours.at_shopify.key}, asked, signed)
        instead = ATTEMPTS[rule.endpoint](world.ours, world.theirs).instead
        leads_on = {HTTPStatus.OK} if instead is HTTPStatus.SEE_OTHER else set()  # by a page: nobody follows redirects
        held = REFUSED | {instead, HTTPStatus.METHOD_NOT_ALLOWED} | leads_on
        assert {status for status, _ in answers} <= held, rule
        assert not any(THEIRS in text.replace(f'value="{THEIRS}', "") for _, text in answers), rule
    assert tried > 50
    assert world.theirs.rows() == before


def test_nothing_is_reached_through_a_shops_own_address_that_shopify_did_not_sign(world: World) -> None:
    for rule, asked in shops_pages(world):
        parts = asked.parts | {"shop_key": world.ours.at_shopify.key}
        answers = through(world, rule, parts, asked, by_somebody_else)
        assert {status for status, _ in answers} <= {HTTPStatus.UNAUTHORIZED}, rule


def test_visitors_of_a_shops_own_address_are_counted_one_by_one(world: World) -> None:
    client = world.installation.app.test_client()
    path = f"{PATH}/s/{world.ours.at_shopify.key}/documents/certificates/none?{signed(world)}"

    def ask(said: str) -> int:
        return client.get(path, headers={"X-Forwarded-For": said}).status_code

    assert {ask("8.8.4.4") for _ in range(PAPERS)} == {HTTPStatus.NOT_FOUND}
    assert ask("8.8.4.4") == HTTPStatus.TOO_MANY_REQUESTS
    assert ask("1.1.1.1, 8.8.4.4") == HTTPStatus.TOO_MANY_REQUESTS, "whatever the visitor wrote there first"
    assert ask("8.8.8.8") == HTTPStatus.NOT_FOUND


def test_what_is_ready_of_one_shop_is_never_anothers(world: World) -> None:
    client = world.installation.app.test_client()
    ours, theirs = (f"/storefront/v1/{side.shop.key}/policy" for side in (world.ours, world.theirs))
    query = "?country=DE&lang=en"

    def ask(path: str, method: str = "GET", **headers: str) -> bytes:
        return client.open(path, method=method, headers=headers).data

    first = [ask(each + query) for each in (ours, theirs)]
    assert [ask(each + query) for each in (ours, theirs)] == first
    assert world.theirs.shop.key.encode() not in first[0] != first[1]
    for path in (f"{ours}/../{world.theirs.shop.key}/policy", f"{ours}{query}&shop={world.theirs.shop.key}"):
        assert ask(path, **{"X-Shop": world.theirs.shop.key}) != first[1]
