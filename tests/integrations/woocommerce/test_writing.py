"""What is written to a shop goes once, by the way of presenting keys that is let in, and says why where none is."""

from __future__ import annotations

import json

import pytest

from integrations.guarded_http import open_session
from integrations.platforms.woocommerce.reader import ShopReader
from plugin.domain.connection_faults import KeysCannotWrite, KeysRefused, ShopUnavailable
from tests.integrations.woocommerce.proving import credentials
from tests.support.woocommerce_auth import Reply
from tests.support.woocommerce_shop import WooCommerceShop

WANTED = {"name": "Ärger & more", "topic": "order.updated", "delivery_url": "https://a.example/h", "secret": "s3"}


def no_sleep(_: float) -> None:
    raise AssertionError("a write is not tried again")


@pytest.fixture
def reader(shop: WooCommerceShop) -> ShopReader:
    shop.keys.scope = "read_write"
    return ShopReader(shop.address, credentials(shop), open_session(allows_private=True), no_sleep)


def test_a_write_arrives_signed_with_its_json(reader: ShopReader) -> None:
    made = json.loads(reader.send("POST", "webhooks", WANTED).body)
    changed = json.loads(reader.send("PUT", f"webhooks/{made['id']}", {"status": "paused"}).body)
    assert (made["name"], made["status"], made["topic"]) == (WANTED["name"], "active", "order.updated")
    assert (changed["id"], changed["status"]) == (made["id"], "paused")


def test_keys_for_reading_are_told_from_wrong_ones(shop: WooCommerceShop, reader: ShopReader) -> None:
    shop.keys.scope = "read"
    with pytest.raises(KeysCannotWrite):
        reader.send("POST", "webhooks", WANTED)
    shop.keys.is_revoked = True
    with pytest.raises(KeysRefused):
        reader.send("POST", "webhooks", WANTED)
    assert shop.webhooks == {}


def test_a_write_without_answer_is_not_repeated(shop: WooCommerceShop, reader: ShopReader) -> None:
    shop.misbehave("webhooks", Reply(503, b"busy", content_type="text/plain"))
    with pytest.raises(ShopUnavailable):
        reader.send("POST", "webhooks", WANTED)
    assert len(shop.asked_of("webhooks")) == 1
