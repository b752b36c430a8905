"""Put goods that came back and are fit for sale into the platform's stock again, apart from any refund.

Runs in the worker, perhaps twice: the key is the claim's line, so a platform that did it does it no second time.
"""

from datetime import datetime

from plugin.domain.claim.claim import Claim, ClaimLine
from plugin.domain.claim.commands.disposing import is_to_be_restocked
from plugin.domain.claim.commands.disposing import restock as restocked
from plugin.domain.claim.machines.goods import RESTOCKED
from plugin.domain.claim.wanted_return import Phase, wanted_return
from plugin.domain.ids import ClaimId
from plugin.domain.order import Order
from plugin.domain.shop import Shop
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import ActionsOf, PlatformActions, Refusal, Units
from plugin.usecases.claim.act import read_claim
from plugin.usecases.claim.desk import Desk
from plugin.usecases.claim.queue_returns import KEEPS_RETURNS
from plugin.usecases.claim.work import work_on_claim

WITH_ITS_RETURN = "with_its_return"


def restock_goods(claim: ClaimId, no: int, *, desk: Desk, actions: ActionsOf, now: datetime) -> str:
    """`restocked`, or why not. Raises `Unavailable`: the outcome is unknown, and the job is given again.

    Where the platform keeps the return these goods came back in, that return says so (`keep_return`).
    """
    with desk.units.read(desk.merchant) as unit:
        known = read_claim(claim, unit)
        order = unit.orders.get(known.order).order
        shop = unit.shops.get(known.shop)
    line = known.line(no)
    if not is_to_be_restocked(line):
        return "done_before"
    try:
        platform = actions(shop)
        if _comes_with_its_return(known, no, shop) and platform.capabilities(order).returns:
            return WITH_ITS_RETURN
        _put_back(known, line, order, platform)
        outcome = RESTOCKED
    except Rejected as error:
        outcome = error.code
    work_on_claim(claim, lambda found: restocked(found, no, outcome), desk=desk, now=now)
    return outcome


def _comes_with_its_return(claim: Claim, no: int, shop: Shop) -> bool:
    here = {line.no for line in wanted_return(claim).lines if line.phase is Phase.HERE}
    return shop.platform in KEEPS_RETURNS and no in here


def _put_back(claim: Claim, line: ClaimLine, order: Order, platform: PlatformActions) -> None:
    if not platform.capabilities(order).restock:
        raise Rejected(Refusal.NOT_SUPPORTED)
    units = (Units(line.order_line, line.quantity),)
    platform.restock(order, units, idempotency_key=f"restock:{claim.id}:{line.no}")
