"""Who the merchant's mail comes from, on record."""

from datetime import datetime
from typing import Protocol

from plugin.domain.sender import Sender


class Senders(Protocol):
    """At most one sender of the merchant's own; sealed, password and all."""

    def get(self) -> Sender | None:
        """None: the installation's."""
        ...

    def save(self, sender: Sender | None, at: datetime) -> None:
        """Put it in the place of the last; what was tested was that one, so it counts no more."""
        ...

    def tested(self, at: datetime) -> None:
        """A test mail has left."""
        ...

    def last_test_sent(self) -> datetime | None:
        """When a test mail last left by the sender there is now; None: never."""
        ...
