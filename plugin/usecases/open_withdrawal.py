"""Carry a declared withdrawal out: its claim is opened as of the instant it was declared, and takes the law's course.

Nothing of it waits for a decision. One that is late by our reckoning becomes the return that the shop's own, longer
window gives; where there is none, and for goods the law excepts, a person looks at it, which holds nothing back. So
does one do where the shop's own form received it and does not say when: it is never called late by us.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.withdrawing import acknowledge, mark_late, settle
from plugin.domain.claim.machines.withdrawal import WithdrawalState
from plugin.domain.claim.vocabulary import ClaimTrack
from plugin.domain.declaration import Declaration, Picked, Proof
from plugin.domain.effects import OpenWithdrawal
from plugin.domain.entitlement import Right
from plugin.domain.ids import ClaimDraftId, DeclarationId, LineId, MerchantId, OrderId
from plugin.domain.order import Order
from plugin.domain.policy.decision import Ground
from plugin.domain.remedy import Remedy
from plugin.domain.stored import StoredOrder
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.claim.advance import advance
from plugin.usecases.claim.desk import Desk, Sitting
from plugin.usecases.claim.judging import judge_of
from plugin.usecases.claim.open import ClaimForm, FormLine, open_here, open_units
from plugin.usecases.claim.tell import tell

_LATE = timedelta(minutes=10)
_MOST = 100
_BY_SHOP = "acknowledged_by_shop"
_HOW = {Proof.AGENT_CONFIRMED: "agent"}


def queue_opening(declaration: Declaration, unit: UnitOfWork) -> None:
    """Have its claim opened once the caller's unit commits, if everything is known that takes."""
    if declaration.is_ready:
        effect = OpenWithdrawal(unit.merchant, declaration.id)
        unit.queue.add([effect], key=f"open-{declaration.id}")


def queue_unopened(*, merchant: MerchantId, units: Units, now: datetime) -> int:
    """How many whose job was lost were queued again."""
    with units.read(merchant) as unit:
        found = unit.declarations.unopened(now - _LATE, _MOST)
    if not found:
        return 0
    with units(merchant) as unit:
        for declaration in found:
            effect = OpenWithdrawal(merchant, declaration)
            unit.queue.add([effect], key=f"open-{declaration}:{now.isoformat()}")
        unit.commit()
    return len(found)


def open_withdrawal(declaration: DeclarationId, *, desk: Desk, now: datetime) -> str:
    """What became of it, in a word. The claim bears the declaration's id, so that it is opened once.

    Opening and course are one unit of work: who dies in it leaves a declaration without a claim, which the sweep finds,
    and never a claim that nobody goes on with.
    """
    with desk.sitting(now) as here:
        declared = here.unit.declarations.get(declaration)
        if not declared.is_ready or declared.order is None:
            return "waiting"
        claim = open_here(_form(declared, declared.order, here), here)
        if claim.withdrawal is not WithdrawalState.DECLARED:
            return "opened_before"
        after = _take_course(claim, declared, here)
        here.unit.commit()
    return after.withdrawal.value if after.withdrawal else "opened"


def _form(declared: Declaration, order: OrderId, here: Sitting) -> ClaimForm:
    units = _units(declared, here.unit.orders.get(order), here.unit)
    return ClaimForm(
        draft=ClaimDraftId(declared.id),
        order=order,
        lines=tuple(FormLine(each.line, each.quantity) for each in units),
        language=declared.language,
        track=ClaimTrack.WITHDRAWAL,
        proof=_HOW.get(declared.proof, declared.proof.value),
        declared_at=declared.received_at,
    )


def _take_course(claim: Claim, declared: Declaration, here: Sitting) -> Claim:
    is_theirs = declared.statement is not None and declared.statement.is_told_elsewhere
    known = here.act(claim.id, lambda _: acknowledge(_BY_SHOP if is_theirs else f"acknowledged-{declared.id}"))
    return tell(claim, advance(_settled(known, declared, here), here), here)


def _settled(claim: Claim, declared: Declaration, here: Sitting) -> Claim:
    stored = here.unit.orders.get(claim.order)
    grounds = {line.judged.ground for line in claim.lines}
    if grounds == {Ground.WITHDRAWAL}:
        was_sent = has_left(stored.order, [line.order_line for line in claim.lines])
        return here.act(claim.id, lambda known: settle(known, was_sent=was_sent))
    if claim.lines and Ground.WITHDRAWAL not in grounds and _is_over(claim, stored, declared, here):
        late = here.act(claim.id, lambda _: mark_late("window_over"))
        return _taken_back(late, stored.order, here) if _is_promised(late) else late
    return claim


def _is_promised(claim: Claim) -> bool:
    """Whether the shop's own return window is longer than the law's time, and gives the money back, for every line."""
    found = (line.judged for line in claim.lines)
    return all(judged.ground is Ground.SHOP_RETURN and Remedy.REFUND in judged.remedies for judged in found)


def _taken_back(claim: Claim, order: Order, here: Sitting) -> Claim:
    """A late one is taken as the return the shop promises; each line was judged by that promise as it was opened."""
    was_sent = has_left(order, [line.order_line for line in claim.lines])
    return here.act(claim.id, lambda known: settle(known, was_sent=was_sent))


def _is_over(claim: Claim, stored: StoredOrder, declared: Declaration, here: Sitting) -> bool:
    """Whether the law's time had certainly run out for each of its lines when it was declared."""
    if declared.statement is not None and declared.statement.is_told_elsewhere:  # it is dated no earlier than it came
        return False
    claimed = {line.order_line for line in claim.lines}
    clocks = [line.clock(Right.WITHDRAWAL) for line in judge_of(stored, here).lines if line.line in claimed]
    return all(clock.closes_at is not None and clock.closes_at <= declared.received_at for clock in clocks)


def has_left(order: Order, lines: Iterable[LineId]) -> bool:
    """Whether anything of these lines has left the shop, as far as its platform says."""
    claimed = set(lines)
    shipped = [each for each in order.fulfilments if each.shipped or each.events]
    covered = (not each.lines or claimed & {line.line for line in each.lines} for each in shipped)
    return order.completed is not None or any(covered)


def _units(declared: Declaration, stored: StoredOrder, unit: UnitOfWork) -> Iterator[Picked]:
    """What was picked, or read in what was typed; else everything that is still open."""
    said = declared.statement
    named = declared.units if declared.units is not None else said.picked if said else ()
    if named:
        return iter(named)
    left = open_units(stored, unit)
    return (Picked(line.id, left[line.id], line.title) for line in stored.order.lines if left.get(line.id, 0) > 0)
