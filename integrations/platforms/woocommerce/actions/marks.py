"""How what we made is found again: WooCommerce keeps no idempotency keys, so each command leaves its own on it."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Final

import msgspec
from msgspec import Raw

from integrations.platforms.woocommerce.records import Meta

KEY: Final = "_aftercare_key"
"""Meta of what a command made: the whole key. The leading underscore hides it from shoppers."""
REFUND: Final = "_aftercare_refund"
FOR: Final = "_aftercare_for"
"""Meta of an order of ours: the id of the order that it is made for."""
AGREED: Final = "_aftercare_exchange_difference"
"""Meta of an exchange: what the shopper pays more (below zero: gets back), in minor units; read back as text."""

Pair = dict[str, object]


def mark(key: str) -> str:
    """A short word for a key, for places that people read: twelve hexadecimal digits."""
    return sha256(key.encode()).hexdigest()[:12]


def meta(key: str, value: object) -> Pair:
    """An entry of `meta_data` to write."""
    return {"key": key, "value": value}


def says(metas: Iterable[Meta], key: str, value: str) -> bool:
    """Whether one entry of this key has this value."""
    return any(known.key == key and decoded(known.value) == value for known in metas)


def value_of(metas: Iterable[Meta], key: str) -> object:
    """The first value of this key; None: there is none."""
    return next((decoded(known.value) for known in metas if known.key == key), None)


def decoded(value: Raw) -> object:
    """The value, whatever JSON it is."""
    found: object = msgspec.json.decode(value)
    return found
