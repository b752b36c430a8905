"""What lets us call one shop's API while nobody is there: a token for an hour, and one that renews it for 90 days.

Source: shopify.dev, "About offline access tokens" (2026-10): new public apps get expiring tokens only, every app from
1 January 2027 on. Each renewal gives a new pair; the old renewing token works until the new one is first used, so a
crash between Shopify's answer and our record loses nothing. After 90 days without one, only a visit of the merchant's
helps.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Self

from plugin.domain.backoff import wait
from plugin.domain.connection_faults import ShopFault
from plugin.domain.ids import ShopId

SPARE: Final = timedelta(seconds=60)
"""With less left a token is renewed before it is used."""
KEEP_EVERY: Final = timedelta(days=30)
"""A pair nobody used is renewed after that, which leaves two months for what may go wrong."""


@dataclass(frozen=True, slots=True, repr=False)
class Grant:
    """What the platform granted; shows no token. Instants are aware UTC.

    `access` calls the API until `access_until`, `refresh` renews both until `refresh_until`. All three are None for a
    token of the old kind, which never runs out and is to be exchanged for a pair.
    """

    access: str
    scopes: tuple[str, ...]
    access_until: datetime | None = None
    refresh: str | None = None
    refresh_until: datetime | None = None

    def __repr__(self) -> str:
        return f"Grant({','.join(self.scopes)})"

    def is_spent(self, now: datetime) -> bool:
        """Whether it has to be renewed before it is used."""
        return self.access_until is not None and self.access_until - now < SPARE

    def still_works(self, now: datetime) -> bool:
        """Whether it can be used this instant, while somebody else renews it."""
        return self.access_until is None or now < self.access_until


@dataclass(frozen=True, slots=True)
class ShopToken:
    """One shop's grant on record. `keep_at` is when it is renewed though nobody needs it; None: the merchant has to."""

    shop: ShopId
    grant: Grant
    granted_at: datetime
    keep_at: datetime | None = None
    failures: int = 0
    fault: str | None = None

    @classmethod
    def of(cls, shop: ShopId, grant: Grant, now: datetime) -> Self:
        """A grant as it is first recorded, or in an older one's place; one of the old kind is exchanged at once."""
        return cls(shop, grant, now, keep_at=now if grant.refresh is None else now + KEEP_EVERY)

    def renewed(self, grant: Grant, now: datetime) -> Self:
        """After a renewal."""
        return self.of(self.shop, grant, now)

    def failed(self, fault: ShopFault, now: datetime) -> Self:
        """After a renewal that did not succeed: tried again later and later, unless only the merchant can mend it."""
        failures = self.failures + 1
        pause = max(wait(failures), timedelta(seconds=fault.retry_after or 0))
        return replace(self, keep_at=None if fault.is_final else now + pause, failures=failures, fault=fault.code)
