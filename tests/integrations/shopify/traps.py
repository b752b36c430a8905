"""What the trap tests say: an order with something changed, and why a record is refused."""

import json

import pytest

from integrations.platforms.shopify import TRANSLATOR
from plugin.domain.money import Money
from plugin.domain.order import (
    Order,
    Price,
)
from plugin.ports.errors import Unreadable
from plugin.ports.platform import Message
from tests.integrations.shopify.samples import (
    an_order,
    seen_order,
)


def eur(minor: int) -> Price:
    return Price(Money(minor, "EUR"), Money(minor, "EUR"))


def order(**changes: object) -> Order:
    return seen_order("", an_order(**changes))


def refused(body: bytes, topic: str = "") -> tuple[str, str]:
    with pytest.raises(Unreadable) as caught:
        TRANSLATOR.translate(Message(topic, body, {}))
    return caught.value.code, caught.value.field


def refused_order(**changes: object) -> tuple[str, str]:
    return refused(json.dumps(an_order(**changes)).encode())
