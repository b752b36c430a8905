"""A live connection to a shop: the merchant's keys, how far the shop has been read, and what went wrong last."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from plugin.domain.backoff import wait
from plugin.domain.connection_faults import ShopFault
from plugin.domain.first_reading import FirstReading
from plugin.domain.ids import ShopId

POLL_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """What the platform gave the merchant to hand on; shows as `***` wherever it is formatted.

    `way` is how the platform's adapter presents them, in its own word: found out when they were first tried.
    """

    key: str
    secret: str
    way: str = ""

    def __repr__(self) -> str:
        return "Credentials(***)"


@dataclass(frozen=True, slots=True)
class Connection:
    """One shop's keys and where reading it stands. All instants are aware UTC.

    `read_until` is on the shop's own clock: every order changed up to then has been stored. `catalogue_at` is on ours:
    when the last reading of the catalogue that came to its end began; `polled_at` is the same for a whole poll.
    `due_at` is None while polling rests: the merchant has to act. `first`: the first reading, while it is under way.
    """

    shop: ShopId
    credentials: Credentials
    connected_at: datetime
    read_until: datetime | None = None
    catalogue_at: datetime | None = None
    polled_at: datetime | None = None
    due_at: datetime | None = None
    failures: int = 0
    failing_since: datetime | None = None
    """When the first of the polls failed since the last that did not."""
    fault: str | None = None
    fault_detail: str | None = None
    first: FirstReading | None = None

    def polled(self, began_at: datetime, every: timedelta, *, is_complete: bool) -> Self:
        """After a poll without fault: one that came to its end rests until the next is due, another goes on at once."""
        whole = replace(self, failures=0, failing_since=None, fault=None, fault_detail=None, due_at=began_at)
        return replace(whole, polled_at=began_at, due_at=began_at + every) if is_complete else whole

    def failed(self, fault: ShopFault, now: datetime) -> Self:
        """After a fault: tried again later and later; polling rests when only the merchant can mend it."""
        failures = self.failures + 1
        pause = max(wait(failures), timedelta(seconds=fault.retry_after or 0))
        due_at = None if fault.is_final else now + pause
        told = replace(self, fault=fault.code, fault_detail=fault.detail, due_at=due_at)
        return replace(told, failures=failures, failing_since=self.failing_since or now)
