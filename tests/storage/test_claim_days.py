"""What is due today: counted in the day of each claim's market, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from plugin.domain.claim.commands.conversing import start_timer
from plugin.domain.ids import ClaimId, StaffId
from plugin.ports.claim_views import ClaimQuery, QueueView
from plugin.storage import Storage
from tests.build import MERCHANT, a_stored_order
from tests.storage.claim_records import act, an_opening, begin, opening

MIDNIGHT = datetime(2026, 11, 22, tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)


@pytest.mark.parametrize(
    ("zone", "now", "due", "held"),
    [
        ("Europe/Berlin", MIDNIGHT - timedelta(minutes=1), MIDNIGHT + timedelta(minutes=1), 0),
        ("Europe/Berlin", MIDNIGHT, MIDNIGHT + timedelta(minutes=1), 1),
        ("Europe/Berlin", MIDNIGHT - timedelta(minutes=1), MIDNIGHT, 1),  # a day's end is that day's
        ("Europe/Berlin", MIDNIGHT, MIDNIGHT + timedelta(hours=24), 1),
        ("Europe/Berlin", MIDNIGHT, MIDNIGHT + timedelta(hours=24, minutes=1), 0),
        ("America/New_York", MIDNIGHT - timedelta(minutes=1), MIDNIGHT + timedelta(minutes=1), 1),
        ("Pacific/Auckland", MIDNIGHT + timedelta(hours=12), MIDNIGHT + timedelta(hours=12, minutes=5), 1),
        ("Pacific/Auckland", MIDNIGHT + timedelta(hours=11), MIDNIGHT + timedelta(hours=12, minutes=5), 0),
        ("Europe/Berlin", MIDNIGHT + timedelta(hours=9), MIDNIGHT + timedelta(hours=8), 0),  # overdue
        (None, MIDNIGHT, MIDNIGHT + timedelta(hours=1, minutes=1), 0),  # unknown: UTC, where it is still the 21st
    ],
)
def test_due_today_is_counted_in_the_day_of_the_claims_market(
    storage: Storage, zone: str | None, now: datetime, due: datetime, held: int
) -> None:
    with storage.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order()])
        unit.commit()
    begin(storage.units, ClaimId("c1"), opening(an_opening(zone=zone))[:2], now=MIDNIGHT - timedelta(days=2))
    act(storage.units, lambda _: start_timer("first_answer", due), ClaimId("c1"), now=MIDNIGHT - timedelta(days=2))
    rows = storage.views.claims(MERCHANT, ClaimQuery(QueueView.TODAY), None, 10, now).rows
    assert len(rows) == held
    assert storage.views.claim_counts(MERCHANT, StaffId("kaja"), now)[QueueView.TODAY] == held
