"""The machine's clock (`plugin.ports.clock.Clock`)."""

from datetime import UTC, datetime


class SystemClock:
    """Says what time the machine has."""

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        return datetime.now(UTC)
