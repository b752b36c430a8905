"""Topics about the app itself and the three that privacy law brings; every app has to serve those (Admin API 2026-10).

Source: shopify.dev, "Privacy law compliance": what is asked has to be done within 30 days.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final

import msgspec

from integrations.platforms.shopify.fields import order_ref, text
from integrations.platforms.shopify.reading import Identifier, read
from integrations.platforms.shopify.webhook_shapes import Shape
from plugin.domain.app_events import AppEvent, AppUninstalled, DataAsked, ErasureAsked, ScopesChanged, ShopErasureAsked
from plugin.domain.data_request import Sought
from plugin.domain.decoding import decoder

_TRIGGERED: Final = "x-shopify-triggered-at"


class Asking(Shape, frozen=True, gc=False, kw_only=True):
    """Who is to be forgotten; a customer may have no e-mail address."""

    email: str | None = None


class Redact(Shape, frozen=True, gc=False, kw_only=True):
    """`customers/redact`."""

    customer: Asking | None = None
    orders_to_redact: tuple[Identifier, ...] | None = None


class Request(Shape, frozen=True, gc=False, kw_only=True):
    """Shopify's own name for a request."""

    id: Identifier | None = None


class Customer(Asking, frozen=True, gc=False, kw_only=True):
    """Who wants to know."""

    id: Identifier | None = None


class Wanted(Shape, frozen=True, gc=False, kw_only=True):
    """`customers/data_request`."""

    customer: Customer | None = None
    orders_requested: tuple[Identifier, ...] | None = None
    data_request: Request | None = None


_REDACT = decoder(Redact)
_WANTED = decoder(Wanted)
Reader = Callable[[bytes | msgspec.Raw, Mapping[str, str]], tuple[AppEvent, ...]]


def _uninstalled(_body: bytes | msgspec.Raw, headers: Mapping[str, str]) -> tuple[AppEvent, ...]:
    """The body is the shop as it is, undated: retries are told from news by the header."""
    return (AppUninstalled(_instant(headers.get(_TRIGGERED, ""))),)


def _redact(body: bytes | msgspec.Raw, _headers: Mapping[str, str]) -> tuple[AppEvent, ...]:
    given = read(_REDACT, body)
    email = text(given.customer.email) if given.customer else None
    return (ErasureAsked(email, tuple(order_ref(str(order)) for order in given.orders_to_redact or ())),)


def _wanted(body: bytes | msgspec.Raw, _headers: Mapping[str, str]) -> tuple[AppEvent, ...]:
    given = read(_WANTED, body)
    who, request = given.customer, given.data_request
    sought = Sought(
        email=text(who.email) if who else None,
        customer=str(who.id) if who and who.id else None,
        orders=tuple(order_ref(str(order)) for order in given.orders_requested or ()),
    )
    return (DataAsked(sought, str(request.id) if request and request.id else None),)


def _meaning(event: AppEvent) -> Reader:
    """A topic that says all by its name."""
    return lambda _body, _headers: (event,)


def _instant(written: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(written)
        return at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, OverflowError):
        return None


APP_TOPICS: dict[str, Reader] = {
    "app/uninstalled": _uninstalled,
    "app/scopes_update": _meaning(ScopesChanged()),
    "customers/redact": _redact,
    "customers/data_request": _wanted,
    "shop/redact": _meaning(ShopErasureAsked()),
}
