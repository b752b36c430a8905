"""What our commands note for themselves: metafields of the app, which no shopper and no other app sees.

What belongs to an order stands on the order. What belongs to a shopper stands on the app's own installation, under a
namespace of its own, which names nobody: writing on customers would take further access.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import msgspec

from integrations.platforms.shopify.actions.calls import Calls, order_gid
from integrations.platforms.shopify.documents import mutation, query
from integrations.platforms.shopify.reading import Instant
from plugin.domain.order import Order
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import Refusal

_MEMORY: Final = query("order_memory", "OrderMemory")
_SHOPPER: Final = query("shopper_memory", "ShopperMemory")
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


class Noted(msgspec.Struct, rename="camel"):
    """Something noted of a shopper, as JSON; `updated_at` is Shopify's own time."""

    key: str
    value: str
    updated_at: Instant


class _OfShopper(msgspec.Struct):
    nodes: list[Noted]


class _Installation(msgspec.Struct):
    id: str
    metafields: _OfShopper


class _Ours(msgspec.Struct, rename="camel"):
    current_app_installation: _Installation


@dataclass(frozen=True, slots=True)
class ShopperMemory:
    """What was noted of one shopper, by whatever order."""

    calls: Calls
    owner: str
    namespace: str
    noted: dict[str, Noted]

    def remember(self, name: str, value: str) -> None:
        """Note it, as JSON."""
        field = {"ownerId": self.owner, "namespace": self.namespace, "key": name, "type": "json", "value": value}
        self.calls.change(_SET, "metafieldsSet", _Anything, {"fields": [field]})


def recall_shopper(calls: Calls, customer: str) -> ShopperMemory:
    """Everything noted of the shopper with this global id."""
    namespace = f"aftercare-credit-{sha256(customer.encode()).hexdigest()[:16]}"
    found = calls.find(_SHOPPER, _Ours, namespace=namespace).current_app_installation
    return ShopperMemory(calls, found.id, namespace, {each.key: each for each in found.metafields.nodes})
