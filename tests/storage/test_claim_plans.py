"""The indices behind the queue of claims: SQLite plans without statistics, so a small table's plan is a large one's."""

import pytest

from plugin.domain.claim.status import ClaimStatus
from plugin.domain.ids import ShopId, StaffId
from plugin.ports.claim_views import ClaimQuery, QueueView
from plugin.storage import Storage
from tests.build import MERCHANT, NOW
from tests.storage.plans import planned

KAJA = StaffId("kaja")


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (ClaimQuery(), "due (merchant_id=?)"),
        (ClaimQuery(QueueView.MINE, agent=KAJA), "assignee (merchant_id=? AND assignee=?)"),
        (ClaimQuery(QueueView.UNASSIGNED), "assignee (merchant_id=? AND assignee=?)"),
        (ClaimQuery(QueueView.SAFETY), "tier (merchant_id=? AND tier=?)"),
        (ClaimQuery(QueueView.TODAY), "due (merchant_id=? AND due_order>? AND due_order<?)"),
        (ClaimQuery(QueueView.OVERDUE), "due (merchant_id=? AND due_order<?)"),
        (ClaimQuery(QueueView.UNANSWERED), "turn (merchant_id=? AND waits_for_answer=?)"),
        (ClaimQuery(QueueView.WAITING), "open_status (merchant_id=? AND status=?)"),
        (ClaimQuery(QueueView.MONEY), "stuck (merchant_id=? AND money_stuck_at<?)"),
        (ClaimQuery(QueueView.ALL), "opened (merchant_id=?)"),
        (ClaimQuery(QueueView.ALL, status=ClaimStatus.CLOSED), "status (merchant_id=? AND status=?)"),
        (ClaimQuery(QueueView.ALL, country="DE"), "country (merchant_id=? AND country=?)"),
        (ClaimQuery(QueueView.ALL, shop=ShopId("shop-Nordkap")), "shop (merchant_id=? AND shop_id=?)"),
    ],
    ids=str,
)
def test_a_page_is_read_along_an_index_however_many_claims_there_are(
    sqlite_storage: Storage, query: ClaimQuery, index: str
) -> None:
    with planned(sqlite_storage) as plan:
        sqlite_storage.views.claims(MERCHANT, query, None, 10, NOW)
    steps = plan[-1]
    assert any(f"claims USING INDEX ix_claims_{index}" in step for step in steps), steps
    assert not [step for step in steps if step.startswith("SCAN") and "found" not in step and "page" not in step], steps


def test_each_count_walks_an_index(sqlite_storage: Storage) -> None:
    with planned(sqlite_storage) as plan:
        sqlite_storage.views.claim_counts(MERCHANT, KAJA, NOW)
    steps = [step for step in plan[-1] if " claims " in step]
    assert len(steps) == len(QueueView) - 1
    assert all("SEARCH" in step and "INDEX ix_claims_" in step for step in steps), steps
