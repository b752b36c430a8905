"""How often something may be tried: so many times in a span of time, for each who tries and for a shop as a whole."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from plugin.domain.errors import NotAllowed

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_A_SECOND = timedelta(seconds=1)


class TooManyAttempts(NotAllowed):
    """Tried too often: nothing was looked up; `facts["wait"]` is after how many seconds it may be tried again."""

    code = "too_many_attempts"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many attempts in each span; spans follow one another from 1970 on, so that all processes agree."""

    most: int
    span: timedelta

    def slot(self, now: datetime) -> datetime:
        """When the span began that `now` (aware UTC) is in."""
        return now - (now - _EPOCH) % self.span

    def check(self, count: int, now: datetime) -> None:
        """Raises `TooManyAttempts` for an attempt that is one too many, counted from 1."""
        if count > self.most:
            left = self.slot(now) + self.span - now
            raise TooManyAttempts({"wait": -(-left // _A_SECOND)})
