"""Whom a call to Shopify is made to, and as whom: always handed on, never remembered for a thread or a process.

The `shopify` package keeps the "activated" session per thread and its address per class, so that after an error the
next request in that thread runs as the wrong shop (measured on 12.7.0). Nothing here activates one.
"""

from dataclasses import dataclass

from plugin.domain.shop_domain import ShopDomain


@dataclass(frozen=True, slots=True, repr=False)
class ShopAccess:
    """One shop and a token that is good there now; the token shows nowhere."""

    shop: ShopDomain
    token: str

    def __repr__(self) -> str:
        return f"ShopAccess({self.shop}, ***)"
