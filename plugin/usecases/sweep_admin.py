"""Forget what the merchant's pages kept for a while: keys shops were asked for, notices, answered challenges."""

from datetime import datetime

from plugin.domain.ids import MerchantId
from plugin.domain.key_request import KEPT
from plugin.domain.left_notice import KEPT_FOR
from plugin.ports.unit_of_work import Units


def sweep_admin(*, merchant: MerchantId, units: Units, now: datetime) -> int:
    """How many rows are gone."""
    with units(merchant) as unit:
        gone = unit.key_requests.forget(now - KEPT)
        gone += unit.left_notices.forget(now - KEPT_FOR)
        gone += unit.passkeys.forget_spent(now)
        unit.commit()
    return gone
