"""What the desk of claims keeps, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.ids import StaffId
from plugin.domain.money import Money
from plugin.domain.personal_view import PersonalView
from tests.fakes.tables import Tables


@dataclass(slots=True)
class FakeClaimDesk:
    tables: Tables

    def settings(self) -> ClaimSettings:
        return self.tables.claim_settings

    def save_settings(self, settings: ClaimSettings, at: datetime) -> None:  # noqa: ARG002 - the port's signature
        self.tables.claim_settings = settings

    def hold_goodwill(self, staff: StaffId, month: date, currency: str) -> Money:
        return self.goodwill(staff, month, currency)

    def goodwill(self, staff: StaffId, month: date, currency: str) -> Money:
        return self.tables.goodwill.get((staff, _month_of(month), currency), Money.zero(currency))

    def add_goodwill(self, staff: StaffId, month: date, amount: Money) -> None:
        key = (staff, _month_of(month), amount.currency)
        self.tables.goodwill[key] = self.goodwill(*key) + amount

    def is_view_known(self, view: PersonalView) -> bool:
        return any(_day_of(known) == _day_of(view) for known in self.tables.personal_views)

    def add_view(self, view: PersonalView) -> None:
        if not self.is_view_known(view):
            self.tables.personal_views.append(view)

    def views(self, limit: int) -> Sequence[PersonalView]:
        return sorted(self.tables.personal_views, key=lambda view: view.at, reverse=True)[:limit]


def _month_of(day: date) -> date:
    return day.replace(day=1)


def _day_of(view: PersonalView) -> tuple[object, ...]:
    return view.staff, view.seen, view.subject, view.at.date()
