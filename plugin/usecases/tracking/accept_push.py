"""Take in what an account pushed: it is kept, and nothing else happens in that commit."""

from datetime import datetime

from plugin.domain.ids import MerchantId
from plugin.domain.tracking.account import CarrierAccount
from plugin.domain.tracking.push import Push, PushId
from plugin.ports.ids import Ids
from plugin.ports.unit_of_work import Units


def accept_push(
    body: bytes, account: CarrierAccount, *, merchant: MerchantId, units: Units, ids: Ids, now: datetime
) -> bool:
    """Whether it was new: False when the same waits already, which the other side need not know.

    The caller has verified that the other side sent it. Raises `NotFound` when the account has just been removed.
    """
    push = Push(PushId(ids.new()), account.kind, body, received_at=now, due_at=now)
    with units(merchant, is_incoming=True) as unit:
        is_new = unit.carrier_pushes.add(push)
        unit.commit()
    return is_new
