"""What every platform's translator promises; `test_platforms.py` holds each registered one to it."""

from __future__ import annotations

import re
from typing import get_args

from integrations.platforms import TRANSLATORS
from plugin.domain.app_events import AppUninstalled, DataAsked, ErasureAsked, ScopesChanged, ShopErasureAsked
from plugin.domain.order import Platform
from plugin.domain.shop_events import Ignored, OrderSeen, ProductSeen, Reread, ShopEvent
from plugin.ports.errors import Unreadable
from plugin.ports.platform import Message

CODE = re.compile(r"[a-z][a-z0-9_]*")

Outcome = tuple[ShopEvent, ...] | tuple[str, str]


def outcome(platform: Platform, message: Message) -> Outcome:
    """The events, or code and field of the refusal; any other exception breaks the promise."""
    try:
        return TRANSLATORS[platform].translate(message)
    except Unreadable as refusal:
        return refusal.code, refusal.field


def keeps_its_promise(platform: Platform, message: Message) -> None:
    """Something is said, in the shapes the port names, about this platform alone, and the same when asked again."""
    said = outcome(platform, message)
    assert said == outcome(platform, message)
    assert said, "a message that says nothing would be lost without a trace"
    if isinstance(said[0], str):
        code, field = said
        assert isinstance(field, str)
        assert CODE.fullmatch(str(code))
        return
    for event in said:
        assert isinstance(event, get_args(ShopEvent))
        assert platform_of(event) in {platform, None}


def platform_of(event: object) -> Platform | None:
    """Whom an event is about."""
    match event:
        case OrderSeen(order):
            return order.ref.platform
        case ProductSeen(product):
            return product.platform
        case Reread(platform=platform):
            return platform
        case Ignored() | AppUninstalled() | ScopesChanged() | DataAsked() | ShopErasureAsked():
            return None
        case ErasureAsked(orders=orders):
            return orders[0].platform if orders else None
        case _:
            platform: Platform = event.order.platform  # type: ignore[attr-defined]  # every other event names its order
            return platform
