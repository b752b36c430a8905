"""An order as far as reading on depends on it; the record itself goes to the translator, whatever it holds."""

from datetime import datetime

import msgspec

from integrations.platforms.woocommerce.fields import gmt
from integrations.platforms.woocommerce.records import Meta
from plugin.domain.connection_faults import ShopUnreadable
from plugin.domain.decoding import decoder
from plugin.ports.errors import Unreadable


class ListedRefund(msgspec.Struct):
    """A refund that the order has."""

    id: int


class ListedOrder(msgspec.Struct):
    """Its id, its last change, the refunds it has, and what plugins and features noted on it."""

    id: int
    date_modified_gmt: str
    refunds: list[ListedRefund] = []
    meta_data: list[Meta] = []


def order_of(record: bytes) -> ListedOrder:
    """The order's id, last change and refunds; raises `ShopUnreadable`."""
    try:
        return decoder(ListedOrder, strict=False).decode(record)  # plugins quote numbers
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise ShopUnreadable("an order without id or last change") from error


def modified_at(text: str) -> datetime:
    """The instant of a last change; raises `ShopUnreadable`."""
    try:
        return gmt(text, "date_modified_gmt")
    except Unreadable as error:
        raise ShopUnreadable("an order without id or last change") from error
