"""When two reports of an order say the same: equal digests mean that nothing changed."""

from hashlib import blake2b

import msgspec

from plugin.domain.order import Order

_SIZE = 16


def digest_of(order: Order) -> bytes:
    """16 bytes that differ when any fact of the order differs; no secret: who stores it keys it first."""
    return blake2b(msgspec.msgpack.encode(order), digest_size=_SIZE).digest()
