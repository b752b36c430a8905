"""What an app may do in a shop: what it needs, what it can be granted besides, and where a merchant grants it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from plugin.domain.shop_domain import ShopDomain


class AppScopes(Protocol):
    """The app's wishes, held against what was granted."""

    @property
    def optional(self) -> Mapping[str, Sequence[str]]:
        """What a merchant may add, by what it is for."""
        ...

    def lacking(self, granted: Iterable[str]) -> Sequence[str]:
        """What the app cannot do without and was not granted; writing includes reading."""
        ...

    def is_granted(self, purpose: str, granted: Iterable[str]) -> bool:
        """Whether everything `purpose` takes was granted."""
        ...

    def reaches_all_orders(self, granted: Iterable[str]) -> bool:
        """Whether orders of more than 60 days ago are shown to us as well."""
        ...

    def page(self, shop: ShopDomain, *, purpose: str | None = None) -> str:
        """The shop's page that grants what the app needs, and what `purpose` takes besides."""
        ...
