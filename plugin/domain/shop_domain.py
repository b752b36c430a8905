"""Where a Shopify shop is: the one name of it that never changes, `name.myshopify.com`.

Source: shopify.dev, "Authorization code grant", security checks (2026-10): a host is a shop only if it matches
`[a-zA-Z0-9][a-zA-Z0-9-]*.myshopify.com` as a whole. Shopify writes it in lower case, and so do we.
"""

import re
from dataclasses import dataclass
from typing import Final, Self

_SHOP: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,62}\.myshopify\.com", re.ASCII)
_SCHEME: Final = "https://"


@dataclass(frozen=True, slots=True)
class ShopDomain:
    """A shop's own name, lower case, without scheme; nothing else can be made into one. Raises `ValueError`."""

    name: str

    def __post_init__(self) -> None:
        if not _SHOP.fullmatch(self.name):
            raise ValueError("not a shop of Shopify's")

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """Where the shop answers, without a trailing slash."""
        return f"{_SCHEME}{self.name}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The shop a caller names, in either case; None when it is none. Nothing is mended: what is odd is refused."""
        name = text.lower() if text.isascii() else ""
        return cls(name) if _SHOP.fullmatch(name) else None

    @classmethod
    def of_origin(cls, origin: str) -> Self | None:
        """The shop at an origin: `https://name.myshopify.com` and nothing behind it."""
        return cls.parse(origin.removeprefix(_SCHEME)) if origin.startswith(_SCHEME) else None
