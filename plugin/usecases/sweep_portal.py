"""Forget what the shopper's pages kept for a while: drafts left behind, old counts, wishes nobody could answer."""

from datetime import datetime, timedelta

from plugin.domain.claim_draft import KEPT
from plugin.domain.ids import MerchantId
from plugin.ports.unit_of_work import Units

_A_DAY = timedelta(days=1)


def sweep_portal(*, merchant: MerchantId, units: Units, now: datetime) -> int:
    """How many rows are gone."""
    with units(merchant) as unit:
        gone = unit.claim_drafts.forget(now - KEPT)
        gone += unit.attempts.forget(now - _A_DAY)
        gone += unit.link_requests.forget(now - _A_DAY)
        unit.commit()
    return gone
