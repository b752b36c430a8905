"""Merchants, their shops and their staff: the tenant and who works for it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from plugin.domain.ids import MerchantId, ShopId, StaffId
from plugin.domain.order import Platform


@dataclass(frozen=True, slots=True)
class Merchant:
    """The tenant: owner of one or more shops."""

    id: MerchantId
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Shop:
    """One store of a merchant. `key` is its public, unguessable name in storefront addresses."""

    id: ShopId
    merchant: MerchantId
    name: str
    platform: Platform
    key: str
    created_at: datetime
    is_demo: bool = False
    address: str | None = None
    """Where the platform has shown the shop to be; None for one that came from a file."""
    withdrawal_since: datetime | None = None
    """Since when shoppers reach its withdrawal function (Directive 2011/83/EU art. 11a); None: it is off."""
    companion_since: datetime | None = None
    """Since when its companion plugin is connected; None: it is not."""
    delivered_statuses: tuple[str, ...] = ()
    """Statuses of its own orders that mean that all has arrived, as the merchant named them (`shop_statuses`)."""


@dataclass(frozen=True, slots=True)
class ProvenShop:
    """A shop whose platform has just shown that whoever installs controls it: the shop's side of the proof.

    `address` is canonical, so that equal addresses are one shop: `https://shop.example/sub` without a trailing slash
    for WooCommerce, `name.myshopify.com` for Shopify. `name` is what the platform calls the shop.
    """

    platform: Platform
    address: str
    name: str


class Role(StrEnum):
    """What a staff member may do, most first: each may do whatever those below it may."""

    OWNER = "owner"
    MANAGER = "manager"
    """The second person of a decision above the limit; sets limits and budgets of claims."""
    AGENT = "agent"
    """Works on cases."""
    VIEWER = "viewer"
    """Looks, and changes nothing."""


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A person who signs in by one-time links; there are no passwords."""

    id: StaffId
    email: str
    role: Role
    language: str
    invited_at: datetime
    removed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SignInLink:
    """A one-time link; only the hash of its secret is kept."""

    id: str
    staff: StaffId
    secret_hash: bytes
    expires_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class JoinCode:
    """An owner's leave for one more shop to join the merchant, once; only the hash of its secret is kept."""

    id: str
    made_by: StaffId
    secret_hash: bytes
    expires_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser; only the hash of its secret is kept. `agent` is the browser's own name for itself."""

    id: str
    staff: StaffId
    secret_hash: bytes
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    agent: str
    revoked_at: datetime | None = None
