"""Mail that was kept instead of sent, for the demo's mailbox page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from plugin.domain.identity import Identity
from plugin.ports.mailer import Mail


@dataclass(frozen=True, slots=True)
class KeptMail:
    """A message in the mailbox; `kept_at` is when it was handed over, aware UTC."""

    name: str
    kept_at: datetime
    mail: Mail


class Mailbox(Protocol):
    """Reads kept mail."""

    def newest(self) -> Sequence[KeptMail]:
        """Every kept message, newest first."""
        ...

    def get(self, name: str) -> KeptMail | None:
        """One message by its name, or None."""
        ...

    def forget(self, identity: Identity) -> int:
        """Remove every message that names this person, and those nobody can read any more; how many."""
        ...

    def forget_before(self, at: datetime) -> int:
        """Remove what was kept before that instant; how many."""
        ...
