"""What can be made for an order: by the access that was granted, its shopper, its address, what has yet to leave."""

from dataclasses import replace
from typing import Final

import msgspec

from integrations.platforms.shopify.actions.calls import Calls, order_gid
from integrations.platforms.shopify.documents import query
from integrations.platforms.shopify.scopes import CREDITING, HOLDING, REPLACING, covers
from plugin.domain.capabilities import Capabilities
from plugin.domain.order import Order
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import Refusal

_ABILITIES: Final = query("order_abilities", "OrderAbilities")


class _Scope(msgspec.Struct):
    handle: str


class _Installation(msgspec.Struct, rename="camel"):
    access_scopes: list[_Scope]


class _Credit(msgspec.Struct, rename="camel"):
    store_credit_enabled: bool


class _Id(msgspec.Struct):
    id: str


class _Line(msgspec.Struct, rename="camel"):
    unfulfilled_quantity: int
    requires_shipping: bool


class _Lines(msgspec.Struct):
    nodes: list[_Line]


class _Order(msgspec.Struct, rename="camel"):
    currency_code: str
    presentment_currency_code: str
    customer: _Id | None
    shipping_address: dict[str, str | None] | None
    line_items: _Lines


class _Found(msgspec.Struct, rename="camel"):
    current_app_installation: _Installation
    store_credit_configuration: _Credit
    order: _Order | None


def with_made(calls: Calls, order: Order, can: Capabilities) -> Capabilities:
    """`can`, with credit, exchanges, replacements, goods kept: what optional access is missing for is not offered."""
    found = calls.find(_ABILITIES, _Found, id=order_gid(order))
    live = found.order
    if live is None:
        raise Rejected(Refusal.UNKNOWN_ORDER)
    granted = {scope.handle for scope in found.current_app_installation.access_scopes}
    waits = any(line.requires_shipping and line.unfulfilled_quantity > 0 for line in live.line_items.nodes)
    is_credited = found.store_credit_configuration.store_credit_enabled and live.customer is not None
    return replace(
        can,
        exchange=any(fulfilment.shipped for fulfilment in order.fulfilments),
        replacement=covers(granted, REPLACING) and live.shipping_address is not None,
        store_credit=covers(granted, CREDITING) and is_credited,
        cancel_fulfilment=covers(granted, HOLDING) and waits,
    )


def customer_of(calls: Calls, order: Order) -> str:
    """The shopper's global id; raises `Rejected` for an order of nobody known."""
    found = calls.find(_ABILITIES, _Found, id=order_gid(order)).order
    if found is None:
        raise Rejected(Refusal.UNKNOWN_ORDER)
    if found.customer is None:
        raise Rejected(Refusal.NOT_SUPPORTED, detail="no customer account")
    return found.customer.id
