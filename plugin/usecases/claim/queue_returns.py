"""Queue claims whose return on the platform may be behind: at once when they change, by the clock what was lost."""

from datetime import UTC, datetime, timedelta

from plugin.domain.backoff import attempt_key
from plugin.domain.claim.claim import Claim
from plugin.domain.effects import KeepReturn
from plugin.domain.ids import MerchantId
from plugin.domain.order import Platform
from plugin.ports.unit_of_work import UnitOfWork, Units

KEEPS_RETURNS = frozenset({Platform.SHOPIFY})
"""Platforms that keep returns themselves; `capabilities` still decides."""
LATE = timedelta(minutes=15)
"""Longer than all attempts of a job."""
LOOK_BACK = timedelta(days=1)
_EVER = datetime(2000, 1, 1, tzinfo=UTC)
_MOST = 200


def queue_return(claim: Claim, unit: UnitOfWork) -> None:
    """Once for each version of the claim, in the transaction that made it; only where returns are kept."""
    if unit.shops.get(claim.shop).platform in KEEPS_RETURNS:
        unit.queue.add([KeepReturn(unit.merchant, claim.id)], key=f"{claim.id}:{claim.version}")


def queue_due_returns(*, merchant: MerchantId, units: Units, now: datetime, is_whole: bool = False) -> int:
    """How many claims were queued: attempts that may begin, and changes whose job was lost; each once an hour.

    Changes of the last day; `is_whole`: of whenever.
    """
    with units.read(merchant) as unit:
        shops = [shop.id for shop in unit.shops.all() if shop.platform in KEEPS_RETURNS]
        if not shops:
            return 0
        after = _EVER if is_whole else now - LOOK_BACK
        late = [*unit.kept_returns.due(now, _MOST), *unit.kept_returns.behind(shops, after, now - LATE, _MOST)]
    if late:
        with units(merchant) as unit:
            for claim, since in late:
                unit.queue.add([KeepReturn(merchant, claim)], key=attempt_key(claim, since, now))
            unit.commit()
    return len(late)
