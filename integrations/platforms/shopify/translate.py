"""Shopify's messages as shop events: webhooks by topic, imported records by shape. Admin API 2026-10."""

from integrations.json_text import storable
from integrations.platforms.shopify.reading import readable
from integrations.platforms.shopify.records import read_record, recorded_topic
from integrations.platforms.shopify.topics import TOPICS
from plugin.domain.order import Platform
from plugin.domain.shop_events import Ignored, ShopEvent
from plugin.ports.platform import Message


class ShopifyTranslator:
    """The translator of one platform; holds nothing, so one serves every shop."""

    platform = Platform.SHOPIFY

    def translate(self, message: Message) -> tuple[ShopEvent, ...]:
        """What the message means. Raises `Unreadable` (code, field) and nothing else, whatever the bytes are.

        Codes: `not_json`, `nested_too_deep`, `missing_field`, `malformed`, `incomplete`, `absurd_date`, `not_told`,
        `unrecognised`, and those of amounts (`not_an_amount`, `currency_mismatch`).
        """
        topic, body = message.topic, storable(message.body)
        with readable():
            recorded = None if topic else recorded_topic(body)
            if recorded is not None:
                topic, body = recorded[0], bytes(recorded[1])
            if not topic:
                return read_record(body, message.headers)
            reader = TOPICS.get(topic)
            return reader(body, message.headers) if reader else (Ignored("not_for_orders", topic),)
