"""Settings of claims, sealed; goodwill given, counted month by month; who saw whose data."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import msgspec

from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.decoding import decoder
from plugin.domain.ids import StaffId
from plugin.domain.money import Money
from plugin.domain.personal_view import PersonalView, Seen
from plugin.storage.scope import Scope
from plugin.storage.tables import claim_settings, goodwill_given, personal_data_views
from plugin.storage.vault import Vault

_TABLE, _COLUMN = "claim_settings", "content"
_decoder = decoder(ClaimSettings)


class SqlClaimDesk:
    """`plugin.ports.claim_desk.ClaimDesk`."""

    def __init__(self, scope: Scope, vault: Vault) -> None:
        self._scope = scope
        self._vault = vault

    def settings(self) -> ClaimSettings:
        """Those in force."""
        row = self._scope.row(self._scope.select(claim_settings, claim_settings.c.content))
        if row is None:
            return ClaimSettings()
        return _decoder.decode(self._vault.unseal(_TABLE, self._scope.merchant, _COLUMN, row.content))

    def save_settings(self, settings: ClaimSettings, at: datetime) -> None:
        """Put them in the place of the last."""
        content = self._vault.seal(_TABLE, self._scope.merchant, _COLUMN, msgspec.json.encode(settings))
        self._scope.upsert(claim_settings, [{"content": content, "saved_at": at}], [])

    def hold_goodwill(self, staff: StaffId, month: date, currency: str) -> Money:
        """Write the row first, changed by nothing: it is this unit's then, and nobody else's until it ends."""
        self.add_goodwill(staff, month, Money.zero(currency))
        return self.goodwill(staff, month, currency)

    def goodwill(self, staff: StaffId, month: date, currency: str) -> Money:
        """What was given so far."""
        is_it = [goodwill_given.c[name] == value for name, value in _month_of(staff, month, currency).items()]
        row = self._scope.row(self._scope.select(goodwill_given, goodwill_given.c.minor).where(*is_it))
        return Money(int(row.minor) if row else 0, currency)

    def add_goodwill(self, staff: StaffId, month: date, amount: Money) -> None:
        """Insert or increment in one statement."""
        key = _month_of(staff, month, amount.currency)
        more = {"minor": goodwill_given.c.minor + amount.minor}
        self._scope.upsert(goodwill_given, [{**key, "minor": amount.minor}], list(key), change=lambda _: more)

    def is_view_known(self, view: PersonalView) -> bool:
        """Whether it is on record for that day."""
        table = personal_data_views
        is_it = [table.c[name] == value for name, value in _day_of(view).items()]
        return self._scope.row(self._scope.select(table, table.c.at).where(*is_it)) is not None

    def add_view(self, view: PersonalView) -> None:
        """Record it once a day."""
        self._scope.insert_new(personal_data_views, [{**_day_of(view), "number": view.number, "at": view.at}])

    def views(self, limit: int) -> Sequence[PersonalView]:
        """Newest first."""
        table = personal_data_views
        newest = self._scope.select(table, *table.c).order_by(table.c.at.desc(), table.c.subject, table.c.staff_id)
        return [
            PersonalView(StaffId(row.staff_id), Seen(row.seen), row.subject, row.number, row.at)
            for row in self._scope.rows(newest.limit(limit))
        ]


def _month_of(staff: StaffId, month: date, currency: str) -> dict[str, str]:
    return {"staff_id": staff, "month": f"{month:%Y-%m}", "currency": currency}


def _day_of(view: PersonalView) -> dict[str, str]:
    day = view.at.astimezone(UTC).date().isoformat()
    return {"staff_id": view.staff, "seen": view.seen.value, "subject": view.subject, "day": day}
