"""A claim that a shopper is writing, step by step, before it is submitted."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from plugin.domain.capabilities import Capabilities
from plugin.domain.claim.vocabulary import VariantChoice
from plugin.domain.errors import NotFound
from plugin.domain.ids import ClaimDraftId, ClaimId, EvidenceId, LineId, OrderId, PersonId, ShopId
from plugin.domain.policy.terms import Condition, Slug
from plugin.domain.remedy import Remedy

KEPT = timedelta(days=7)
"""A draft nobody touched for this long is forgotten, as its files of evidence are."""
LONGEST_NOTE = 2000
LONGEST_SERIAL = 100
LONGEST_WISH = 200


class UnknownDraft(NotFound):
    """No such draft: it ran out, its person was erased, or it never was."""

    code = "claim_draft_unknown"


@dataclass(frozen=True, slots=True)
class DraftLine:
    """Units of an order line, and what was said of them so far.

    `is_shown`: the question for evidence was answered, with `files` or without. `was_choice_shown`: what the law lets
    the shopper choose, and what a repair extends, stood on the page where the remedy was chosen. `instead`: what they
    would like in exchange, in their words; `choice`: by what they chose, with the price that stood there. `conditions`:
    what the promise asks of the goods and they say is so.
    """

    line: LineId
    quantity: int
    reason: Slug | None = None
    note: str = ""
    serial: str = ""
    files: tuple[EvidenceId, ...] = ()
    is_shown: bool = False
    remedy: Remedy | None = None
    instead: str = ""
    was_choice_shown: bool = False
    conditions: tuple[Condition, ...] = ()
    choice: VariantChoice | None = None

    def because(self, reason: Slug, note: str) -> Self:
        """With a reason; another one than before asks for evidence and remedy anew."""
        if reason == self.reason:
            return replace(self, note=note)
        return replace(self, reason=reason, note=note, is_shown=False, remedy=None, conditions=())


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """One order has at most one that is open. `claim`: what it became; its lines are forgotten then.

    `can`: what the platform said it can do with the order; None while it has said nothing.
    """

    id: ClaimDraftId
    shop: ShopId
    order: OrderId
    person: PersonId
    language: str
    created_at: datetime
    touched_at: datetime
    lines: tuple[DraftLine, ...] = ()
    claim: ClaimId | None = None
    can: Capabilities | None = None

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


class Step(StrEnum):
    """What is asked on a page; the names are the addresses'."""

    LINES = "lines"
    REASON = "reason"
    EVIDENCE = "evidence"
    REMEDY = "remedy"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class Page:
    """One decision: a step, and the line it is about where it is about one."""

    step: Step
    line: LineId | None = None


AsksEvidence = Callable[[DraftLine], bool]
"""Whether the policy asks for evidence of a line, its reason given."""


def pages(draft: ClaimDraft, asks: AsksEvidence) -> tuple[Page, ...]:
    """Every page of the draft as it stands, in order: first why, line by line, then what is wanted."""
    why = [page for line in draft.lines for page in _why(line, asks)]
    wanted = [Page(Step.REMEDY, line.line) for line in draft.lines]
    return (Page(Step.LINES), *why, *wanted, Page(Step.CONFIRM))


def next_page(draft: ClaimDraft, asks: AsksEvidence) -> Page:
    """The first page whose question is open."""
    return next(page for page in pages(draft, asks) if not _is_answered(page, draft))


def page_before(page: Page, draft: ClaimDraft, asks: AsksEvidence) -> Page:
    """Where "back" leads."""
    route = pages(draft, asks)
    return route[max(route.index(page) - 1, 0)] if page in route else route[0]


def _why(line: DraftLine, asks: AsksEvidence) -> Iterable[Page]:
    yield Page(Step.REASON, line.line)
    if line.reason is not None and asks(line):
        yield Page(Step.EVIDENCE, line.line)


def _is_answered(page: Page, draft: ClaimDraft) -> bool:
    line = draft.line(page.line) if page.line is not None else None
    match page.step:
        case Step.LINES:
            return bool(draft.lines)
        case Step.REASON:
            return line is not None and line.reason is not None
        case Step.EVIDENCE:
            return line is not None and line.is_shown
        case Step.REMEDY:
            return line is not None and line.remedy is not None
        case Step.CONFIRM:
            return False
