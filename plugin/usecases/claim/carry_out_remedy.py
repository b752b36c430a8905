"""Have the platform make what is sent instead of money: an exchange, a replacement, store credit.

Runs in the worker, perhaps twice: the key is the claim's line, so a platform that did it says so when asked again.
Units can be in one of a platform's returns alone, and an exchange is one: what the claim had asked for before lets go
of them first.
"""

from datetime import datetime

from plugin.domain.claim.claim import Claim, ClaimLine
from plugin.domain.claim.commands.remedying import Made, fail, succeed
from plugin.domain.claim.exchange import difference_told
from plugin.domain.claim.machines.decision import RemedyState
from plugin.domain.claim.vocabulary import PLATFORM
from plugin.domain.ids import ClaimId
from plugin.domain.money import Money
from plugin.domain.order import Order
from plugin.domain.remedy import Remedy
from plugin.domain.returning.kept_return import KeptReturn
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.platform_actions import Exchange, NewItem, OrderReceipt, PlatformActions, Units
from plugin.usecases.claim.act import read_claim
from plugin.usecases.claim.desk import Desk
from plugin.usecases.claim.keep_return import KeepingMeans, keep_return
from plugin.usecases.claim.work import work_on_claim

NO_VARIANT = "no_variant"
"""Nobody said which product goes out in exchange."""


NOT_FREED = "return_not_freed"


def carry_out_remedy(claim: ClaimId, no: int, *, desk: Desk, means: KeepingMeans, now: datetime) -> str:
    """The remedy's state afterwards. Raises `Unavailable`: the outcome is unknown, and the job is given again."""
    with desk.units.read(desk.merchant) as unit:
        known = read_claim(claim, unit)
        order = unit.orders.get(known.order).order
        shop = unit.shops.get(known.shop)
        is_combinable = not unit.claim_desk.settings().vouchers_alone
    line = known.line(no)
    if line.remedy is not RemedyState.EXECUTING:
        return line.remedy
    if line.plan is not None and line.plan.remedy is Remedy.EXCHANGE:
        _free(claim, desk, means, now)
    try:
        made = _make(known, line, order, means.actions(shop), is_combinable=is_combinable)
    except Rejected as error:
        code = error.code
        return work_on_claim(claim, lambda c: fail(c, no, code, PLATFORM), desk=desk, now=now).line(no).remedy
    done = work_on_claim(claim, lambda c: succeed(c, no, PLATFORM, made), desk=desk, now=now)
    return done.line(no).remedy


def _free(claim: ClaimId, desk: Desk, means: KeepingMeans, now: datetime) -> None:
    """Have the claim's own returns let go of what is exchanged. Raises `Unavailable`: whether they did is unknown."""
    if not _may_hold(_kept(claim, desk)):
        return
    keep_return(claim, desk=desk, means=means, now=now)
    kept = _kept(claim, desk)
    if kept is not None and kept.due_at is not None:
        raise Unavailable(NOT_FREED)


def _kept(claim: ClaimId, desk: Desk) -> KeptReturn | None:
    with desk.units.read(desk.merchant) as unit:
        return unit.kept_returns.get(claim)


def _may_hold(kept: KeptReturn | None) -> bool:
    """Whether there is a return of the claim, or an attempt to open one of which nothing is known yet."""
    return kept is not None and (bool(kept.returns) or kept.due_at is not None)


def _make(claim: Claim, line: ClaimLine, order: Order, platform: PlatformActions, *, is_combinable: bool) -> Made:
    """What was made."""
    key = f"{claim.id}:{line.no}"
    units = (Units(line.order_line, line.quantity),)
    plan = line.plan
    if plan is None or plan.remedy is Remedy.REPLACEMENT:
        return Made(platform.create_replacement_order(order, units, idempotency_key=key).number)
    if plan.remedy is Remedy.EXCHANGE:
        if plan.variant is None:
            raise Rejected(NO_VARIANT)
        new, credit = (NewItem(plan.variant, line.quantity),), line.judged.price
        exchange = Exchange(order, units, credit, new, difference_told(line))
        return _exchanged(platform.create_exchange(exchange, idempotency_key=key), credit)
    amount = line.judged.price if plan.amount is None else plan.amount
    amount = amount - plan.fee if plan.fee else amount
    amount = amount + plan.bonus if plan.bonus else amount
    receipt = platform.issue_store_credit(
        order, amount, expires_at=None, idempotency_key=key, is_combinable=is_combinable, instead_of=units
    )
    return Made(receipt.code)


def _exchanged(receipt: OrderReceipt, credit: Money) -> Made:
    nothing = Money.zero(credit.currency)
    return Made(receipt.number, (receipt.due or nothing) - (receipt.back or nothing), receipt.pay_at)
