"""What records mean, on its way from the process that translated them: orders travel encoded for the database."""

from collections.abc import Iterator

import msgspec

from plugin.domain.decoding import packed_decoder
from plugin.domain.order import Order
from plugin.domain.shop_events import OrderSeen
from plugin.ports.encoded_order import EncodedOrder
from plugin.storage.encoded_orders import encode_order
from plugin.usecases.read_record import Meaning

_ENCODER = msgspec.msgpack.Encoder()
_ORDERS = packed_decoder(list[Order])

Packed = tuple[bytes, list[tuple[bytes, bytes]], dict[int, Meaning]]
"""Whole orders as MessagePack (a quarter of pickle's time); facts and digest of each; everything else by position."""
Unpacked = tuple[Meaning, EncodedOrder | None]
"""A meaning, and where it is one whole order: that order as it is kept."""


def pack(meanings: list[Meaning]) -> Packed:
    """Make meanings ready for the way."""
    orders: list[Order] = []
    others: dict[int, Meaning] = {}
    for position, meaning in enumerate(meanings):
        if isinstance(meaning, tuple) and len(meaning) == 1 and isinstance(meaning[0], OrderSeen):
            orders.append(meaning[0].order)
        else:
            others[position] = meaning
    encoded = [encode_order(order) for order in orders]
    return _ENCODER.encode(orders), [(entry.facts, entry.digest) for entry in encoded], others


def unpack(packed: Packed) -> list[Unpacked]:
    """The meanings as they were, in order."""
    content, encodings, others = packed
    whole = _whole_orders(content, encodings)
    count = len(encodings) + len(others)
    return [(others[position], None) if position in others else next(whole) for position in range(count)]


def _whole_orders(content: bytes, encodings: list[tuple[bytes, bytes]]) -> Iterator[Unpacked]:
    for order, (facts, digest) in zip(_ORDERS.decode(content), encodings, strict=True):
        yield (OrderSeen(order),), EncodedOrder(order, facts, digest)
