"""The time, asked once per request or job and passed on as an argument."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Says what time it is."""

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        ...
