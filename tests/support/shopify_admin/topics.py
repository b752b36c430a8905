"""What the schema says of webhook topics: that they are there, and which scopes let an app subscribe."""

from __future__ import annotations

import re
from functools import cache

from tests.support.shopify_admin.schema import introspection

_SCOPES = re.compile(r"\bread_[a-z_]+")
_CHANNELS = ("marketplace", "buyer_membership")
"""Scopes of sales channels, which a shop's own app cannot have."""


@cache
def topics(name: str = "admin_2026-10") -> dict[str, frozenset[str]]:
    """Every topic by its name in the enum; the scopes of which one is enough, none where none is needed."""
    kinds = introspection(name)["data"]["__schema"]["types"]
    enum = next(kind for kind in kinds if kind["name"] == "WebhookSubscriptionTopic")
    return {
        value["name"]: frozenset(
            scope for scope in _SCOPES.findall(value["description"]) if not any(word in scope for word in _CHANNELS)
        )
        for value in enum["enumValues"]
    }


def in_enum(topic: str) -> str:
    """`orders/create` as the enum has it."""
    return topic.replace("/", "_").upper()
