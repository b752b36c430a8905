"""Deliveries as Shopify makes them: one address for all shops, verified by raw bytes, kept before they are answered."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

import pytest

from plugin.domain.effects import RereadOrder
from plugin.domain.shop import Shop
from plugin.web.deps import provide
from tests.integrations.shopify.samples import TOPICS, sample
from tests.integrations.shopify.signing import PREVIOUS, STRANGE
from tests.support.admin import Installation
from tests.support.shopify_live import PATH, ShopifyLive, at_shopify

ORDER = "orders/updated"


@pytest.fixture
def live(installation: Installation) -> ShopifyLive:
    return at_shopify(installation)


@pytest.fixture
def shop(live: ShopifyLive) -> Shop:
    return live.take_in()


@pytest.fixture
def resting(live: ShopifyLive, shop: Shop) -> None:
    live.rest(shop)


def test_every_official_sample_is_kept_and_answered(live: ShopifyLive, shop: Shop) -> None:
    assert len(TOPICS) == 38
    answers = {live.deliver(topic, sample(topic)).status_code for topic in TOPICS}
    assert answers == {HTTPStatus.OK}
    kept = live.waiting()
    assert sorted(message.topic for message in kept) == TOPICS
    assert {message.shop for message in kept} == {shop.id}
    told = dict(next(message for message in kept if message.topic == ORDER).headers)
    assert told["x-shopify-triggered-at"] == live.installation.clock.now().isoformat()


def test_what_shopify_has_not_signed_is_refused_and_not_kept(live: ShopifyLive, shop: Shop) -> None:
    assert shop.address
    answers = [
        live.post(b"{}"),
        live.post(b"{}", topic="shop/redact", shop_domain=shop.address),
        *(live.deliver(topic, {}, STRANGE) for topic in ("customers/data_request", "customers/redact", "shop/redact")),
        *(live.deliver(ORDER, sample(ORDER), hmac_sha256=signature) for signature in ("", "AAAA", "ä")),
    ]
    assert {answer.status_code for answer in answers} == {HTTPStatus.UNAUTHORIZED}
    assert live.waiting() == []


def test_a_byte_more_breaks_the_signature_and_nothing_is_read_before_it_is_verified(
    live: ShopifyLive, shop: Shop
) -> None:
    assert live.deliver(ORDER, b"\x00{not json").status_code == HTTPStatus.OK
    (kept,) = live.waiting()
    assert (kept.body, kept.shop) == (b"\x00{not json", shop.id)
    told = dict(kept.headers)
    tampered = live.post(b"\x00{not json ", topic=ORDER, shop_domain=told["x-shopify-shop-domain"], hmac_sha256="AAAA")
    assert tampered.status_code == HTTPStatus.UNAUTHORIZED


@pytest.mark.usefixtures("shop")
def test_the_secret_before_the_last_rotation_still_signs(live: ShopifyLive) -> None:
    assert live.deliver(ORDER, sample(ORDER), PREVIOUS).status_code == HTTPStatus.OK
    assert len(live.waiting()) == 1


@pytest.mark.usefixtures("shop")
def test_a_delivery_that_comes_again_is_kept_once(live: ShopifyLive) -> None:
    for _ in range(3):
        live.deliver(ORDER, sample(ORDER), webhook_id="the-same")
    assert len(live.waiting()) == 1


@pytest.mark.usefixtures("shop")
def test_one_event_that_several_subscriptions_tell_is_kept_once_for_each_topic(live: ShopifyLive) -> None:
    for topic in (ORDER, ORDER, "orders/paid"):
        assert live.deliver(topic, sample(ORDER), event_id="the-same").status_code == HTTPStatus.OK
    assert sorted(message.topic for message in live.waiting()) == ["orders/paid", ORDER]


@pytest.mark.usefixtures("shop")
def test_one_action_on_many_orders_is_kept_for_each_of_them(live: ShopifyLive) -> None:
    for number in range(3):
        live.deliver(ORDER, {"id": number}, event_id="the-same")
    assert len(live.waiting()) == 3


@pytest.mark.usefixtures("shop")
def test_deliveries_without_an_event_id_are_all_kept(live: ShopifyLive) -> None:
    for _ in range(2):
        live.deliver("returns/process", {}, event_id="")
    assert len(live.waiting()) == 2


@pytest.mark.parametrize("topic", [ORDER, "app/uninstalled", "customers/redact", "shop/redact"])
def test_a_shop_nobody_knows_is_answered_and_nothing_is_kept(live: ShopifyLive, topic: str) -> None:
    assert live.deliver(topic, sample(topic)).status_code == HTTPStatus.OK
    assert live.waiting() == []


@pytest.mark.usefixtures("shop")
def test_there_is_one_address_and_none_where_no_app_is(live: ShopifyLive) -> None:
    assert live.post(b"{}", f"{PATH}/more").status_code == HTTPStatus.NOT_FOUND
    at = live.installation
    provide(at.app, replace(at.deps, shopify=None))
    assert live.deliver(ORDER, sample(ORDER)).status_code == HTTPStatus.NOT_FOUND


def test_applying_every_official_sample_parks_nothing(live: ShopifyLive, shop: Shop) -> None:
    for topic in sorted(TOPICS, key=lambda each: each == "app/uninstalled"):  # which ends the readings
        live.deliver(topic, sample(topic))
    tally = live.drain()
    assert sum(tally.values()) == len(TOPICS)
    assert tally["reread"]
    assert live.parked(shop) == []


@pytest.mark.usefixtures("resting")
def test_an_older_state_that_comes_late_changes_nothing(live: ShopifyLive, shop: Shop) -> None:
    newer = {**sample(ORDER), "note": "newer"}
    older = {**sample(ORDER), "note": "older", "updated_at": "2021-12-31T00:00:00-05:00"}
    live.deliver(ORDER, newer)
    live.deliver("orders/create", older)
    assert live.drain() == {"stored": 1, "outdated": 1}
    with live.installation.deps.units.read(shop.merchant) as unit:
        (stored,) = unit.orders.batch(shop.id, None, 10)
    assert stored.order.shopper.note == "newer"


@pytest.mark.usefixtures("resting")
def test_a_body_that_is_only_a_difference_has_the_order_read_again(live: ShopifyLive, shop: Shop) -> None:
    live.deliver("orders/edited", sample("orders/edited"))
    assert live.drain() == {"reread": 1}
    order = str(sample("orders/edited")["order_edit"]["order_id"])
    assert live.installation.jobs.waiting == [RereadOrder(shop.merchant, shop.id, order)]
