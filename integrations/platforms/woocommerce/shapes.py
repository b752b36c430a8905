"""What kind of record a JSON object is, told by its keys."""

from enum import StrEnum

from msgspec import Raw
from msgspec.json import decode


class Shape(StrEnum):
    """The records an import may hold."""

    ORDER = "order"
    REFUND = "refund"
    PRODUCT = "product"
    FULFILLMENTS = "fulfillments"
    ERROR = "error"
    UNKNOWN = "unknown"


def shape(body: bytes) -> Shape:
    """The record's kind. An error object (an order gone, a key without rights) is delivered signed like any other."""
    keys = decode(body, type=dict[str, Raw]).keys()
    if "fulfillments_of" in keys:
        return Shape.FULFILLMENTS
    if "id" not in keys:
        return Shape.ERROR if keys >= {"code", "message"} else Shape.UNKNOWN
    if "billing" in keys or keys >= {"order_key", "line_items"}:
        return Shape.ORDER
    if keys >= {"amount", "line_items"} or "refunded_by" in keys:
        return Shape.REFUND
    return Shape.PRODUCT if keys & {"permalink", "regular_price", "stock_status"} else Shape.UNKNOWN


def error_code(body: bytes) -> str | None:
    """The code of an error object."""
    code = decode(decode(body, type=dict[str, Raw])["code"])
    return code if isinstance(code, str) else None
