"""An order in the form the database keeps, made ahead of saving by whichever process has time for it."""

from dataclasses import dataclass

from plugin.domain.order import Order


@dataclass(frozen=True, slots=True)
class EncodedOrder:
    """One order and its bytes; no key went into them, so that they may be made where no key is."""

    order: Order
    facts: bytes
    """Everything but the shopper's part, as storage keeps it of an order without delivery marks."""
    digest: bytes
    """`plugin.domain.digest.digest_of` the order; storage keys it before it keeps it."""
