"""Goods are to come back: to which address, by which way, and with which label."""

from functools import partial

from plugin.domain.claim.claim import Claim, ClaimLine
from plugin.domain.claim.commands.returning import move_return
from plugin.domain.claim.judging import Asked, Judge
from plugin.domain.claim.machines.goods import ReturnState
from plugin.domain.claim.status import OVER, status_of
from plugin.domain.claim.vocabulary import ENGINE
from plugin.domain.ids import LineId
from plugin.domain.policy.decision import Ground
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import Payer, Track
from plugin.domain.returning.label import Label, LabelledLine, LabelSource, LabelState
from plugin.domain.returning.ways import ParcelBack, WayBack, parcels_back, usual_way, ways_back
from plugin.usecases.claim.desk import Sitting
from plugin.usecases.claim.judging import judge_of
from plugin.usecases.close_labels import close_labels, stop_following
from plugin.usecases.request_label import LabelRequest, request_label

_AT_HOME = frozenset({ReturnState.AWAITED, ReturnState.LABEL_ISSUED, ReturnState.LABEL_EXPIRED})
"""Still with the shopper, to be sent."""
_TOLD = {LabelState.ISSUED: ReturnState.LABEL_ISSUED, LabelState.EXPIRED: ReturnState.LABEL_EXPIRED}
_TRACKS = {Ground.EXCHANGE: (Track.EXCHANGE, Track.RETURN), Ground.WARRANTY: (Track.WARRANTY, Track.RETURN)}
_HOME = (Track.RETURN, Track.WITHDRAWAL)
"""Where the law sends goods back, the shop's own words on returns say how."""


def prepare_return(claim: Claim, here: Sitting) -> Claim:
    """The claim with a label asked for each parcel that is awaited; an address slip is there at once.

    Where the policy names no address nothing can be asked for: a person has to say where. Labels of goods
    that are on their way, or of a claim that is over, are closed. The caller commits.
    """
    is_over = status_of(claim) in OVER
    if is_over or not any(line.leg in _AT_HOME for line in claim.lines):
        closed = close_labels(claim.id, unit=here.unit, now=here.now)
        if is_over:
            stop_following(closed, here.unit)
        return claim
    waiting = [line for line in claim.lines if line.leg is ReturnState.AWAITED]
    if not waiting:
        return claim
    judge = judge_of(here.unit.orders.get(claim.order), here)
    rules = {line.order_line: _rule(line, judge, here) for line in waiting}
    for parcel in parcels_back(rules, judge.policy):
        claim = _ask(claim, waiting, parcel, _ways(parcel, rules, claim), here)
    return claim


def _ask(claim: Claim, waiting: list[ClaimLine], parcel: ParcelBack, ways: tuple[WayBack, ...], here: Sitting) -> Claim:
    lines = [line for line in waiting if line.order_line in parcel.lines]
    if parcel.to is None:
        return claim
    request = LabelRequest(
        claim=claim.id,
        claim_number=claim.number,
        order=claim.order,
        to=parcel.to,
        lines=tuple(LabelledLine(line.order_line, line.quantity) for line in lines),
        way=usual_way(ways, is_paid=all(line.judged.payer is Payer.SHOP for line in lines)),
    )
    label = request_label(request, unit=here.unit, ids=here.desk.ids, now=here.now)
    if label.state is not LabelState.ISSUED or label.source is LabelSource.ADDRESS:
        return claim
    return tell_label(claim, label, here)


def tell_label(claim: Claim, label: Label, here: Sitting) -> Claim:
    """The claim with what became of one of its labels: issued, or run out before the goods were sent."""
    for line in untold_lines(claim, label):
        to = _TOLD[label.state]
        claim = here.act(claim.id, partial(move_return, no=line.no, to=to, by=ENGINE, detail=label.id))
    return claim


def untold_lines(claim: Claim, label: Label) -> list[ClaimLine]:
    """The lines still at home to which it is news where this label stands: one that ran out, to those that held it."""
    to, of = _TOLD.get(label.state), {each.line for each in label.lines}
    lines = [line for line in claim.lines if line.order_line in of and line.leg in _AT_HOME]
    if to is None or label.source is LabelSource.ADDRESS:
        return []
    if to is ReturnState.LABEL_EXPIRED:
        return [line for line in lines if (line.leg, line.leg_detail) == (ReturnState.LABEL_ISSUED, label.id)]
    return [line for line in lines if (line.leg, line.leg_detail) != (to, label.id)]


def _rule(line: ClaimLine, judge: Judge, here: Sitting) -> Rule | None:
    asked = Asked(line.order_line, line.quantity, line.fault, has_reason=line.reason is not None)
    terms = judge.judge(asked, here.now).terms
    tracks = _TRACKS.get(line.judged.ground, _HOME)
    return next((rule for track in tracks if (rule := terms[track].rule) is not None), None)


def _ways(parcel: ParcelBack, rules: dict[LineId, Rule | None], claim: Claim) -> tuple[WayBack, ...]:
    of = [rule for line in parcel.lines if (rule := rules[line]) is not None]
    return ways_back(of, claim.country, None)
