"""What a right or a promise leads to."""

from enum import StrEnum


class Remedy(StrEnum):
    """One way to put things right."""

    REFUND = "refund"
    EXCHANGE = "exchange"
    STORE_CREDIT = "store_credit"
    REPAIR = "repair"
    REPLACEMENT = "replacement"
    SPARE_PART = "spare_part"
    PRICE_REDUCTION = "price_reduction"
    """Part of the price back; the shopper keeps the item."""
