"""A claim begins: what was asked for is checked against what is open, and everything it rests on is frozen."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plugin.domain.claim.errors import NothingClaimed, RemedyNotOffered, TooManyUnits
from plugin.domain.claim.events import ChoiceShown, ContactProven, EvidenceAdded, MessageSent, Opened, OpenedLine
from plugin.domain.claim.record import Draft
from plugin.domain.claim.vocabulary import SHOPPER, Actor, ClaimTrack
from plugin.domain.ids import EvidenceId, LineId


@dataclass(frozen=True, slots=True)
class Story:
    """What came with the opening: the shopper's own words on a line, the files, and whether the choice was shown."""

    line: int
    words: str | None = None
    evidence: tuple[EvidenceId, ...] = ()
    was_choice_shown: bool = False


def open_claim(
    opened: Opened,
    open_units: Mapping[LineId, int],
    stories: Sequence[Story] = (),
    *,
    proof: str | None = None,
    by: Actor = SHOPPER,
) -> tuple[Draft, ...]:
    """The opening and what came with it. `proof`: how the sender is known to be the order's shopper, None when not yet.

    A withdrawal is taken even where it asks for more than is open or names nothing: it was declared, and what is left
    of it is worked out by a person. Where neither the law nor the shop names a remedy, any can be asked for.
    Raises `NothingClaimed`, `TooManyUnits`, `RemedyNotOffered`.
    """
    if opened.track is ClaimTrack.CLAIM:
        _check(opened.lines, open_units)
    drafts = [Draft(opened, by)]
    if proof is not None:
        drafts.append(Draft(ContactProven(proof), by))
    for story in stories:
        drafts += _told(opened, story, by)
    return tuple(drafts)


def _check(lines: Sequence[OpenedLine], open_units: Mapping[LineId, int]) -> None:
    if not lines:
        raise NothingClaimed({"field": "lines"})
    claimed = Counter[LineId]()
    for line in lines:
        if line.quantity < 1:
            raise NothingClaimed({"field": "quantity", "line": line.order_line})
        claimed[line.order_line] += line.quantity
        if line.judged.remedies and line.wanted not in line.judged.remedies:
            raise RemedyNotOffered({"field": "remedy", "line": line.order_line})
    for order_line, units in claimed.items():
        if units > (left := open_units.get(order_line, 0)):
            raise TooManyUnits({"field": "quantity", "line": order_line, "open": left})


def _told(opened: Opened, story: Story, by: Actor) -> list[Draft]:
    line = next(line for line in opened.lines if line.no == story.line)
    told = [Draft(EvidenceAdded(file, line.no), by) for file in story.evidence]
    if story.words:
        told.append(Draft(MessageSent(opened.language, line.no), by, story.words))
    if story.was_choice_shown:
        shown = ChoiceShown(line.no, line.judged.legal_remedies, line.judged.extends_guarantee_months)
        told.append(Draft(shown, by))
    return told
