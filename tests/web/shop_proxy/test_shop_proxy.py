"""A shop's own address for its shoppers' pages: signed by Shopify, the same pages, and nothing that leads away."""

from __future__ import annotations

import re
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urlencode

import pytest
from flask import request

from plugin.domain.ids import OrderId
from plugin.domain.stored import StoredOrder
from plugin.i18n import catalogue
from plugin.web.shop_proxy import PATH
from tests.build import NOW, an_order
from tests.integrations.shopify.signing import PREVIOUS, SHOP, STRANGE, proxied, proxy_query
from tests.support.admin import Installation
from tests.support.nonces import without_nonces
from tests.support.shopify_live import at_shopify
from tests.support.shopify_store import GUEST, PREFIX, ShopifyStore

TYPED = {"name": "Ida Holm", "reference": "1001", "reply_to": "ida@example.com"}


def test_the_page_is_the_hosted_one_with_links_under_the_shops_own_address(store: ShopifyStore) -> None:
    page = store.get("", "country=DE&lang=de")
    assert page.status_code == HTTPStatus.OK
    assert page.mimetype == "text/html"
    own = f"{PREFIX}/s/{store.shop.key}"
    assert f'href="{own}/withdraw?lang=de&amp;country=DE"' in page.text
    assert f'href="{own}/claim?lang=de"' in page.text
    assert f'href="{PREFIX}/static/aftersales/aftersales.css"' in page.text
    read_at_the_source = re.sub(r'<a [^>]*rel="noreferrer">', "", page.text)
    followed = re.findall(r'<(?:a|form|script|img)\b[^>]*?(?:href|action|src)="([^"#]+)', read_at_the_source)
    assert len(followed) > 20
    assert {
        link for link in followed if not link.startswith((f"{PREFIX}/", "mailto:", "tel:", "http://data.europa.eu"))
    } == set()
    hosted = f"http://localhost:8000/s/{store.shop.key}"
    assert f'<link rel="canonical" href="{hosted}/de/DE">' in page.text
    assert store.hand_on("GET", "/static/aftersales/aftersales.css").mimetype == "text/css"


def test_before_a_policy_is_published_the_bare_address_leads_to_both_functions(installation: Installation) -> None:
    store = ShopifyStore(installation, at_shopify(installation).take_in())
    own = f"{PREFIX}/s/{store.shop.key}"
    assert f'href="{own}/withdraw' not in store.get("", "lang=de").text
    with installation.deps.units(store.shop.merchant) as unit:
        unit.shops.switch_withdrawal(store.shop.id, NOW)
        unit.commit()
    page = store.get("", "lang=de")
    assert page.status_code == HTTPStatus.NOT_FOUND
    ways = re.findall(r'<a class="(\w+)" href="([^"]+)">([^<]+)</a>', page.text)
    assert ways == [
        ("official", f"{own}/withdraw?lang=de", "Vertrag widerrufen"),
        ("start", f"{own}/claim?lang=de", catalogue("de").text("claim.find.heading")),
    ]
    for _, where, _ in ways:
        path, _, query = where.removeprefix(PREFIX).partition("?")
        assert store.get(path, query).status_code == HTTPStatus.OK


def test_the_policy_document_is_there_for_programs(store: ShopifyStore) -> None:
    answer = store.hand_on("GET", "/policy.json", "country=DE")
    assert answer.status_code == HTTPStatus.OK
    assert answer.mimetype == "application/json"
    assert answer.get_json()["countries"][0]["country"] == "DE"


def test_a_guest_withdraws_in_two_steps_and_reads_the_receipt(store: ShopifyStore) -> None:
    first = store.get("/withdraw", "lang=en&country=DE")
    second = store.post("/withdraw", **store.hidden(first), **TYPED)
    assert "Confirm withdrawal" in second.text
    form = store.hidden(second)
    receipt = store.post("/withdraw/confirm", **form)
    assert "We have received your withdrawal" in receipt.text
    assert without_nonces(store.post("/withdraw/confirm", **form).text) == without_nonces(receipt.text)
    with store.installation.deps.units.read(store.shop.merchant) as unit:
        (declared,) = unit.declarations.waiting(None, 10)
    assert declared.shop == store.shop.id
    assert declared.statement
    assert declared.statement.reply_to == "ida@example.com"


def test_a_number_that_is_not_there_is_answered_like_one_that_is(store: ShopifyStore) -> None:
    with store.installation.deps.units(store.shop.merchant) as unit:
        unit.orders.save([StoredOrder(OrderId("o1"), store.shop.id, an_order("1001"), None)])
        unit.commit()
    told = []
    for reference in ("1001", "9999"):
        second = store.post("/withdraw", lang="en", country="DE", **TYPED | {"reference": reference})
        receipt = store.post("/withdraw/confirm", **store.hidden(second))
        told.append(re.sub(r"\d|[A-Z]-[0-9A-Z-]+", "", without_nonces(receipt.text).replace(reference, "")))
    assert told[0].split("<dl")[0] == told[1].split("<dl")[0]
    wrong = [store.post("/claim", number=number, email="who@example.com") for number in ("1001", "9999")]
    assert [page.status_code for page in wrong] == [HTTPStatus.NOT_FOUND] * 2
    assert wrong[0].text.replace("1001", "") == wrong[1].text.replace("9999", "")


def test_a_claim_begins_with_the_account_and_goes_on_under_the_shops_address(store: ShopifyStore) -> None:
    with store.installation.deps.units(store.shop.merchant) as unit:
        unit.orders.save([StoredOrder(OrderId("o1"), store.shop.id, an_order("1001"), None)])
        unit.commit()
    page = store.get("/claim", "lang=en").text
    assert page.index('href="/account"') < page.index('id="number"')
    assert "/account" not in store.installation.app.test_client().get(f"/s/{store.shop.key}/claim").text
    lines = store.post("/claim", number="1001", email="ida@example.com")
    assert lines.status_code == HTTPStatus.OK
    actions = re.findall(r'action="([^"]+)"', lines.text)
    assert actions
    assert [action for action in actions if not action.startswith(f"{PREFIX}/s/{store.shop.key}/claim/")] == []


def test_a_guest_follows_a_parcel_under_the_shops_address_from_a_form_of_the_theme(store: ShopifyStore) -> None:
    with store.installation.deps.units(store.shop.merchant) as unit:
        unit.orders.save([StoredOrder(OrderId("o1"), store.shop.id, an_order("1001"), None)])
        unit.commit()
    assert f'action="{PREFIX}/s/{store.shop.key}/tracking' in store.get("/tracking", "lang=en").text
    page = store.post("/tracking", lang="en", number="1001", email="ida@example.com")
    assert page.status_code == HTTPStatus.OK
    assert catalogue("en").text("tracking.state.not_sent") in page.text
    wrong = [store.post("/tracking", number=number, email="who@example.com") for number in ("1001", "9999")]
    assert [each.status_code for each in wrong] == [HTTPStatus.NOT_FOUND] * 2
    assert wrong[0].text.replace("1001", "") == wrong[1].text.replace("9999", "")


def test_whoever_is_signed_in_is_let_into_nothing_by_that(store: ShopifyStore) -> None:
    guest = store.get("/claim", "lang=en").text
    store.customer = "7"
    assert store.get("/claim", "lang=en").text == guest


@pytest.mark.parametrize("prefix", ["/apps/aftersales", "/a/returns", "/tools/help_1", "/community/x"])
def test_a_merchant_may_choose_the_path(store: ShopifyStore, prefix: str) -> None:
    store.prefix = prefix
    assert f'action="{prefix}/s/{store.shop.key}/withdraw"' in store.get("/withdraw").text


@pytest.mark.parametrize("prefix", ["", "/", "//evil.example", "/apps/a/../../x", "/apps/<b>", "/admin/x", "/apps/x y"])
def test_a_path_that_is_none_of_shopifys_is_refused(store: ShopifyStore, prefix: str) -> None:
    store.prefix = prefix
    assert store.hand_on("GET", "/withdraw").status_code == HTTPStatus.UNAUTHORIZED


def hostile(store: ShopifyStore) -> dict[str, str]:
    """Query strings that Shopify never signed, or not for this."""
    now = store.installation.clock.now()
    good = proxied(now, logged_in_customer_id="")
    return {
        "unsigned": urlencode(good),
        "by a stranger": proxy_query(good, STRANGE),
        "too old": proxy_query(proxied(now - timedelta(seconds=91))),
        "from the future": proxy_query(proxied(now + timedelta(seconds=91))),
        "two customers": proxy_query([("logged_in_customer_id", "1"), *good]),
        "two shops": proxy_query([("shop", SHOP.name), *good]),
        "changed afterwards": f"{proxy_query(good)}&lang=de",
        "of the install page": proxy_query(good).replace("signature=", "hmac="),
        "no shop of Shopify's": proxy_query(proxied(now, shop="evil.example")),
        "nothing": "",
    }


@pytest.mark.parametrize("case", [
    "unsigned", "by a stranger", "too old", "from the future", "two customers", "two shops", "changed afterwards",
    "of the install page", "no shop of Shopify's", "nothing",
])  # fmt: skip
def test_what_shopify_did_not_sign_is_refused(store: ShopifyStore, case: str) -> None:
    client = store.installation.app.test_client()
    for method in ("GET", "POST"):
        answer = client.open(f"{PATH}/withdraw?{hostile(store)[case]}", method=method, data=TYPED)
        assert answer.status_code == HTTPStatus.UNAUTHORIZED
        assert answer.text == "Unauthorized\n"


def test_the_previous_secret_is_good_as_well(store: ShopifyStore) -> None:
    assert store.hand_on("GET", "/withdraw", secret=PREVIOUS).status_code == HTTPStatus.OK


@pytest.mark.parametrize("path", [
    "/s/key-Nordkap/withdraw", "/s/key-Nordkap", "/s/", "/admin/", "/../admin/", "/webhooks/shopify", "/healthz", "/s",
])  # fmt: skip
def test_no_other_shop_and_nothing_else_is_reached(store: ShopifyStore, path: str) -> None:
    assert store.hand_on("GET", path).status_code == HTTPStatus.NOT_FOUND


def test_a_shop_that_is_not_here_and_other_methods_are_refused(store: ShopifyStore) -> None:
    elsewhere = proxy_query(proxied(store.installation.clock.now(), shop="another.myshopify.com"))
    client = store.installation.app.test_client()
    assert client.get(f"{PATH}/withdraw?{elsewhere}").status_code == HTTPStatus.NOT_FOUND
    assert store.hand_on("DELETE", "/withdraw").status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_what_is_typed_is_text_and_never_a_template(store: ShopifyStore) -> None:
    typed = TYPED | {"name": "{{ shop.secret }} <script>alert(1)</script>", "reply_to": "no address"}
    page = store.post("/withdraw", lang="en", **typed)
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "{{ shop.secret }} &lt;script&gt;" in page.text
    assert "<script>alert" not in page.text


def test_answers_name_no_cookie_nothing_of_the_shops_own_transport_and_no_way_out(store: ShopifyStore) -> None:
    app = store.installation.app
    said = {
        "leave": (302, {"Location": "https://evil.example/"}),
        "up": (302, {"Location": "/admin/"}),
        "told": (200, {"Set-Cookie": "a=b", "Strict-Transport-Security": "x"}),
    }
    app.add_url_rule("/s/<key>/<what>", "said", lambda key, what: (key, *said[what]))
    assert [store.hand_on("GET", path).status_code for path in ("/leave", "/up")] == [HTTPStatus.NOT_FOUND] * 2
    told = store.hand_on("GET", "/told")
    assert {"Set-Cookie", "Strict-Transport-Security"} & set(told.headers.keys()) == set()
    assert "Location" not in store.hand_on("GET", "").headers


def test_a_page_sees_the_visitor_and_nothing_that_shopify_added(store: ShopifyStore) -> None:
    def seen(key: str) -> dict[str, object]:
        return {"key": key, "who": request.remote_addr, "args": dict(request.args), "cookies": dict(request.cookies)}

    store.installation.app.add_url_rule("/s/<key>/seen", view_func=seen)
    told = {"X-Forwarded-For": f"6.6.6.6, {GUEST}", "Cookie": "a=b"}
    answer = store.hand_on("GET", "/seen", "q=a+b&lang=de", headers=told)
    assert answer.get_json() == {"key": store.shop.key, "who": GUEST, "args": {"q": "a b", "lang": "de"}, "cookies": {}}


def test_an_installation_that_is_no_app_has_no_such_address(installation: Installation) -> None:
    assert installation.app.test_client().get(f"{PATH}/withdraw").status_code == HTTPStatus.NOT_FOUND
