"""What became of units that were to come back, in the words a platform's own returns have for it."""

from enum import StrEnum


class Outcome(StrEnum):
    """Shopify Admin API 2026-10: ReverseFulfillmentOrderDispositionType, as far as it is final."""

    RESTOCKED = "restocked"
    """On sale again, where they were sent from."""
    NOT_RESTOCKED = "not_restocked"
    MISSING = "missing"
    """Expected, and not in the parcel."""
