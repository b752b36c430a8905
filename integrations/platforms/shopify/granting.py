"""What was granted, held against what is needed (`plugin.ports.shopify_scopes.AppScopes`): Shopify's own algebra.

The shop's page that grants is the one Shopify's template app sends merchants to (`/admin/oauth/install`, shopify-app-js
`redirect-to-install-page`, 2026): under managed installation it knows the required scopes by itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from urllib.parse import urlencode

from shopify import ApiAccess

from integrations.platforms.shopify.scopes import CREDITING, EVERYTHING_EVER, HOLDING, INSTALLED, REPLACING
from plugin.domain.shop_domain import ShopDomain

_PURPOSES: Final = MappingProxyType(
    {
        "replacements": tuple(sorted(REPLACING)),
        "store_credit": tuple(sorted(CREDITING)),
        "holding": tuple(sorted(HOLDING)),
    }
)


@dataclass(frozen=True, slots=True)
class ShopifyScopes:
    """Of one app."""

    client_id: str

    @property
    def optional(self) -> Mapping[str, Sequence[str]]:
        """Replacements, store credit, goods kept from leaving."""
        return _PURPOSES

    def lacking(self, granted: Iterable[str]) -> Sequence[str]:
        """By the names Shopify has for them, sorted."""
        has = _known(granted)
        return [scope for scope in sorted(INSTALLED) if not has.covers(ApiAccess([scope]))]

    def is_granted(self, purpose: str, granted: Iterable[str]) -> bool:
        """Of an unknown purpose, nothing is."""
        return purpose in _PURPOSES and _known(granted).covers(ApiAccess(_PURPOSES[purpose]))

    def reaches_all_orders(self, granted: Iterable[str]) -> bool:
        """`read_all_orders`, which the app's owner asks Shopify for."""
        return EVERYTHING_EVER in frozenset(granted)

    def page(self, shop: ShopDomain, *, purpose: str | None = None) -> str:
        """To be shown in the whole window: it lets itself be framed by nobody."""
        asked = {"client_id": self.client_id}
        if purpose is not None:
            asked["optional_scopes"] = ",".join(_PURPOSES[purpose])
        return f"{shop.url}/admin/oauth/install?{urlencode(asked, safe=',')}"


def _known(granted: Iterable[str]) -> ApiAccess:
    """What the algebra can read; of other scopes we need none."""
    return ApiAccess([scope for scope in granted if ApiAccess.SCOPE_RE.match(scope)])
