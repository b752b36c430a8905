"""An effect that ran out of tries: what it was to do, why it did not, and whether anybody has looked at it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

TRYING: Final = timedelta(hours=1)
"""As long as one that is tried again is not shown: by then it has succeeded, failed anew, or its job was lost."""
KEPT: Final = timedelta(days=90)
"""How long one is kept that was dismissed, from when it failed last; what nobody dismissed stays."""


@dataclass(frozen=True, slots=True)
class FailedEffect:
    """One effect, whichever of its jobs failed. Instants are aware UTC.

    `id` is the same for the same effect; `fields` are its own, as JSON of ids; `times` counts the jobs that failed.
    `fault` is a code; `request`: the id of the request that asked for it. `retried_at`: when it was last tried again by
    hand; `dismissed_at`: when somebody decided to leave it.
    """

    id: str
    name: str
    fields: str
    fault: str
    first_at: datetime
    failed_at: datetime
    times: int = 1
    request: str | None = None
    retried_at: datetime | None = None
    dismissed_at: datetime | None = None

    def is_being_tried(self, now: datetime) -> bool:
        """Whether it was tried again by hand so lately that its job may still be about it."""
        return self.retried_at is not None and self.retried_at >= now - TRYING
