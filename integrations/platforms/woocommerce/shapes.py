"""What kind of record a JSON object is, told by its keys."""

from enum import StrEnum

import msgspec
from msgspec import Raw

from plugin.domain.decoding import decoder


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
    keys = decoder(dict[str, Raw]).decode(body).keys()
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
    code = msgspec.json.decode(decoder(dict[str, Raw]).decode(body)["code"])
    return code if isinstance(code, str) else None
