"""What a platform tells our app there, beside what happens in the shop: it was taken off, or data is asked for."""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.data_request import Sought
from plugin.domain.order import OrderRef


@dataclass(frozen=True, slots=True)
class AppUninstalled:
    """The merchant took the app off the shop at that instant (aware UTC); None: the message does not say when."""

    at: datetime | None


@dataclass(frozen=True, slots=True)
class ScopesChanged:
    """The app may see or do more there than before, or less."""


@dataclass(frozen=True, slots=True)
class ErasureAsked:
    """A shopper is to be forgotten: by e-mail address, where they have one, and by their orders."""

    email: str | None
    orders: tuple[OrderRef, ...]


@dataclass(frozen=True, slots=True)
class DataAsked:
    """A shopper wants to have what is held about them; `reference` is the platform's id of their request."""

    sought: Sought
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class ShopErasureAsked:
    """The shoppers of a shop that has let the app go are to be forgotten."""


AppEvent = AppUninstalled | ScopesChanged | ErasureAsked | DataAsked | ShopErasureAsked
