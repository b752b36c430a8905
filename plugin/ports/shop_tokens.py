"""Tokens that call shops' APIs: where they come from, and where they are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from plugin.domain.ids import ShopId
from plugin.domain.shop_domain import ShopDomain
from plugin.domain.shop_token import Grant, ShopToken
from plugin.ports.errors import Rejected
from plugin.ports.shopify_identity import AdminCaller


class StaleSession(Rejected):
    """The platform takes a caller's session token no more: the browser has to come back with a fresh one."""

    def __init__(self) -> None:
        super().__init__("invalid_subject_token")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody in a shop's admin, as the platform knows them."""

    email: str
    is_email_proved: bool
    """Whether the platform has seen them read mail there; else the address may be anybody's."""
    is_account_owner: bool


class TokenExchange(Protocol):
    """Asks the platform for grants. Each raises `ShopFault`: `AccessRevoked` when the merchant has to open the app."""

    def exchange(self, caller: AdminCaller, now: datetime) -> Grant:
        """For somebody in the shop's admin. Raises `StaleSession` as well."""
        ...

    def visitor(self, caller: AdminCaller) -> Visitor:
        """Who somebody in the shop's admin is. Raises `StaleSession` as well."""
        ...

    def page(self, shop: ShopDomain, nonce: str, back: str) -> str:
        """Where the merchant grants the app access, and is then sent back to `back` with the nonce and a code."""
        ...

    def redeem(self, shop: ShopDomain, code: str, now: datetime) -> Grant:
        """For the code that the page which grants access sent the merchant back with."""
        ...

    def refresh(self, shop: ShopDomain, refresh: str, now: datetime) -> Grant:
        """A new pair for the old one's `refresh`, which works until the new one is used."""
        ...

    def migrate(self, shop: ShopDomain, access: str, now: datetime) -> Grant:
        """A pair for a token of the old kind, which is gone then."""
        ...


class ShopTokens(Protocol):
    """One merchant's grants, at most one a shop; tokens are sealed."""

    def save(self, token: ShopToken) -> None:
        """Insert, or put in the place of the shop's last one, which nobody holds a lease of any more."""
        ...

    def get(self, shop: ShopId) -> ShopToken | None:
        """The shop's grant; None: there is none."""
        ...

    def lease(self, shop: ShopId, now: datetime, until: datetime) -> ShopToken | None:
        """The shop's grant, and nobody else's to renew until then; None when somebody else has it, or there is none."""
        ...

    def settle(self, token: ShopToken, lease: datetime) -> bool:
        """Record how a renewal ended and give the lease back; False when it (by its end) is not held any more."""
        ...

    def due(self, now: datetime) -> Sequence[ShopId]:
        """Shops whose grant is to be renewed though nobody needs it, longest due first."""
        ...

    def remove(self, shop: ShopId) -> None:
        """Forget the grant."""
        ...
