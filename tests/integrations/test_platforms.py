"""Every registered platform keeps the translator's contract, on what was recorded of it and on anything else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.platforms import TRANSLATORS
from plugin.domain.order import Platform
from plugin.domain.shop_events import OrderSeen
from plugin.ports.platform import Message
from tests.integrations.platform_contract import keeps_its_promise, outcome
from tests.integrations.shopify import samples as shopify
from tests.support import woocommerce
from tests.support.repository import ROOT


@cache
def recorded(platform: Platform) -> Sequence[Message]:
    """Real messages of a platform; a new one adds its own here."""
    match platform:
        case Platform.SHOPIFY:
            bodies = [json.dumps(record).encode() for record in shopify.recorded_orders()]
            hooks = [(topic, json.dumps(shopify.sample(topic)).encode()) for topic in shopify.TOPICS]
        case Platform.WOOCOMMERCE:
            bodies = list(woocommerce.raw_orders())
            hooks = [(delivery.topic, delivery.body) for delivery in woocommerce.deliveries()]
    return [Message("", body, {}) for body in bodies] + [Message(topic, body, {}) for topic, body in hooks]


PLATFORMS = pytest.mark.parametrize("platform", Platform)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
).map(lambda value: json.dumps(value).encode())
HEADERS = st.dictionaries(st.text(max_size=12), st.text(max_size=12), max_size=3)


def test_every_platform_is_registered_under_its_own_name() -> None:
    assert {name: translator.platform for name, translator in TRANSLATORS.items()} == {name: name for name in Platform}


@PLATFORMS
def test_every_platform_has_a_readme_beside_its_code(platform: Platform) -> None:
    assert (ROOT / "integrations" / "platforms" / platform / "README.md").is_file()


@PLATFORMS
def test_whatever_was_recorded_keeps_the_contract(platform: Platform) -> None:
    for message in recorded(platform):
        keeps_its_promise(platform, message)


@PLATFORMS
def test_the_recorded_messages_hold_orders_that_can_be_read(platform: Platform) -> None:
    assert any(isinstance(outcome(platform, message)[0], OrderSeen) for message in recorded(platform))


@PLATFORMS
@given(data=st.data())
def test_whatever_the_bytes_the_topic_and_the_headers_are_the_contract_is_kept(
    platform: Platform, data: st.DataObject
) -> None:
    topics = sorted({message.topic for message in recorded(platform)})
    topic = data.draw(st.sampled_from(topics) | st.text(max_size=12))
    body = data.draw(st.binary(max_size=60) | ANY_JSON)
    keeps_its_promise(platform, Message(topic, body, data.draw(HEADERS)))


@PLATFORMS
@given(data=st.data())
def test_a_real_body_that_was_cut_or_overwritten_keeps_the_contract(platform: Platform, data: st.DataObject) -> None:
    message = data.draw(st.sampled_from(recorded(platform)))
    at = data.draw(st.integers(0, len(message.body)))
    noise = data.draw(st.binary(max_size=8))
    rest = message.body[at + len(noise) :] if data.draw(st.booleans()) else b""
    keeps_its_promise(platform, Message(message.topic, message.body[:at] + noise + rest, message.headers))
