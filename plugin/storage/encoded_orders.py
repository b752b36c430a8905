"""Orders encoded ahead of saving: compressing an order takes longer than inserting it, and needs no database."""

from collections.abc import Iterable

from plugin.domain.digest import digest_of
from plugin.domain.order import Order
from plugin.domain.stored import StoredOrder
from plugin.ports.encoded_order import EncodedOrder
from plugin.storage.order_codec import dump_facts


def encode_order(order: Order) -> EncodedOrder:
    """Facts and digest of an order; no I/O and no key, so any process may do it."""
    return EncodedOrder(order, dump_facts(order, ()), digest_of(order))


class EncodedOrders:
    """What was encoded ahead, found by the very object it was made of; anything else is encoded when asked for."""

    def __init__(self) -> None:
        self._ahead: dict[int, EncodedOrder] = {}  # by identity; each entry holds its order, so no id is used twice

    def expect(self, encoded: Iterable[EncodedOrder]) -> None:
        """Have these at hand."""
        self._ahead.update((id(entry.order), entry) for entry in encoded)

    def digest(self, order: Order) -> bytes:
        """`digest_of` the order."""
        ahead = self._ahead.get(id(order))
        return ahead.digest if ahead else digest_of(order)

    def facts(self, stored: StoredOrder) -> bytes:
        """`dump_facts` of the order with all that is ours."""
        ours = (stored.marks, stored.copies, stored.repairs, stored.arrivals)
        ahead = None if any(ours) else self._ahead.get(id(stored.order))
        return ahead.facts if ahead else dump_facts(stored.order, *ours)
