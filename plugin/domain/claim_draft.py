"""A claim that a shopper is writing, step by step, before it is submitted."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from plugin.domain.errors import NotFound
from plugin.domain.ids import ClaimDraftId, ClaimId, LineId, OrderId, PersonId, ShopId
from plugin.domain.policy.terms import Slug
from plugin.domain.remedy import Remedy

KEPT = timedelta(days=7)
"""A draft nobody touched for this long is forgotten, as its files of evidence are."""
LONGEST_NOTE = 2000
LONGEST_SERIAL = 100


class UnknownDraft(NotFound):
    """No such draft: it ran out, its person was erased, or it never was."""

    code = "claim_draft_unknown"


@dataclass(frozen=True, slots=True)
class DraftLine:
    """Units of an order line, and what was said of them so far. `is_shown`: the question for evidence was answered."""

    line: LineId
    quantity: int
    reason: Slug | None = None
    note: str = ""
    serial: str = ""
    is_shown: bool = False
    remedy: Remedy | None = None

    def because(self, reason: Slug, note: str) -> Self:
        """With a reason; another one than before asks for evidence and remedy anew."""
        if reason == self.reason:
            return replace(self, note=note)
        return replace(self, reason=reason, note=note, is_shown=False, remedy=None)


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """One order has at most one that is open. `claim`: what it became; its lines are forgotten then."""

    id: ClaimDraftId
    shop: ShopId
    order: OrderId
    person: PersonId
    language: str
    created_at: datetime
    touched_at: datetime
    lines: tuple[DraftLine, ...] = ()
    claim: ClaimId | None = None

    def line(self, line: LineId) -> DraftLine | None:
        """What was said of a line, None for one that is not part of it."""
        return next((each for each in self.lines if each.line == line), None)

    def choosing(self, units: Iterable[tuple[LineId, int]]) -> Self:
        """With these lines and quantities; what was said of a line that stays is kept."""
        chosen = [(line, quantity) for line, quantity in units if quantity > 0]
        known = {each.line: each for each in self.lines}
        lines = (replace(known.get(line, DraftLine(line, 0)), quantity=quantity) for line, quantity in chosen)
        return replace(self, lines=tuple(lines))

    def saying(self, *said: DraftLine) -> Self:
        """With these lines instead of what was said of them before."""
        new = {each.line: each for each in said}
        return replace(self, lines=tuple(new.get(each.line, each) for each in self.lines))
