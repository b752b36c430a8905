"""What our commands note on an order for themselves: metafields of the app, which no shopper and no other app sees."""

from typing import Final

import msgspec

from integrations.platforms.shopify.actions.calls import Calls, order_gid
from integrations.platforms.shopify.documents import mutation, query
from plugin.domain.order import Order
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import Refusal

_MEMORY: Final = query("order_memory", "OrderMemory")
_SET: Final = mutation("metafields_set", "MetafieldsSet")


class _Entry(msgspec.Struct):
    key: str
    value: str


class _Entries(msgspec.Struct):
    nodes: list[_Entry]


class _Order(msgspec.Struct):
    metafields: _Entries


class _Found(msgspec.Struct):
    order: _Order | None


class _Anything(msgspec.Struct):
    pass


def recall(calls: Calls, order: Order) -> dict[str, str]:
    """Everything noted, by name."""
    found = calls.find(_MEMORY, _Found, id=order_gid(order)).order
    if found is None:
        raise Rejected(Refusal.UNKNOWN_ORDER)
    return {each.key: each.value for each in found.metafields.nodes}


def remember(calls: Calls, order: Order, name: str, value: str) -> None:
    """Note it; a name that was noted before means something else now."""
    field = {"ownerId": order_gid(order), "key": name, "type": "single_line_text_field", "value": value}
    calls.change(_SET, "metafieldsSet", _Anything, {"fields": [field]})
