"""What every shape of a GraphQL answer is made of, Admin API 2026-10: connections, nodes known by an id, amounts."""

from typing import Generic, TypeVar

import msgspec

from integrations.platforms.shopify import webhook_shapes as webhook
from integrations.platforms.shopify.reading import Amount

T = TypeVar("T")


class Shape(msgspec.Struct, frozen=True, gc=False, kw_only=True, rename="camel"):
    """A node as our query selects it."""


class PageInfo(Shape, frozen=True, gc=False, kw_only=True, rename="camel"):
    """Whether the connection goes on."""

    has_next_page: bool


class Connection(Shape, Generic[T], frozen=True, gc=False, kw_only=True):
    """A page of nodes; a further page means the record is incomplete."""

    page_info: PageInfo
    nodes: list[T]


class Node(Shape, frozen=True, gc=False, kw_only=True):
    """A thing known by its global id."""

    id: str


class Money(webhook.Money, frozen=True, gc=False, kw_only=True, rename="camel"):
    """MoneyV2."""

    amount: Amount
    currency_code: str


class MoneyBag(webhook.MoneySet, frozen=True, gc=False, kw_only=True, rename="camel"):
    """MoneyBag."""

    shop_money: Money
    presentment_money: Money
