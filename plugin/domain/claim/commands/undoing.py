"""What was recorded by mistake is taken back by another entry, while nothing has followed from it. Nothing is deleted.

A decision is taken back in `deciding.undo_decision`, goodwill in `giving.take_goodwill_back`.
"""

from collections.abc import Iterable

from plugin.domain.claim.claim import Claim, ClaimLine
from plugin.domain.claim.errors import TooLateToUndo
from plugin.domain.claim.events import Inspected, NoteAdded, NoteStruck, ReceiptTakenBack
from plugin.domain.claim.machines.decision import RemedyState
from plugin.domain.claim.machines.goods import Disposition, InspectionState, ReturnState
from plugin.domain.claim.record import Draft, Entry
from plugin.domain.claim.status import OVER, status_of
from plugin.domain.claim.vocabulary import Actor
from plugin.domain.errors import NotFound

_NOTHING_LEFT = frozenset({RemedyState.NONE, RemedyState.OFFERED, RemedyState.ACCEPTED})
"""No money was granted and nothing is on its way for the line."""


def can_take_receipt_back(claim: Claim, no: int) -> bool:
    """While nobody has looked at the goods and nothing has left because they arrived."""
    line = claim.line(no)
    is_untouched = line.inspection is InspectionState.NOT_LOOKED_AT and line.disposition is Disposition.UNDECIDED
    is_known = line.leg is ReturnState.RECEIVED and line.leg_before is not None
    return is_known and is_untouched and _is_open(claim, line)


def take_receipt_back(claim: Claim, no: int, by: Actor) -> tuple[Draft, ...]:
    """The goods had not arrived. Units that were parted when they were counted stay apart. Raises `TooLateToUndo`."""
    before = claim.line(no).leg_before
    if before is None or not can_take_receipt_back(claim, no):
        raise TooLateToUndo({"line": no})
    return (Draft(ReceiptTakenBack(no, before), by),)


def can_take_inspection_back(claim: Claim, no: int) -> bool:
    """While nothing has left because of what was found, and what becomes of the goods is not final."""
    line = claim.line(no)
    was_seen = line.inspection is not InspectionState.NOT_LOOKED_AT
    return was_seen and not line.is_disposition_final and _is_open(claim, line)


def take_inspection_back(claim: Claim, no: int, by: Actor) -> tuple[Draft, ...]:
    """Nobody has looked at the goods, as far as the claim goes. Raises `TooLateToUndo`."""
    if not can_take_inspection_back(claim, no):
        raise TooLateToUndo({"line": no})
    return (Draft(Inspected(no, InspectionState.NOT_LOOKED_AT), by),)


def can_strike(claim: Claim, entry: Entry, by: Actor) -> bool:
    """A note of one's own that was not struck before."""
    return isinstance(entry.event, NoteAdded) and entry.actor == by and entry.seq not in claim.struck_notes


def strike_note(claim: Claim, entries: Iterable[Entry], seq: int, by: Actor) -> tuple[Draft, ...]:
    """Who wrote a note strikes it out; what it said stays on record. Raises `NotFound`, `TooLateToUndo`."""
    found = next((entry for entry in entries if entry.seq == seq), None)
    if found is None or not isinstance(found.event, NoteAdded):
        raise NotFound({"note": seq})
    if not can_strike(claim, found, by):
        raise TooLateToUndo({"note": seq})
    return (Draft(NoteStruck(seq), by),)


def _is_open(claim: Claim, line: ClaimLine) -> bool:
    return status_of(claim) not in OVER and line.remedy in _NOTHING_LEFT
