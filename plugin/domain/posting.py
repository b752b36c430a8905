"""How far writing a shop's promises into its own platform has come, and when it is looked at again."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Self

from plugin.domain.backoff import next_attempt, wait
from plugin.domain.connection_faults import ShopFault
from plugin.domain.ids import ShopId

CHECK_EVERY: Final = timedelta(hours=1)
"""Languages and countries of a shop change without anybody telling us."""
TRY_REFUSED_AFTER: Final = timedelta(days=1)
_TIME_AND_AGAIN: Final = 3


@dataclass(frozen=True, slots=True)
class Posted:
    """What was last sent to a place, by digest; `refusal`: why it does not stand there."""

    digest: bytes
    at: datetime
    refusal: str | None = None

    def is_settled(self, digest: bytes, now: datetime) -> bool:
        """Whether sending this would change nothing: it stands there, or was refused less than a day ago."""
        if self.digest != digest:
            return False
        return self.refusal is None or now < self.at + TRY_REFUSED_AFTER


@dataclass(frozen=True, slots=True)
class Posting:
    """One shop's. All instants are aware UTC.

    `board` names what was written on; `policy` what was in force when everything was last written (`posted_at`), None
    for the law alone. `asked_at`: when something to be written last changed. `refused` counts the `places` that the
    platform does not take, for `refusal` among others.
    """

    shop: ShopId
    due_at: datetime
    board: str = ""
    asked_at: datetime | None = None
    posted_at: datetime | None = None
    policy: str | None = None
    places: int = 0
    refused: int = 0
    refusal: str | None = None
    failures: int = 0
    fault: str | None = None
    fault_detail: str | None = None

    @property
    def is_stuck(self) -> bool:
        """Whether the merchant had better look: something is not taken, or writing failed time and again."""
        return self.refused > 0 or self.failures >= _TIME_AND_AGAIN

    def is_due(self, policy: str | None, now: datetime) -> bool:
        """Whether there may be something to write: it is time, something changed, or another policy is in force."""
        if self.due_at <= now:
            return True
        if self.failures:
            return False
        is_behind = self.posted_at is None or (self.asked_at is not None and self.asked_at >= self.posted_at)
        return is_behind or self.policy != policy

    def done(self, began_at: datetime, policy: str | None, refusals: tuple[str, ...], places: int) -> Self:
        """After everything was written as it was to be at `began_at`."""
        whole = replace(self, posted_at=began_at, policy=policy, places=places, due_at=began_at + CHECK_EVERY)
        told = replace(whole, refused=len(refusals), refusal=next(iter(sorted(refusals)), None))
        return replace(told, failures=0, fault=None, fault_detail=None)

    def failed(self, fault: ShopFault, now: datetime) -> Self:
        """After a fault: tried again later and later, every hour in the end."""
        failures = self.failures + 1
        due = now + max(wait(failures), timedelta(seconds=fault.retry_after or 0))
        return replace(self, failures=failures, due_at=due, fault=fault.code, fault_detail=fault.detail)

    def is_given_up(self, now: datetime) -> bool:
        """Whether taking everything away from a shop that was let go has failed for some two hours."""
        return self.failures > 0 and next_attempt(self.failures, now) is None
