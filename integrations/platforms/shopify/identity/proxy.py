"""The `signature` of what comes through the app proxy: HMAC-SHA256, hex, over all other parameters without separator.

They are sorted as whole `name=value` strings, as in Shopify's documented Ruby. Its Python library sorts by name alone,
so names where one begins another may differ: ours are told apart by their first letters (see the README).

Source: shopify.dev, "Authenticate app proxies" (2026-10).
"""

from collections.abc import Sequence
from typing import Final

from integrations.platforms.shopify.identity.signed_query import hex_digest, is_same, pairs

_SIGNATURE: Final = "signature"
_ONCE: Final = frozenset({_SIGNATURE, "hmac", "shop", "timestamp", "path_prefix", "logged_in_customer_id"})
"""What Shopify adds. A shopper who adds a second one would choose which of the two is read."""


def proxied_parameters(query: str, secrets: tuple[str, ...]) -> dict[str, str] | None:
    """What Shopify says of the request: its own parameters alone; None unless one of the secrets signed it all."""
    found = pairs(query)
    if found is None or any(_count(name, found) > 1 for name in _ONCE):
        return None
    own = {name: value for name, value in found if name in _ONCE}
    if _SIGNATURE not in own:
        return None
    message = signed_text([pair for pair in found if pair[0] != _SIGNATURE])
    return own if any(is_same(own[_SIGNATURE], hex_digest(message, secret)) for secret in secrets) else None


def signed_text(parameters: Sequence[tuple[str, str]]) -> str:
    """What Shopify signs: values of a repeated name joined by commas, in the order they came."""
    values: dict[str, list[str]] = {}
    for name, value in parameters:
        values.setdefault(name, []).append(value)
    return "".join(sorted(f"{name}={','.join(each)}" for name, each in values.items()))


def _count(name: str, found: Sequence[tuple[str, str]]) -> int:
    return sum(each == name for each, _ in found)
