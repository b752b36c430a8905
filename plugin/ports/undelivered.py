"""Mail that did not leave at once: still tried, or parked until somebody acts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from plugin.domain.identity import Identity
from plugin.ports.mailer import Mail

GIVEN_UP: Final = "given_up"
"""The fault of a message that waited out its days without one of its own."""


@dataclass(frozen=True, slots=True)
class UndeliveredMail:
    """A message with what went wrong last: a fault's code, and `detail` in the server's own words.

    It is tried again by itself until `parked_at`; from then on it waits for somebody.
    """

    id: str
    mail: Mail
    queued_at: datetime
    attempts: int
    fault: str
    detail: str
    failed_at: datetime
    parked_at: datetime | None


class UndeliveredMails(Protocol):
    """The messages of `Mails` that failed at least once and have not left yet."""

    def failed(self, mail_id: str, fault: str, detail: str, at: datetime) -> None:
        """Count an attempt that did not succeed; one that has left meanwhile stays as it is."""
        ...

    def park(self, mail_id: str, at: datetime) -> None:
        """Try it no more by itself."""
        ...

    def give_up(self, before: datetime, at: datetime) -> int:
        """Park what was queued before that instant and is still here; how many."""
        ...

    def all(self, limit: int) -> Sequence[UndeliveredMail]:
        """Newest queued first."""
        ...

    def revive(self, mail_ids: Sequence[str] | None, at: datetime) -> Sequence[str]:
        """Have these tried again from now on as if just queued (None: all); those that are there."""
        ...

    def dismiss(self, mail_ids: Sequence[str]) -> int:
        """Forget these for good; how many there were."""
        ...

    def forget(self, identity: Identity) -> int:
        """Remove whatever waits to be sent to this person or names them, failed or not; how many."""
        ...
