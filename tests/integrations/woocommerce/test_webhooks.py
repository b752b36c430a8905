"""A shop is made to send us webhooks, once each, and goes on sending them whatever it did to them meanwhile."""

from __future__ import annotations

import base64
import hmac
import html
import json

import pytest

from integrations.platforms.woocommerce.source import WooCommerceSource
from integrations.platforms.woocommerce.webhooks import TOPICS, WooCommerceWebhooks, signature
from plugin.domain.connection_faults import KeysCannotWrite, ShopUnavailable
from plugin.ports.webhooks import KeptHooks, WantedHooks
from tests.integrations.woocommerce.proving import credentials
from tests.support.woocommerce import PAYLOADS
from tests.support.woocommerce_auth import Reply
from tests.support.woocommerce_shop import WooCommerceShop

WANTED = WantedHooks("https://aftercare.example/webhooks/woocommerce/shopkey", "c0ffee")
FOREIGN = {"id": 7, "name": "ERP", "status": "active", "topic": "order.updated", "delivery_url": "https://erp.example/"}


@pytest.fixture
def webhooks(source: WooCommerceSource, shop: WooCommerceShop) -> WooCommerceWebhooks:
    shop.keys.scope = "read_write"
    return WooCommerceWebhooks(source)


def keep(webhooks: WooCommerceWebhooks, shop: WooCommerceShop, wanted: WantedHooks = WANTED) -> KeptHooks:
    return webhooks.keep(shop.address, credentials(shop), wanted)


def ours(shop: WooCommerceShop) -> dict[str, tuple[str, str, str]]:
    """By topic, every webhook that leads to us."""
    hooks = [hook for hook in shop.webhooks.values() if hook["delivery_url"] != FOREIGN["delivery_url"]]
    assert len(hooks) == len({hook["topic"] for hook in hooks})
    return {hook["topic"]: (hook["delivery_url"], hook["secret"], hook["status"]) for hook in hooks}


ALL = dict.fromkeys(TOPICS, (WANTED.url, WANTED.secret, "active"))


def writes(shop: WooCommerceShop) -> int:
    return sum(asked.method not in {"GET", "OPTIONS"} for asked in shop.asked)


def test_each_topic_gets_one_webhook_and_those_of_others_stay(
    webhooks: WooCommerceWebhooks, shop: WooCommerceShop
) -> None:
    shop.webhooks[7] = dict(FOREIGN)
    kept = keep(webhooks, shop)
    assert [hook.topic for hook in kept.hooks] == list(TOPICS)
    assert all(hook.is_active and hook.id for hook in kept.hooks)
    assert not kept.was_mended
    assert ours(shop) == ALL
    assert shop.webhooks[7] == FOREIGN


def test_doing_it_again_changes_nothing(webhooks: WooCommerceWebhooks, shop: WooCommerceShop) -> None:
    first = keep(webhooks, shop)
    done = writes(shop)
    assert keep(webhooks, shop) == first
    assert writes(shop) == done


@pytest.mark.parametrize("status", ["disabled", "paused"])
def test_one_that_was_switched_off_is_made_anew_so_that_its_failures_are_forgotten(
    webhooks: WooCommerceWebhooks, shop: WooCommerceShop, status: str
) -> None:
    before = keep(webhooks, shop)
    shop.webhooks[2]["status"] = status
    after = keep(webhooks, shop)
    assert after.was_mended
    assert ours(shop) == ALL
    assert 2 not in shop.webhooks
    assert sum(old != new for old, new in zip(before.hooks, after.hooks, strict=True)) == 1


def test_one_that_was_deleted_is_made_anew_and_a_second_one_taken_away(
    webhooks: WooCommerceWebhooks, shop: WooCommerceShop
) -> None:
    keep(webhooks, shop)
    shop.webhooks[99] = {**shop.webhooks[3], "id": 99}
    del shop.webhooks[5]
    assert keep(webhooks, shop).was_mended
    assert ours(shop) == ALL


@pytest.mark.parametrize(
    "wanted",
    [WantedHooks(WANTED.url, "beef"), WantedHooks("https://moved.example/webhooks/woocommerce/shopkey", WANTED.secret)],
)
def test_a_new_secret_or_a_new_address_of_ours_replaces_them_all(
    webhooks: WooCommerceWebhooks, shop: WooCommerceShop, wanted: WantedHooks
) -> None:
    keep(webhooks, shop)
    keep(webhooks, shop, wanted)
    assert ours(shop) == dict.fromkeys(TOPICS, (wanted.url, wanted.secret, "active"))


def test_webhooks_are_found_among_hundreds(webhooks: WooCommerceWebhooks, shop: WooCommerceShop) -> None:
    keep(webhooks, shop)
    shop.webhooks |= {number: {**FOREIGN, "id": number} for number in range(100, 350)}
    done = writes(shop)
    keep(webhooks, shop)
    assert writes(shop) == done


def test_a_shop_that_is_let_go_keeps_none_that_leads_to_us_and_those_of_others(
    webhooks: WooCommerceWebhooks, shop: WooCommerceShop
) -> None:
    keep(webhooks, shop, WantedHooks("https://moved.example/app/webhooks/woocommerce/shopkey", "beef"))
    shop.webhooks[99] = {**shop.webhooks[3], "id": 99, "delivery_url": WANTED.url + "/", "status": "disabled"}
    shop.webhooks[70] = {**FOREIGN, "id": 70}
    shop.webhooks[80] = {**FOREIGN, "id": 80, "delivery_url": "https://aftercare.example/webhooks/woocommerce/another"}
    assert webhooks.remove(shop.address, credentials(shop), "/webhooks/woocommerce/shopkey") == len(TOPICS) + 1
    assert set(shop.webhooks) == {70, 80}
    assert webhooks.remove(shop.address, credentials(shop), "/webhooks/woocommerce/shopkey") == 0


def test_keys_for_reading_make_none_and_it_is_told(webhooks: WooCommerceWebhooks, shop: WooCommerceShop) -> None:
    shop.keys.scope = "read"
    with pytest.raises(KeysCannotWrite):
        keep(webhooks, shop)
    assert shop.webhooks == {}


def test_who_is_interrupted_goes_on_where_it_stood(webhooks: WooCommerceWebhooks, shop: WooCommerceShop) -> None:
    def fail(_: object) -> None:
        if len(shop.webhooks) == 3:
            shop.before = lambda _: None
            shop.misbehave("webhooks", Reply(500, b"<html>", content_type="text/html"))

    shop.before = fail
    with pytest.raises(ShopUnavailable):
        keep(webhooks, shop)
    assert len(ours(shop)) == 3
    keep(webhooks, shop)
    assert ours(shop) == ALL


def test_recorded_signatures_are_ours_of_their_bodies() -> None:
    seen = 0
    for line in (PAYLOADS / "webhooks.jsonl").read_bytes().splitlines():
        recorded = json.loads(line)
        headers = {name.lower(): value for name, value in recorded["headers"]}
        if given := headers.get("x-wc-webhook-signature"):
            body = base64.b64decode(recorded["body_base64"])
            assert hmac.compare_digest(signature(body, html.unescape(recorded["secret"])), given.encode())
            seen += 1
    assert seen == 259
