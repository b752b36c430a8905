"""The `hmac` of an address Shopify sends a browser to: HMAC-SHA256, hex, over its other parameters.

Computed by the `shopify` package (12.7.0). Of the package's own check we do without the clock (it takes a day-old one)
and without the class attribute its secret lives in: each secret gets a class of its own.

Source: shopify.dev, "Verify the installation request" (2026-10).
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from shopify import Session

from integrations.platforms.shopify.identity.signed_query import is_same, single_values

_UNSIGNED = ("hmac", "signature")


def signed_parameters(query: str, secrets: tuple[str, ...]) -> dict[str, str] | None:
    """The parameters of a raw query string without its signature; None unless one of the secrets signed it.

    A parameter given twice is refused: which of its values was meant is anybody's guess.
    """
    found = single_values(query)
    if found is None or "hmac" not in found:
        return None
    rest = {name: value for name, value in found.items() if name not in _UNSIGNED}
    return rest if any(is_same(found["hmac"], signature(rest, secret)) for secret in secrets) else None


def signature(parameters: Mapping[str, str], secret: str) -> str:
    """What Shopify signs these with."""
    return str(_signer(secret).calculate_hmac(parameters))


@lru_cache(maxsize=8)
def _signer(secret: str) -> Any:  # noqa: ANN401 - the package has no types
    return type("Signer", (Session,), {"secret": secret})
