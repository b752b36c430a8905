"""Everything a shop has, by id alone: a sixth of the time that whole orders take (measured on WooCommerce 10.5)."""

from collections import defaultdict
from typing import Final, TypeVar

import msgspec

from integrations.platforms.woocommerce.answers import NoRoute
from integrations.platforms.woocommerce.listed import modified_at
from integrations.platforms.woocommerce.orders import DRAFTS
from integrations.platforms.woocommerce.paging import BY_ID, backwards
from integrations.platforms.woocommerce.reader import ShopReader
from plugin.domain.connection_faults import ShopUnreadable
from plugin.domain.decoding import decoder
from plugin.ports.shop_source import Listing

_ORDERS: Final = {**BY_ID, "_fields": "id,status,date_modified_gmt"}
_REFUNDS: Final = {**BY_ID, "_fields": "id,parent_id"}


_Record = TypeVar("_Record", bound=msgspec.Struct)


class _Order(msgspec.Struct):
    id: int
    status: str
    date_modified_gmt: str


class _Refund(msgspec.Struct):
    id: int
    parent_id: int


def listing(reader: ShopReader) -> Listing:
    """Its orders, without the bin, which the shop leaves out, and without drafts, which are none; then its refunds."""
    orders = {
        str(order.id): modified_at(order.date_modified_gmt)
        for records in backwards(reader, "orders", _ORDERS)
        for order in _read(records, _Order)
        if order.status not in DRAFTS
    }
    try:
        return Listing(orders, _refunds(reader))
    except NoRoute:  # the collection of all refunds came later than wc/v3 itself
        return Listing(orders, None)


def _refunds(reader: ShopReader) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for records in backwards(reader, "refunds", _REFUNDS):
        for refund in _read(records, _Refund):
            found[str(refund.parent_id)].add(str(refund.id))
    return {order: frozenset(refunds) for order, refunds in found.items()}


def _read(records: tuple[bytes, ...], kind: type[_Record]) -> list[_Record]:
    try:
        return [decoder(kind).decode(record) for record in records]
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise ShopUnreadable("a listing without ids") from error
