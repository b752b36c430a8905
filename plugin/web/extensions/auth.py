"""Who asks, by the session token of a request; each kind of surface by its own verifier."""

from dataclasses import dataclass
from typing import Final

from flask import request
from werkzeug.exceptions import Unauthorized

from plugin.domain.access import SignedOut
from plugin.domain.order import Platform
from plugin.domain.shop import Shop
from plugin.domain.shop_domain import ShopDomain
from plugin.ports.shopify_identity import AccountCaller, CheckoutCaller
from plugin.usecases.quote_policy import UnknownShop
from plugin.web.deps import deps
from plugin.web.limits import count_shop

_SCHEME: Final = "Bearer "


@dataclass(frozen=True, slots=True)
class Buyer:
    """Somebody in a shop; `customer` is Shopify's id of who is signed in, None: nobody is."""

    shop: Shop
    customer: str | None


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody who is signed in to their account."""

    shop: Shop
    customer: str


def at_checkout() -> Buyer:
    """By a token of checkout or its thank-you page. Raises `Unauthorized`, `UnknownShop`."""
    app, token = deps().shopify, _token()
    found: CheckoutCaller | None = app.callers.in_checkout(token, deps().clock.now()) if app else None
    if found is None:
        raise Unauthorized
    return Buyer(_shop(found.shop), found.customer)


def in_account() -> Buyer:
    """By a token of a customer account or an order's status page. Raises `Unauthorized`, `UnknownShop`."""
    app, token = deps().shopify, _token()
    found: AccountCaller | None = app.callers.in_account(token, deps().clock.now()) if app else None
    if found is None:
        raise Unauthorized
    return Buyer(_shop(found.shop), found.customer)


def signed_in() -> Customer:
    """The same, for what only the account's owner may see. Raises `SignedOut` too."""
    found = in_account()
    if found.customer is None:
        raise SignedOut
    return Customer(found.shop, found.customer)


def _token() -> str:
    given = request.headers.get("Authorization", "")
    return given.removeprefix(_SCHEME) if given.startswith(_SCHEME) else ""


def _shop(domain: ShopDomain) -> Shop:
    """Whose token it is, counted among all of the shop's."""
    shop = deps().directory.shop_by_address(Platform.SHOPIFY, domain.name)
    if shop is None:
        raise UnknownShop
    count_shop(shop)
    return shop
