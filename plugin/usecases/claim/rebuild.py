"""Tell what lists of claims rest on again, from the records alone; nothing is written where nothing changed."""

from plugin.domain.errors import Conflict
from plugin.domain.ids import ClaimId, MerchantId
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.claim.act import read_claim

_BATCH = 200


def rebuild_claims(*, merchant: MerchantId, units: Units) -> int:
    """How many claims were listed as something else than their record tells.

    Batches are committed one by one: a run that dies is simply run again.
    """
    changed, after = 0, None
    while True:
        with units(merchant) as unit:
            batch = unit.claims.batch(after, _BATCH)
            changed += sum(_rebuild(claim, unit) for claim in batch)
            unit.commit()
        if len(batch) < _BATCH:
            return changed
        after = batch[-1]


def _rebuild(claim: ClaimId, unit: UnitOfWork) -> bool:
    try:
        return unit.claims.rebuild(read_claim(claim, unit))
    except Conflict:  # somebody is at work on it, and writes what it is listed by
        return False
