"""How long to wait before a call, by what Shopify says calls cost: a bucket of points that fills up again.

Source: shopify.dev, "API limits" (2026-10): a call is let in when its requested cost is there, and charged its actual
cost. Recorded on a standard shop: 2000 points, 100 a second.
"""

from dataclasses import dataclass
from typing import Final

import msgspec


class Status(msgspec.Struct, frozen=True, rename="camel"):
    """`extensions.cost.throttleStatus`: points."""

    maximum_available: float
    currently_available: float
    restore_rate: float
    """Points a second."""


class Cost(msgspec.Struct, frozen=True, rename="camel"):
    """`extensions.cost`: `actual_query_cost` is None where the call was not let in."""

    requested_query_cost: float
    throttle_status: Status
    actual_query_cost: float | None = None


LONGEST: Final = 20.0
"""Seconds a bucket of 2000 takes to fill at 100 a second; nothing is worth waiting longer for."""


@dataclass(slots=True)
class Bucket:
    """What is known of a shop's points: the last answer's word, and what each operation asked for then."""

    status: Status | None = None
    seen_at: float = 0.0
    asked: dict[str, float] | None = None

    def told(self, operation: str, cost: Cost, at: float) -> None:
        """Keep what an answer says; `at` is in seconds on any clock that only goes forward."""
        self.status, self.seen_at = cost.throttle_status, at
        self.asked = {**(self.asked or {}), operation: cost.requested_query_cost}

    def pause(self, operation: str, at: float) -> float:
        """Seconds until the operation will be let in; 0 for one never sent: Shopify will say."""
        wanted = (self.asked or {}).get(operation)
        if self.status is None or wanted is None:
            return 0.0
        return wait(wanted, self.status, at - self.seen_at)


def wait(wanted: float, status: Status, elapsed: float = 0.0) -> float:
    """Seconds until the bucket holds that many points, `elapsed` seconds after it was told; bounded."""
    if status.restore_rate <= 0:
        return 0.0
    missing = min(wanted, status.maximum_available) - status.currently_available
    return min(max(missing / status.restore_rate - elapsed, 0.0), LONGEST)
