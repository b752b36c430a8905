"""The whole way: the shop's data, the API, the server-rendered words, and the elements in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread

import pytest
from flask import render_template_string
from flask.testing import FlaskClient
from playwright.sync_api import Page
from werkzeug.serving import make_server

from plugin.domain.clocks.engine import Law
from plugin.domain.shop import Shop
from plugin.domain.stored import StoredOrder
from plugin.i18n import catalogue
from plugin.ports.deps import Deps
from plugin.usecases.quote_entitlements import quote_entitlements
from plugin.usecases.quote_policy import quote_policy
from plugin.web.headers import secure
from plugin.web.storefront.answers import entitlements_answer, policy_answer
from plugin.web.storefront.details import withdrawal_link
from plugin.web.storefront.order_token import issue
from tests.build import MERCHANT, NOW
from tests.support.browser import violations
from tests.support.embedded import TAGS, WATCH_SHIFTS, layout_shift, wait_for_answer, words

pytestmark = pytest.mark.browser

PAGE = """{% import "storefront/widgets.html" as widgets with context %}<!doctype html>
<html lang="{{ policy.language }}" dir="{{ policy.direction }}"><head><meta charset="utf-8"><title>A store</title>
<meta name="viewport" content="width=device-width, initial-scale=1">{{ widgets.assets() }}</head>
<body><main><h1>Shop</h1>
{{ widgets.banner(policy, shop.key) }}{{ widgets.badge(policy, shop.key) }}
{{ widgets.window_panel(order, shop.key, token) }}{{ widgets.trust_section(policy, shop.key) }}
{{ widgets.withdrawal(policy, shop.key, token) }}</main></body></html>"""


@pytest.fixture
def address(client: FlaskClient, deps: Deps, shop: Shop, order: StoredOrder, law: Law) -> Iterator[str]:
    app = client.application
    app.add_url_rule("/static/<path:filename>", endpoint="static", build_only=True)
    secure(app, is_https=False)

    @app.get("/store/<language>")
    def store(language: str) -> str:
        named = catalogue(language)
        market = quote_policy(shop.key, None, directory=deps.directory, units=deps.units, now=NOW)
        quote = quote_entitlements(order.id, merchant=MERCHANT, units=deps.units, law=law, now=deps.clock.now())
        return render_template_string(
            PAGE,
            shop=shop,
            policy=policy_answer(market, law, named, withdrawal=withdrawal_link(shop, market.country, law, named)),
            order=entitlements_answer(quote, law, named, NOW),
            token=issue(deps.secrets, shop.id, order.id),
        )

    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["de", "ar", "zh-Hans"])
def test_page_api_and_elements_say_one_thing(page: Page, address: str, language: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 4000})
    page.add_init_script(f"({WATCH_SHIFTS})()")
    page.goto(f"{address}/store/{language}")
    for tag in TAGS:
        wait_for_answer(page, tag)
        assert words(page, tag, light=False) == words(page, tag, light=True)
    assert layout_shift(page) == 0
    assert violations(page) == []
