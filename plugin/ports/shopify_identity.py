"""Who calls on behalf of a Shopify shop, as its signature shows: a type for each purpose, so none passes as another.

A buyer holds extension tokens and proxied addresses; only an `AdminCaller` is staff. Every check is in constant time
and against the app's current secret, then its previous one (while it is being rotated).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from plugin.domain.shop_domain import ShopDomain


@dataclass(frozen=True, slots=True, repr=False)
class AppKeys:
    """What Shopify knows this installation's app by; shows no secret."""

    client_id: str
    secret: str
    previous_secret: str | None = None

    def __repr__(self) -> str:
        return f"AppKeys({self.client_id}, ***)"

    @property
    def secrets(self) -> tuple[str, ...]:
        """What a caller may have signed with, the current one first."""
        return (self.secret,) if self.previous_secret is None else (self.secret, self.previous_secret)


@dataclass(frozen=True, slots=True)
class InstallCaller:
    """Shopify sent a browser here: from the shop's admin, the App Store, or back from the page that grants access."""

    shop: ShopDomain
    parameters: Mapping[str, str]


@dataclass(frozen=True, slots=True, repr=False)
class AdminCaller:
    """Staff of the shop inside Shopify's admin; `token` can be exchanged for one that calls the Admin API."""

    shop: ShopDomain
    user: str
    """Shopify's id of the staff member."""
    token: str

    def __repr__(self) -> str:
        return f"AdminCaller({self.shop}, {self.user}, ***)"


@dataclass(frozen=True, slots=True)
class ProxyCaller:
    """Somebody in the online store; `customer` is who the store has signed in: the one identity to trust.

    `prefix`: the path of the store that leads to us, as the merchant may have changed it.
    """

    shop: ShopDomain
    customer: str | None
    prefix: str


@dataclass(frozen=True, slots=True)
class CheckoutCaller:
    """Somebody at checkout or on its thank-you page; `customer` as above."""

    shop: ShopDomain
    customer: str | None


@dataclass(frozen=True, slots=True)
class AccountCaller:
    """Somebody in a customer account, or on an order's status page, who need not be signed in; `customer` as above."""

    shop: ShopDomain
    customer: str | None


class ShopifyIdentity(Protocol):
    """Tells genuine callers; None is everybody else, whatever they sent."""

    @property
    def client_id(self) -> str:
        """The app's public name at Shopify."""
        ...

    def installing(self, query: str, now: datetime) -> InstallCaller | None:
        """By the `hmac` of a raw query string, at most 90 seconds old."""
        ...

    def in_admin(self, token: str, now: datetime) -> AdminCaller | None:
        """By a session token of Shopify's admin."""
        ...

    def in_store(self, query: str, now: datetime) -> ProxyCaller | None:
        """By the `signature` of a raw query string that came through the app proxy, at most 90 seconds old."""
        ...

    def in_checkout(self, token: str, now: datetime) -> CheckoutCaller | None:
        """By a session token of an extension at checkout or on its thank-you page; never to be exchanged."""
        ...

    def in_account(self, token: str, now: datetime) -> AccountCaller | None:
        """By a session token of an extension in a customer account or on order status; never to be exchanged.

        Nothing in a token says which of the two kinds of extension it was given to.
        """
        ...
