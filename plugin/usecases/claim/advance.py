"""What follows from where a claim is, with nobody asked: money that nothing holds, and what is sent instead."""

from dataclasses import replace
from datetime import UTC

from plugin.domain.claim.claim import Claim, ClaimLine
from plugin.domain.claim.commands.disposing import is_to_be_restocked
from plugin.domain.claim.commands.refunding import due_lines, grant, grant_difference
from plugin.domain.claim.commands.remedying import carry_out, extend_guarantee, extends_guarantee, fail
from plugin.domain.claim.commands.withdrawing import is_to_be_stopped
from plugin.domain.claim.exchange import owed_back
from plugin.domain.claim.machines.decision import RemedyState
from plugin.domain.claim.money import ground_of, is_paid_back, payment_groups, refund_due_at, refund_request
from plugin.domain.claim.plans import is_goods_wait_over
from plugin.domain.claim.record import Draft
from plugin.domain.claim.vocabulary import ENGINE
from plugin.domain.effects import CarryOutRemedy, RebuildEntitlements, RestockGoods, StopShipping
from plugin.domain.entitlement import Right
from plugin.domain.errors import DomainError
from plugin.domain.law.facts import Place
from plugin.domain.law.zones import delivery_place
from plugin.domain.money import Money
from plugin.domain.order import Order
from plugin.domain.refund.request import Ground, LineRequest, NothingToRefund, NotRefundable, RefundRequest
from plugin.domain.remedy import Remedy
from plugin.domain.stored import LineRepair
from plugin.usecases.claim.ask_survey import plan_question
from plugin.usecases.claim.desk import Sitting
from plugin.usecases.claim.prepare_return import prepare_return
from plugin.usecases.plan_refund import plan_refund
from plugin.usecases.quote_entitlements import policy_of, quote

_SENT_INSTEAD = frozenset({Remedy.EXCHANGE, Remedy.REPLACEMENT})


def advance(claim: Claim, here: Sitting) -> Claim:
    """The claim after everything that follows; the caller commits. Nothing follows twice: each step leaves its state.

    What cannot be paid back (it went back otherwise, nothing was captured) is left to an agent, with the code.
    """
    due = [claim.line(no) for no in due_lines(claim)]
    for ground, lines in payment_groups([line for line in due if is_paid_back(line)]):
        claim = _pay(claim, ground, lines, here)
    instead = [line for line in due if not is_paid_back(line)]
    for line in (*instead, *(line for line in claim.lines if _may_leave(claim, line))):
        claim = _carry_out(claim, line, here)
    for line in claim.lines:
        if claim.is_proven and (total := owed_back(claim, line.no)):
            claim = _pay_difference(claim, line, total, here)
        if extends_guarantee(line):
            claim = _extend(claim, line, here)
    _stop_shipping(claim, here)
    _restock(claim, here)
    return plan_question(prepare_return(claim, here), here)


def _pay(claim: Claim, ground: Ground, lines: tuple[ClaimLine, ...], here: Sitting) -> Claim:
    order = here.unit.orders.get(claim.order).order
    request = refund_request(lines, ground)
    try:
        intent = plan_refund(request, claim.order, purpose=claim.id, unit=here.unit, ids=here.desk.ids, now=here.now)
    except DomainError as error:
        code = error.code
        return here.act(claim.id, lambda known: _failed(known, lines, code))
    due_at = refund_due_at(claim, place_of(order), here.desk.law.rulebook, here.desk.law.calendar)
    numbers, total = [line.no for line in lines], intent.total.presentment
    return here.act(claim.id, lambda known: grant(known, intent.id, numbers, total, ENGINE, due_at))


def _pay_difference(claim: Claim, line: ClaimLine, total: Money, here: Sitting) -> Claim:
    """What an exchange cost less goes back the way it came, as a part of the line's price.

    Where there is nothing to give back (nothing was captured, all of it went back otherwise) nothing is owed.
    """
    request = RefundRequest(ground_of(line), (LineRequest(line.order_line, 0, total),))
    try:
        intent = plan_refund(request, claim.order, purpose=claim.id, unit=here.unit, ids=here.desk.ids, now=here.now)
    except (NothingToRefund, NotRefundable):
        return claim
    granted = intent.total.presentment
    return here.act(claim.id, lambda known: grant_difference(known, intent.id, line.no, granted))


def _failed(claim: Claim, lines: tuple[ClaimLine, ...], code: str) -> tuple[Draft, ...]:
    return tuple(draft for line in lines for draft in fail(claim, line.no, code, ENGINE))


def _may_leave(claim: Claim, line: ClaimLine) -> bool:
    is_agreed = line.remedy is RemedyState.ACCEPTED and claim.is_proven
    return is_agreed and line.plan is not None and line.plan.remedy in _SENT_INSTEAD and is_goods_wait_over(line)


def _carry_out(claim: Claim, line: ClaimLine, here: Sitting) -> Claim:
    changed = here.act(claim.id, lambda known: carry_out(known, line.no, ENGINE))
    effect = CarryOutRemedy(here.unit.merchant, claim.id, line.no)
    here.unit.queue.add([effect], key=f"{claim.id}:{line.no}:{changed.version}")
    return changed


def _stop_shipping(claim: Claim, here: Sitting) -> None:
    """Withdrawn goods that nobody has sent yet: queued once, however often the claim is looked at."""
    if is_to_be_stopped(claim):
        here.unit.queue.add([StopShipping(here.unit.merchant, claim.id)], key=claim.id)


def _restock(claim: Claim, here: Sitting) -> None:
    """Goods that are fit for sale again, queued once for each time they came; no refund waits for them.

    What was exchanged is queued anew once the exchange is made: what was queued before it may have found it to come.
    """
    for line in claim.lines:
        if is_to_be_restocked(line):
            effect = RestockGoods(here.unit.merchant, claim.id, line.no)
            since = line.remedy_at if line.plan and line.plan.remedy is Remedy.EXCHANGE else line.received_at
            here.unit.queue.add([effect], key=f"{claim.id}:{line.no}:restock:{since}")


def _extend(claim: Claim, line: ClaimLine, here: Sitting) -> Claim:
    """The repair is put on the order's record, so that every clock of it is the longer one from now on."""
    stored = here.unit.orders.get(claim.order)
    place = place_of(stored.order)
    today = here.now.astimezone(place.zone if place else UTC).date()
    repaired = replace(stored, repairs=(*stored.repairs, LineRepair(line.order_line, today)))
    here.unit.orders.save([repaired])
    here.unit.queue.add([RebuildEntitlements(here.unit.merchant, (claim.order,))])
    told = quote(repaired, policy_of(stored, here.unit), here.desk.law)
    clock = next(each for each in told.lines if each.line == line.order_line).clock(Right.LEGAL_GUARANTEE)
    return here.act(claim.id, lambda known: extend_guarantee(known, line.no, clock.shown_last_day))


def place_of(order: Order) -> Place | None:
    """Where the shopper's days are counted; None while the country is unknown."""
    if order.place.country is None:
        return None
    address = order.shopper.delivery
    return delivery_place(order.place.country, order.place.state, address.postcode if address else None)
