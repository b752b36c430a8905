"""A claim told from its record: every entry is applied in turn, and each machine refuses a move that it has not.

The same fold judges what is about to be recorded (`after`), so that no entry is written which could not be read back.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from plugin.domain.claim.claim import Claim, ClaimLine
from plugin.domain.claim.events import Event, LineSplit, Opened
from plugin.domain.claim.machines.decision import DecisionState
from plugin.domain.claim.machines.withdrawal import WITHDRAWAL
from plugin.domain.claim.record import BrokenChain, Entry
from plugin.domain.claim.replay_header import ON_CLAIM
from plugin.domain.claim.replay_line import ON_LINE
from plugin.domain.claim.vocabulary import ClaimTrack, Judged
from plugin.domain.ids import ClaimId

Apply = Callable[[Claim, Any, Entry], Claim]


def replay(claim: ClaimId, entries: Sequence[Entry]) -> Claim:
    """The claim as all its entries tell it. Raises `BrokenChain` when the first is not its opening."""
    if not entries or not isinstance(entries[0].event, Opened):
        raise BrokenChain({"seq": 1})
    return after(_opened(claim, entries[0], entries[0].event), entries[1:])


def after(claim: Claim, entries: Iterable[Entry]) -> Claim:
    """The claim once these have happened too. Raises `NoSuchMove`, and `NotFound` for a line that is not there."""
    for entry in entries:
        claim = replace(_apply(claim, entry.event, entry), version=entry.seq, changed_at=entry.at)
    return claim


def _apply(claim: Claim, event: Event, entry: Entry) -> Claim:
    if isinstance(event, LineSplit):
        return _split(claim, event)
    on_line, no = ON_LINE.get(type(event)), getattr(event, "line", None)
    if on_line and no is not None:
        claim = claim.with_line(on_line(claim.line(no), event, entry))
    on_claim = ON_CLAIM.get(type(event))
    return on_claim(claim, event, entry) if on_claim else claim


def _opened(claim: ClaimId, entry: Entry, event: Opened) -> Claim:
    """A withdrawal took effect when it was declared: its lines need nobody's decision."""
    is_withdrawal = event.track is ClaimTrack.WITHDRAWAL
    decision = DecisionState.APPROVED if is_withdrawal else DecisionState.PENDING
    lines = tuple(
        ClaimLine(
            no=line.no,
            order_line=line.order_line,
            quantity=line.quantity,
            reason=line.reason,
            fault=line.fault,
            judged=line.judged,
            wanted=line.wanted,
            conditions=line.conditions,
            choice=line.choice,
            decision=decision,
            approved_at=(event.declared_at or entry.at) if is_withdrawal else None,
        )
        for line in event.lines
    )
    return Claim(
        id=claim,
        number=event.number,
        shop=event.shop,
        order=event.order,
        track=event.track,
        language=event.language,
        country=event.country,
        zone=event.zone,
        policy_version=event.policy_version,
        rulebook_version=event.rulebook_version,
        calendar_version=event.calendar_version,
        opened_at=entry.at,
        changed_at=entry.at,
        version=entry.seq,
        lines=lines,
        declared_at=event.declared_at,
        tier=event.tier,
        withdrawal=WITHDRAWAL.start if is_withdrawal else None,
    )


def _split(claim: Claim, event: LineSplit) -> Claim:
    """Units leave a line for a new one that is where the old one is; what was received of it stays with the old."""
    whole = claim.line(event.line)
    kept = replace(whole, quantity=whole.quantity - event.quantity, judged=_share(whole, event, 0))
    parted = replace(whole, no=event.into, quantity=event.quantity, judged=_share(whole, event, 1), received=0)
    return replace(claim, lines=(*claim.with_line(kept).lines, parted))


def _share(whole: ClaimLine, event: LineSplit, side: int) -> Judged:
    """What was judged, with price and fee in proportion to the units: the first side keeps, the second leaves."""
    weights = [whole.quantity - event.quantity, event.quantity]
    fee = whole.judged.fee and whole.judged.fee.split(weights)[side]
    return replace(whole.judged, price=whole.judged.price.split(weights)[side], fee=fee)
