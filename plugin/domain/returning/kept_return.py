"""How far the platform's own return of a claim is behind the claim: one at work at a time, tried again, parked."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from plugin.domain.backoff import next_attempt
from plugin.domain.ids import ClaimId, OrderId

_LEASE = timedelta(minutes=10)
"""Longer than any platform takes to answer to all steps; a worker that dies leaves it to the next one after that."""
UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class KeptReturn:
    """One claim's. Instants are UTC.

    `returns`: the platform's ids of the returns that the claim's goods are in, ours and those it joined. `seen`: the
    claim's version that was last brought about or given up on. `said`: a digest of what was asked for then. `due_at`:
    when the next attempt may begin; `code`: why the platform refused, which waits for a change of the claim.
    """

    claim: ClaimId
    order: OrderId
    returns: tuple[str, ...] = ()
    seen: int = 0
    said: str = ""
    leased_until: datetime | None = None
    due_at: datetime | None = None
    attempts: int = 0
    code: str | None = None
    version: int = 0
    """0: not saved yet; each save compares and increments."""

    def is_at_work(self, now: datetime) -> bool:
        """Whether somebody is at it."""
        return self.leased_until is not None and self.leased_until > now

    def begun(self, now: datetime) -> Self:
        """An attempt begins; nobody else begins one before its lease is over."""
        until = now + _LEASE
        return replace(self, leased_until=until, due_at=until, attempts=self.attempts + 1)

    def done(self, seen: int, said: str, returns: tuple[str, ...]) -> Self:
        """The platform says what the claim said at this version."""
        rest = replace(self, leased_until=None, due_at=None, attempts=0, code=None)
        return replace(rest, seen=seen, said=said, returns=returns)

    def postponed(self, returns: tuple[str, ...], seen: int, now: datetime) -> Self:
        """No answer: tried again later and later, parked after some two hours, until the claim has moved on."""
        due = next_attempt(self.attempts, now)
        if due is None:
            return self.refused(UNAVAILABLE, returns, seen)
        return replace(self, leased_until=None, due_at=due, returns=returns)

    def refused(self, code: str, returns: tuple[str, ...], seen: int) -> Self:
        """The platform will not, or does not answer: asked again, as often as at first, when the claim has moved on."""
        return replace(self, leased_until=None, due_at=None, attempts=0, code=code, seen=seen, returns=returns, said="")
