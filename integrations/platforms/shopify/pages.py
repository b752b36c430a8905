"""Connections of our query: a record that goes on beyond its page is parked, never stored in part."""

from collections.abc import Sequence
from typing import TypeVar

from integrations.platforms.shopify.graphql_parts import Connection
from integrations.platforms.shopify.graphql_shapes import Count
from plugin.ports.errors import Unreadable

T = TypeVar("T")

LIST_LIMIT = 50
"""`first:` of the lists without page info in `order.graphql`: fulfillments, refunds, transactions."""


def nodes(connection: Connection[T], field: str) -> list[T]:
    """All nodes; raises `Unreadable` when there are more."""
    if connection.page_info.has_next_page:
        raise Unreadable("incomplete", field)
    return connection.nodes


def counted(entries: Sequence[T], count: Count | None, field: str) -> Sequence[T]:
    """All entries of a list; raises `Unreadable` when its count says there are more."""
    if count is not None and count.count > len(entries):
        raise Unreadable("incomplete", field)
    return entries


def short(entries: Sequence[T], field: str) -> Sequence[T]:
    """All entries of a list that has no count; raises `Unreadable` when it is as long as we asked for."""
    if len(entries) >= LIST_LIMIT:
        raise Unreadable("incomplete", field)
    return entries
