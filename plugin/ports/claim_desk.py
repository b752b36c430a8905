"""What the desk that claims are worked at keeps: limits and budgets, goodwill given, who saw whose data."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.ids import StaffId
from plugin.domain.money import Money
from plugin.domain.personal_view import PersonalView


class ClaimDesk(Protocol):
    """One merchant's desk; its settings are sealed, because an account is among them."""

    def settings(self) -> ClaimSettings:
        """Those in force; without limits, budgets and account while nobody has set any."""
        ...

    def save_settings(self, settings: ClaimSettings, at: datetime) -> None:
        """Put them in the place of the last."""
        ...

    def hold_goodwill(self, staff: StaffId, month: date, currency: str) -> Money:
        """What an agent gave so far in the month of this day; until this unit ends nobody else adds to it."""
        ...

    def goodwill(self, staff: StaffId, month: date, currency: str) -> Money:
        """The same, to be shown."""
        ...

    def add_goodwill(self, staff: StaffId, month: date, amount: Money) -> None:
        """Add to what an agent gave in that month."""
        ...

    def is_view_known(self, view: PersonalView) -> bool:
        """Whether this member's look at this subject is on record for that day."""
        ...

    def add_view(self, view: PersonalView) -> None:
        """Record it; a second one of the same day changes nothing."""
        ...

    def views(self, limit: int) -> Sequence[PersonalView]:
        """Who saw whose data, newest first."""
        ...
