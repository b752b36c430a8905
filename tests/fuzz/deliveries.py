"""What platforms and carriers deliver, signed after it was damaged, or it would not come past the first door."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from hmac import digest
from random import Random
from typing import Any, Final

from hypothesis import strategies as st

from integrations.carriers.aftership.verify import AfterShipPush
from integrations.carriers.seventeen_track.verify import SeventeenTrackPush
from integrations.platforms import TRANSLATORS, live_platforms
from integrations.platforms.shopify.webhooks import ShopifyWebhooks
from integrations.platforms.shopify.webhooks import signature as shopify_signature
from integrations.platforms.woocommerce.fulfillments import whole
from integrations.platforms.woocommerce.webhooks import signature as woocommerce_signature
from plugin.domain.order import Order, Platform
from plugin.domain.shop_events import OrderSeen
from plugin.domain.tracking.timeline import timeline_of
from plugin.ports.carrier import PushReader
from plugin.ports.errors import Unreadable
from plugin.ports.platform import Message
from plugin.ports.shopify_identity import AppKeys
from plugin.storage.encoded_orders import encode_order
from plugin.usecases.record_subject import changed_at, record_subject
from tests.fuzz.damage import damaged_bytes, drawn, json_bodies, text_like
from tests.fuzz.parser import Parser
from tests.integrations.shopify import samples as shopify
from tests.integrations.shopify.nodes import a_node
from tests.integrations.shopify.signing import (
    CLIENT,
    NOW,
    SECRET,
    SHOP,
)
from tests.support.carriers import aftership, seventeen_track
from tests.support.woocommerce import deliveries, raw_orders, recorded_list, recorded_refunds

Headers = dict[str, str]
_FULFILLMENTS: Final = json.dumps(
    [
        {
            "id": 3,
            "is_fulfilled": True,
            "status": "fulfilled",
            "meta_data": [
                {"id": 1, "key": "_tracking_number", "value": "JJD0001"},
                {"id": 2, "key": "_items", "value": [{"item_id": 9, "qty": 1}]},
                {"id": 3, "key": "_date_fulfilled", "value": "2026-11-02 10:00:00"},
            ],
        }
    ]
).encode()
_TOPICS: Final = (*shopify.TOPICS, "", "orders/x", "order.updated", "action.x", "\x00", "é" * 300)


def _headers(usual: Mapping[str, str]) -> st.SearchStrategy[Headers]:
    """As a WSGI server hands them on: any text of single bytes, some left out."""

    def make(chance: Random) -> Headers:
        told = dict(usual)
        for name in chance.sample(sorted(usual), chance.randrange(3)):
            if chance.random() < 1 / 4:
                del told[name]
            else:
                told[name] = text_like(chance, told[name]).encode("latin-1", "replace").decode("latin-1")
        return told

    return drawn(make)


def shopify_webhooks() -> Parser:
    """Deliveries to the app, signed by Shopify."""
    records = [(topic, json.dumps(shopify.sample(topic)).encode()) for topic in shopify.TOPICS]
    usual = {
        "topic": "orders/updated",
        "shop-domain": SHOP.name,
        "api-version": "2026-10",
        "webhook-id": "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
        "event-id": "98880550-7158-44d4-b7cd-2c97c8a091b5",
        "triggered-at": "2026-11-22T12:00:00.123456789Z",
    }
    named = {f"x-shopify-{name}": value for name, value in usual.items()}
    webhooks = ShopifyWebhooks(AppKeys(CLIENT, SECRET))
    told = [(topic, json_bodies([json.loads(body)])) for topic, body in records]
    bodies = st.sampled_from(told).flatmap(lambda one: st.tuples(st.sampled_from([one[0], *_TOPICS]), one[1]))

    def parse(given: tuple[Headers, tuple[str, bytes]]) -> None:
        headers, (topic, body) = given
        signature = shopify_signature(body, SECRET).decode()
        signed = {**headers, "x-shopify-hmac-sha256": signature}
        delivered = webhooks.delivery({**signed, "x-shopify-topic": topic}, body)
        webhooks.delivery({**signed, "x-shopify-hmac-sha256": headers.get("x-shopify-topic", "")}, body)
        if delivered is not None:
            _translated(Platform.SHOPIFY, delivered.delivery.message)

    return Parser(st.tuples(_headers(named), bodies), parse, (), [(named, record) for record in records])


def woocommerce_webhooks() -> Parser:
    """Deliveries of a shop, signed with its secret."""
    webhooks = live_platforms(allows_private=False).webhooks[Platform.WOOCOMMERCE]
    by_topic = {one.topic: json.loads(one.body) for one in deliveries() if one.body.startswith(b"{")}
    told = [*by_topic.items(), ("", json.loads(whole(205, _FULFILLMENTS)))]
    bodies = st.sampled_from(told).flatmap(
        lambda one: st.tuples(st.sampled_from([one[0], *_TOPICS]), json_bodies([one[1]]))
    )
    bodies |= st.tuples(st.just(""), damaged_bytes([b"webhook_id=12"]))
    usual = {
        "x-wc-webhook-source": "https://shop.example/",
        "x-wc-webhook-id": "12",
        "content-type": "application/json",
    }

    def parse(given: tuple[Headers, tuple[str, bytes]]) -> None:
        headers, (topic, body) = given
        headers = {**headers, "x-wc-webhook-topic": topic.encode("latin-1", "replace").decode("latin-1")}
        webhooks.is_ping(headers, body)
        signed = {**headers, "x-wc-webhook-signature": woocommerce_signature(body, "c0ffee").decode()}
        webhooks.delivery({**headers, "x-wc-webhook-signature": topic}, body, "c0ffee")
        delivered = webhooks.delivery(signed, body, "c0ffee")
        assert delivered
        _translated(Platform.WOOCOMMERCE, delivered.message)

    whole_ones = [(usual, (topic, json.dumps(body).encode())) for topic, body in told]
    return Parser(st.tuples(_headers(usual), bodies), parse, (), whole_ones)


def imported_records() -> Parser:
    """Records without a topic: what an import, a poll or a reading of everything finds."""
    of_shopify = [a_node(), {"data": {"return": {"order": a_node()}}}, *shopify.recorded_orders()[:6]]
    of_woocommerce = [
        *(json.loads(body) for body in raw_orders()[::40]),
        *(refund for refunds in list(recorded_refunds().values())[::30] for refund in refunds),
        *recorded_list("products.json")[::40],
    ]
    given = st.tuples(st.just(Platform.SHOPIFY), json_bodies(of_shopify)) | st.tuples(
        st.just(Platform.WOOCOMMERCE), json_bodies(of_woocommerce)
    )
    whole = [
        (Platform.SHOPIFY, json.dumps(of_shopify[0]).encode()),
        (Platform.SHOPIFY, b"{"),
        (Platform.WOOCOMMERCE, raw_orders()[0]),
    ]
    return Parser(given, lambda one: _translated(one[0], Message("", one[1], {})), (), whole)


def _translated(platform: Platform, message: Message) -> None:
    """Translated and made ready to be kept; or parked, for which somebody wants to know what it is about."""
    try:
        events = TRANSLATORS[platform].translate(message)
    except Unreadable:
        record_subject(message.topic, message.body)
        changed_at(message.body)
        return
    for event in events:
        if isinstance(event, OrderSeen):
            _keep(event.order)


def _keep(order: Order) -> None:
    """As the database takes it: text, and no NUL in it."""
    assert b"\\u0000" not in encode_order(order).facts


def carrier_pushes() -> Parser:
    """What carriers' services push, signed by them."""
    event = {"event": "tracking_update", "msg": aftership.DELIVERED}
    readers: Sequence[tuple[PushReader, st.SearchStrategy[bytes], Callable[[bytes], Headers]]] = (
        (
            SeventeenTrackPush("a-key"),
            json_bodies([{"event": "TRACKING_UPDATED", "data": seventeen_track.DELIVERED}]),
            lambda body: {"sign": sha256(body + b"/a-key").hexdigest()},
        ),
        (
            AfterShipPush("a-key"),
            json_bodies([event, {**event, "event": "edd_revise"}]),
            lambda body: {"AfterShip-Hmac-Sha256": b64encode(digest(b"a-key", body, "sha256")).decode()},
        ),
    )
    given = st.sampled_from(readers).flatmap(
        lambda one: st.tuples(st.just(one), one[1], _headers({"sign": "0" * 64, "aftership-hmac-sha256": "AAAA="}))
    )

    def parse(one: Any) -> None:  # noqa: ANN401 - as given
        (reader, _, sign), body, headers = one
        reader.is_genuine(headers, body)
        assert reader.is_genuine(sign(body), body)
        for told in reader.read(body, NOW):
            timeline_of(told.reports, told.origin, told.destination)

    return Parser(given, parse, (Unreadable,))


PARSERS: Final[Mapping[str, Callable[[], Parser]]] = {
    "webhooks of shopify": shopify_webhooks,
    "webhooks of woocommerce": woocommerce_webhooks,
    "imported records": imported_records,
    "carrier pushes": carrier_pushes,
}
