"""What a page says once about the last change, where no cookie can keep it: for one staff member, under one name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from plugin.domain.ids import StaffId

TOLD_FOR: Final = timedelta(minutes=10)
"""A notice that no page has shown by then is not shown any more."""
KEPT_FOR: Final = timedelta(days=1)
"""Until then what was changed can be taken back."""


@dataclass(frozen=True, slots=True)
class LeftNotice:
    """A sentence to come, by its key and numbers. `left_at` is aware UTC.

    `before` is how everything was that the change touched, None where nothing can be taken back; `undo_at` names the
    endpoint that takes it back.
    """

    name: str
    staff: StaffId
    left_at: datetime
    key: str
    tone: str
    facts: Mapping[str, int]
    undo_at: str
    before: Mapping[str, str | None] | None
