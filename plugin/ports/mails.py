"""Messages that wait to be sent."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from plugin.ports.mailer import Mail


class Mails(Protocol):
    """Messages waiting for the worker, sealed."""

    def add(self, mail_id: str, mail: Mail, at: datetime) -> None:
        """Store a message to send, queued at this instant."""
        ...

    def get(self, mail_id: str) -> Mail | None:
        """None once sent and forgotten, or parked."""
        ...

    def is_known(self, mail_id: str) -> bool:
        """Whether a message of this id was ever queued, sent ones included."""
        ...

    def sent(self, mail_id: str, at: datetime) -> None:
        """Handed over: forget the content."""
        ...

    def unsent(self, since: datetime, before: datetime, limit: int) -> Sequence[str]:
        """Messages queued from `since` until `before` (exclusive) and not handed over yet, newest first."""
        ...
