"""Scores of carriers that were made beforehand, for merchants who send too many parcels to count them at each visit."""

from typing import Protocol

from plugin.domain.tracking.scorecard import Scored


class Scorecards(Protocol):
    """One merchant's, one for each length of a period at most; nothing personal."""

    def get(self, days: int) -> Scored | None:
        """What was made last of the last `days`."""
        ...

    def save(self, scored: Scored) -> None:
        """From now on this of its days."""
        ...

    def forget(self, days: int) -> None:
        """None of these days any more."""
        ...
