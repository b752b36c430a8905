"""Which orders a platform hides from apps by their age."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from plugin.domain.order import Order, Platform

SHOWN: Final[Mapping[Platform, timedelta]] = MappingProxyType({Platform.SHOPIFY: timedelta(days=60)})
"""How old an order may be for every app to be shown it; older ones take the platform's leave (shopify.dev, "Access
scopes", 2026-10: `read_all_orders`)."""


def may_be_hidden(order: Order, now: datetime) -> bool:
    """Whether the platform may not show us the order when it is asked, though it is there."""
    shown = SHOWN.get(order.ref.platform)
    return shown is not None and order.placed.at < now - shown
