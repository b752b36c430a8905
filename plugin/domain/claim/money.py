"""What a claim's money is asked for by, and by when it has to be back."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from plugin.domain.claim.claim import Claim, ClaimLine
from plugin.domain.ids import LineId
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.facts import Place, RefundFacts
from plugin.domain.law.refund import refund_deadline
from plugin.domain.law.rulebook import Rulebook
from plugin.domain.policy.decision import Ground as ClaimGround
from plugin.domain.policy.terms import RefundMeans, RefundStart
from plugin.domain.refund.request import Deduction, DeductionKind, Ground, LineRequest, RefundRequest
from plugin.domain.remedy import Remedy

LOST = "logistics.lost"
_GROUNDS = {ClaimGround.WITHDRAWAL: Ground.WITHDRAWAL, ClaimGround.LIABILITY: Ground.DEFECT}
_WITH_DELIVERY = frozenset({Ground.WITHDRAWAL, Ground.NOT_DELIVERED})
"""Delivery costs go back with a withdrawal (Directive 2011/83/EU art. 13(1)) and with what never came (art. 18(3))."""


def is_paid_back(line: ClaimLine) -> bool:
    """Whether its money goes back the way it came; credit and vouchers are given instead of it."""
    plan = line.plan
    if plan is None or plan.means is not RefundMeans.ORIGINAL:
        return False
    return plan.remedy in {Remedy.REFUND, Remedy.PRICE_REDUCTION}


def ground_of(line: ClaimLine) -> Ground:
    """Why the money of a line goes back, as refunds are asked for."""
    if line.reason == LOST:
        return Ground.NOT_DELIVERED
    return _GROUNDS.get(line.judged.ground, Ground.SHOP_RETURN)


def payment_groups(lines: Sequence[ClaimLine]) -> tuple[tuple[Ground, tuple[ClaimLine, ...]], ...]:
    """Lines that can be paid back by one refund: of one ground, and units or parts of the price alike."""
    groups: dict[tuple[Ground, bool], list[ClaimLine]] = {}
    for line in lines:
        is_part = line.plan is not None and line.plan.amount is not None
        groups.setdefault((ground_of(line), is_part), []).append(line)
    return tuple((ground, tuple(each)) for (ground, _), each in groups.items())


def refund_request(lines: Sequence[ClaimLine], ground: Ground) -> RefundRequest:
    """The request for lines of one ground; what was announced or found is kept back.

    All of them ask for units, or all for a part of the price (`payment_groups`).
    On a defect nothing is kept back; on a withdrawal only what the goods are worth less (`refund.request`).
    """
    asked = tuple(_asked(line) for line in lines)
    kept = tuple(deduction for line in lines for deduction in _kept(line, ground))
    return RefundRequest(ground, _merged(asked), shipping=ground in _WITH_DELIVERY, deductions=kept)


def refund_due_at(claim: Claim, place: Place | None, rulebook: Rulebook, calendar: HolidayCalendar) -> datetime | None:
    """By when the money has to be back: the end (UTC, exclusive) of the last day; None while nothing says when.

    The law's day for a withdrawal, with the withholding rule (Directive 2011/83/EU art. 13); for everything else the
    shop's promise, counted from the earliest thing it counts from.
    """
    if place is None:
        return None
    if claim.withdrawal is not None:
        return _by_law(claim, place, rulebook, calendar)
    ends = [end for line in claim.lines if line.is_approved and (end := _by_promise(claim, line)) is not None]
    return min((_end_of(at, place) for at in ends), default=None)


def _by_law(claim: Claim, place: Place, rulebook: Rulebook, calendar: HolidayCalendar) -> datetime | None:
    sent = [line.sent_at for line in claim.lines]
    back = [line.received_at for line in claim.lines]
    facts = RefundFacts(
        place,
        trader_informed_at=claim.declared_at or claim.opened_at,
        goods_back_at=_last(back),
        proof_of_sending_at=_last(sent) or (claim.declared_at if not _needs_goods(claim) else None),
    )
    latest = refund_deadline(facts, rulebook, calendar).latest
    if latest is None:
        return None
    return _midnight_after(latest, place)


def _needs_goods(claim: Claim) -> bool:
    return any(line.plan is None or line.plan.needs_goods for line in claim.lines)


def _last(instants: Sequence[datetime | None]) -> datetime | None:
    """The last of them, once all are known: withholding ends with the last good."""
    known = [at for at in instants if at is not None]
    return max(known) if known and len(known) == len(instants) else None


def _by_promise(claim: Claim, line: ClaimLine) -> datetime | None:
    promise = line.judged.promise
    if promise is None or not is_paid_back(line):
        return None
    begins = {
        RefundStart.REQUEST: claim.opened_at,
        RefundStart.SENT: line.sent_at,
        RefundStart.RECEIPT: line.received_at,
    }[promise.start]
    return None if begins is None else begins + timedelta(days=promise.days)


def _end_of(at: datetime, place: Place) -> datetime:
    return _midnight_after(at.astimezone(place.zone).date(), place)


def _midnight_after(day: date, place: Place) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), place.zone).astimezone(UTC)


def _asked(line: ClaimLine) -> LineRequest:
    if line.plan is not None and line.plan.amount is not None:
        return LineRequest(line.order_line, 0, line.plan.amount)
    return LineRequest(line.order_line, line.quantity)


def _merged(asked: Sequence[LineRequest]) -> tuple[LineRequest, ...]:
    """One request for each order line: claim lines that were split and are paid together are one again."""
    merged: dict[LineId, LineRequest] = {}
    for each in asked:
        before = merged.get(each.line)
        amount = before.amount + each.amount if before and before.amount and each.amount else each.amount
        merged[each.line] = LineRequest(each.line, each.quantity + (before.quantity if before else 0), amount)
    return tuple(merged.values())


def _kept(line: ClaimLine, ground: Ground) -> list[Deduction]:
    kept = []
    fee = line.plan.fee if line.plan else None
    if fee is not None and fee.minor and ground is Ground.SHOP_RETURN:
        kept.append(Deduction(DeductionKind.FEE, fee, line.order_line))
    diminished = line.diminished
    if diminished is not None and diminished.minor and ground in {Ground.SHOP_RETURN, Ground.WITHDRAWAL}:
        kept.append(Deduction(DeductionKind.DIMINISHED_VALUE, diminished, line.order_line))
    return kept
