"""What a shop means by statuses of its own: some say that everything has arrived, which no platform tells."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from plugin.domain.errors import Invalid
from plugin.domain.order import Order
from plugin.domain.times import Moment, Source

MOST: Final = 20
_WORD: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_SPLIT: Final = re.compile(r"[\s,;]+")
_NEVER: Final = frozenset({"pending", "on-hold", "processing", "failed", "cancelled", "refunded", "trash", "draft"})
"""What an order is before anything arrives, or when nothing is to arrive any more (WooCommerce 10.5)."""


class NoSuchStatus(Invalid):
    """It is no status by which an order can have arrived."""

    code = "status_unusable"


def statuses_of(text: str) -> tuple[str, ...]:
    """The statuses as typed: between commas or on lines, with or without WooCommerce's `wc-`, each once.

    Raises `NoSuchStatus`.
    """
    typed = dict.fromkeys(word.removeprefix("wc-") for word in _SPLIT.split(text.strip().casefold()) if word)
    if len(typed) > MOST or any(not _WORD.fullmatch(word) or word in _NEVER for word in typed):
        raise NoSuchStatus({"field": "statuses"})
    return tuple(typed)


def as_meant(order: Order, statuses: Iterable[str]) -> Order:
    """A report of an order as its shop means it: under one of these statuses all had arrived by its last change."""
    if order.delivered is not None or order.platform_status not in statuses:
        return order
    return replace(order, delivered=Moment(order.updated_at, Source.STATUS), is_underway=False)
