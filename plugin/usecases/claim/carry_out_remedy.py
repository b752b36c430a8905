"""Have the platform make what is sent instead of money: an exchange, a replacement, store credit.

Runs in the worker, perhaps twice: the key is the claim's line, so a platform that did it says so when asked again.
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
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import ActionsOf, Exchange, NewItem, OrderReceipt, PlatformActions, Units
from plugin.usecases.claim.act import read_claim
from plugin.usecases.claim.desk import Desk
from plugin.usecases.claim.work import work_on_claim

NO_VARIANT = "no_variant"
"""Nobody said which product goes out in exchange."""


def carry_out_remedy(claim: ClaimId, no: int, *, desk: Desk, actions: ActionsOf, now: datetime) -> str:
    """The remedy's state afterwards. Raises `Unavailable`: the outcome is unknown, and the job is given again."""
    with desk.units.read(desk.merchant) as unit:
        known = read_claim(claim, unit)
        order = unit.orders.get(known.order).order
        shop = unit.shops.get(known.shop)
        is_combinable = not unit.claim_desk.settings().vouchers_alone
    line = known.line(no)
    if line.remedy is not RemedyState.EXECUTING:
        return line.remedy
    try:
        made = _make(known, line, order, actions(shop), is_combinable=is_combinable)
    except Rejected as error:
        code = error.code
        return work_on_claim(claim, lambda c: fail(c, no, code, PLATFORM), desk=desk, now=now).line(no).remedy
    done = work_on_claim(claim, lambda c: succeed(c, no, PLATFORM, made), desk=desk, now=now)
    return done.line(no).remedy


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
