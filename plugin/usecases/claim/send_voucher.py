"""Have the platform make a voucher that was given out of goodwill, and tell the claim its code.

Runs in the worker, perhaps twice: the key is the claim's goodwill, so a platform that did it says so when asked again.
What the platform refuses waits for a person, who tries again or takes it back.
"""

from datetime import datetime

from plugin.domain.access import require_role
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands import giving
from plugin.domain.claim.machines.goodwill import GoodwillState
from plugin.domain.effects import SendVoucher
from plugin.domain.ids import ClaimId
from plugin.domain.shop import Role, StaffMember
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.platform_actions import ActionsOf
from plugin.usecases.claim.act import read_claim
from plugin.usecases.claim.decide import agent
from plugin.usecases.claim.desk import Desk, Sitting
from plugin.usecases.claim.work import work_on_claim


def can_send_vouchers(claim: ClaimId, *, desk: Desk, actions: ActionsOf) -> bool:
    """Whether the shop's platform gives credit to this shopper. A platform that cannot be reached is asked again later.

    Raises `NotFound`.
    """
    with desk.units.read(desk.merchant) as unit:
        known = read_claim(claim, unit)
        order, shop = unit.orders.get(known.order).order, unit.shops.get(known.shop)
    try:
        return actions(shop).capabilities(order).store_credit
    except Rejected:
        return False
    except Unavailable:
        return True


def queue_voucher(claim: Claim, no: int, here: Sitting) -> None:
    """Have it made, in the caller's transaction."""
    effect = SendVoucher(here.unit.merchant, claim.id, no)
    here.unit.queue.add([effect], key=f"voucher:{claim.id}:{no}:{claim.version}")


def send_voucher(claim: ClaimId, no: int, *, desk: Desk, actions: ActionsOf, now: datetime) -> str:
    """What became of it. Raises `Unavailable`: the outcome is unknown, and the job is given again."""
    with desk.units.read(desk.merchant) as unit:
        known = read_claim(claim, unit)
        order, shop = unit.orders.get(known.order).order, unit.shops.get(known.shop)
        is_combinable = not unit.claim_desk.settings().vouchers_alone
    given = known.goodwill_of(no)
    if given.state is not GoodwillState.SENDING:
        return given.state
    key = f"{claim}:goodwill:{no}"
    try:
        platform = actions(shop)
        made = platform.issue_store_credit(
            order, given.amount, expires_at=None, idempotency_key=key, is_combinable=is_combinable
        )
        moved = giving.voucher_sent(no, made.code)
    except Rejected as error:
        moved = giving.voucher_failed(no, error.code)
    return work_on_claim(claim, lambda _: moved, desk=desk, now=now).goodwill_of(no).state


def send_voucher_again(
    claim: ClaimId, no: int, *, by: StaffMember, desk: Desk, now: datetime, seen: int | None = None
) -> Claim:
    """A voucher that failed is tried again, under its own key. Raises `RoleTooLow`, `NotFound`, `NoSuchMove`."""
    require_role(by, Role.AGENT)
    with desk.sitting(now) as here:
        changed = here.act_seen(claim, lambda _: giving.send_again(no, agent(by)), seen)
        queue_voucher(changed, no, here)
        here.unit.commit()
    return changed
