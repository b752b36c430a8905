"""Every kind of caller by its own check (`plugin.ports.shopify_identity.ShopifyIdentity`)."""

import re
from datetime import datetime
from typing import Final

from integrations.platforms.shopify.identity.parameters import signed_parameters
from integrations.platforms.shopify.identity.proxy import proxied_parameters
from integrations.platforms.shopify.identity.session_tokens import AdminClaims, ExtensionClaims, claims
from integrations.platforms.shopify.identity.signed_query import is_fresh
from plugin.domain.shop_domain import ShopDomain
from plugin.ports.shopify_identity import (
    AccountCaller,
    AdminCaller,
    AppKeys,
    CheckoutCaller,
    InstallCaller,
    ProxyCaller,
)

_CUSTOMER: Final = re.compile(r"[0-9]{0,20}", re.ASCII)
_PREFIX: Final = re.compile(r"/(?:apps|a|community|tools)/[A-Za-z0-9_-]{1,64}", re.ASCII)


class SignedCallers:
    """Tells who calls, for one app."""

    def __init__(self, keys: AppKeys) -> None:
        self._keys = keys

    @property
    def client_id(self) -> str:
        """The app's public name at Shopify."""
        return self._keys.client_id

    def installing(self, query: str, now: datetime) -> InstallCaller | None:
        """By the `hmac` of a raw query string."""
        found = signed_parameters(query, self._keys.secrets)
        if found is None or not is_fresh(found, now):
            return None
        shop = ShopDomain.parse(found.get("shop", ""))
        return InstallCaller(shop, found) if shop else None

    def in_admin(self, token: str, now: datetime) -> AdminCaller | None:
        """By a session token of Shopify's admin."""
        said = claims(token, AdminClaims, self.client_id, self._keys.secrets, now)
        if said is None:
            return None
        shop, user = said.shop(), said.user()
        return AdminCaller(shop, user, token) if shop and user else None

    def in_store(self, query: str, now: datetime) -> ProxyCaller | None:
        """By the `signature` of a raw query string; a customer that is no number, a path that is none: refused."""
        found = proxied_parameters(query, self._keys.secrets)
        if found is None or not is_fresh(found, now):
            return None
        shop, customer = ShopDomain.parse(found.get("shop", "")), found.get("logged_in_customer_id", "")
        prefix = found.get("path_prefix", "")
        if shop is None or not _CUSTOMER.fullmatch(customer) or not _PREFIX.fullmatch(prefix):
            return None
        return ProxyCaller(shop, customer or None, prefix)

    def in_checkout(self, token: str, now: datetime) -> CheckoutCaller | None:
        """By a session token of an extension at checkout."""
        found = self._buyer(token, now)
        return CheckoutCaller(*found) if found else None

    def in_account(self, token: str, now: datetime) -> AccountCaller | None:
        """By a session token of an extension in a customer account."""
        found = self._buyer(token, now)
        return AccountCaller(*found) if found else None

    def _buyer(self, token: str, now: datetime) -> tuple[ShopDomain, str | None] | None:
        """The shop of an extension's token and its customer; one of the admin's is none."""
        said = claims(token, ExtensionClaims, self.client_id, self._keys.secrets, now)
        if said is None or not said.is_of_a_buyer():
            return None
        shop = said.shop()
        return (shop, said.customer()) if shop else None
