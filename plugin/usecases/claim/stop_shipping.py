"""Keep goods of a withdrawal that have not left from leaving; where the platform cannot, leave word on its order.

Runs in the worker, perhaps twice, under the claim's key.
"""

from contextlib import suppress
from datetime import datetime

from plugin.domain.claim.commands.withdrawing import stop_shipping as stopped
from plugin.domain.claim.machines.goods import SHIPPING_STOPPED
from plugin.domain.claim.vocabulary import ClaimTrack
from plugin.domain.ids import ClaimId
from plugin.domain.order import Order
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import ActionsOf, PlatformActions, Units
from plugin.usecases.claim.act import read_claim
from plugin.usecases.claim.desk import Desk
from plugin.usecases.claim.work import work_on_claim

NOTED = "noted"
_NOTE = "Aftercare: the shopper has withdrawn from these goods (claim {number}). Please do not send them."


def stop_shipping(claim: ClaimId, *, desk: Desk, actions: ActionsOf, now: datetime) -> str:
    """`stopped`, `noted`, or why neither could be done. Raises `Unavailable`: the job is given again."""
    with desk.units.read(desk.merchant) as unit:
        known = read_claim(claim, unit)
        order = unit.orders.get(known.order).order
        shop = unit.shops.get(known.shop)
    if known.track is not ClaimTrack.WITHDRAWAL or known.is_shipping_stopped:
        return "done_before"
    units = tuple(Units(line.order_line, line.quantity) for line in known.lines)
    try:
        outcome = _ask(actions(shop), order, units, known.number, key=f"stop:{claim}")
    except Rejected as error:
        outcome = error.code
    work_on_claim(claim, lambda found: stopped(found, outcome), desk=desk, now=now)
    return outcome


def _ask(platform: PlatformActions, order: Order, units: tuple[Units, ...], number: str, *, key: str) -> str:
    """What cannot be held (part of it is on its way) is noted: whoever packs has to know all the same."""
    if platform.capabilities(order).cancel_fulfilment:
        with suppress(Rejected):
            platform.cancel_fulfilment(order, units, idempotency_key=key)
            return SHIPPING_STOPPED
    platform.note(order, _NOTE.format(number=number), idempotency_key=key)
    return NOTED
