"""A record that comes without a topic (an import, an answer to our query), recognised by its shape."""

from collections.abc import Mapping

import msgspec

from integrations.platforms.shopify import graphql_shapes as graphql
from integrations.platforms.shopify.fields import is_gid, kind
from integrations.platforms.shopify.graphql_orders import graphql_order
from integrations.platforms.shopify.graphql_products import GraphqlProduct, graphql_products
from integrations.platforms.shopify.reading import read, readable
from integrations.platforms.shopify.topics import (
    Events,
    Reader,
    read_delivery,
    read_fulfilment,
    read_order,
    read_product,
    read_refund,
    read_return,
)
from integrations.platforms.shopify.webhook_shapes import Shape
from plugin.domain.decoding import decoder
from plugin.domain.shop_events import OrderSeen
from plugin.ports.errors import Unreadable

_ABSENT = msgspec.Raw(b"")
_NULL = b"null"
_ORDER = decoder(graphql.Order)
_PRODUCT = decoder(GraphqlProduct)

_BY_KIND: dict[str, Reader] = {
    "Order": read_order,
    "Fulfillment": read_fulfilment,
    "FulfillmentEvent": read_delivery,
    "Refund": read_refund,
    "Return": read_return,
    "Product": read_product,
}
"""REST-shaped records by the type in their `admin_graphql_api_id`."""


class _Clues(Shape, frozen=True, kw_only=True):
    """What tells the shapes apart, everything else left unread."""

    id: str | int | None = None
    admin_graphql_api_id: str | None = None
    topic: str | None = None
    payload: msgspec.Raw = _ABSENT
    data: "_Data | None" = None
    order: msgspec.Raw = _ABSENT
    line_items: msgspec.Raw = _ABSENT


class _Data(Shape, frozen=True, kw_only=True):
    """The answer to one of our two queries; `errors` beside it name withheld fields, which are null."""

    order: msgspec.Raw = _ABSENT
    return_: "_OfReturn | None" = msgspec.field(name="return", default=None)


class _OfReturn(Shape, frozen=True, kw_only=True):
    """The return whose order was asked for."""

    order: msgspec.Raw = _ABSENT


_CLUES = decoder(_Clues)


def read_record(body: bytes | msgspec.Raw, headers: Mapping[str, str]) -> Events:
    """The record's meaning, out of whatever it is wrapped in; raises `Unreadable` (`unrecognised`) otherwise.

    Known wrappings: a recorded webhook (`topic`, `payload`), an answer to our query (`data`), a record of the REST
    API (`order`).
    """
    clues = read(_CLUES, body)
    if clues.admin_graphql_api_id is not None:
        return _rest(clues.admin_graphql_api_id, body, headers)
    inside = _unwrapped(clues)
    if inside is not None:
        return read_record(inside, headers)
    if is_gid(clues.id) and (reader := _GRAPHQL.get(kind(str(clues.id)))):
        return reader(body)
    if isinstance(clues.id, int) and bytes(clues.line_items):
        return read_order(body, headers)
    raise Unreadable("unrecognised", "id")


def recorded_topic(body: bytes) -> tuple[str, bytes | msgspec.Raw] | None:
    """Topic and payload of a recorded webhook, or None when the record is none."""
    clues = read(_CLUES, body)
    if clues.topic is None or not bytes(clues.payload):
        return None
    return clues.topic, clues.payload


def _rest(gid: str, body: bytes | msgspec.Raw, headers: Mapping[str, str]) -> Events:
    reader = _BY_KIND.get(kind(gid, "admin_graphql_api_id"))
    if reader is None:
        raise Unreadable("unrecognised", "admin_graphql_api_id")
    return reader(body, headers)


def _order(body: bytes | msgspec.Raw) -> Events:
    given = read(_ORDER, body)
    with readable():
        return (OrderSeen(graphql_order(given)),)


def _product(body: bytes | msgspec.Raw) -> Events:
    given = read(_PRODUCT, body)
    with readable():
        return graphql_products(given)


_GRAPHQL = {"Order": _order, "Product": _product}
"""Nodes of our own queries by the type in their `id`."""


def _unwrapped(clues: _Clues) -> msgspec.Raw | None:
    if clues.data is not None:
        of_return = clues.data.return_
        inside = of_return.order if of_return else clues.data.order
        if bytes(inside) in {b"", _NULL}:
            raise Unreadable("missing_field", "data.order")
        return inside
    return clues.order if bytes(clues.order) not in {b"", _NULL} else None
