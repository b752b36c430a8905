"""A claim that is being written, as its pages need it; an answer is kept before the browser is sent on."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from flask import Response, request

from plugin.domain.claim_draft import ClaimDraft, DraftLine, Page, Step, next_page, page_before
from plugin.domain.ids import LineId
from plugin.domain.order import OrderLine
from plugin.domain.shopper_session import NoSuchPage
from plugin.usecases.quote_claim import ClaimQuote
from plugin.usecases.write_claim import Writing, change_draft, read_draft
from plugin.web.deps import deps
from plugin.web.portal.visit import Visit, session_of, visit

NUMBERS = {Step.LINES: 1, Step.REASON: 2, Step.EVIDENCE: 2, Step.REMEDY: 3, Step.CONFIRM: 4}
"""Which of the four steps a page belongs to."""


@dataclass(frozen=True, slots=True)
class Claiming:
    """Who writes about which order, everything that decides about it, and what was written so far."""

    at: Visit
    token: str
    writing: Writing
    case: ClaimQuote
    draft: ClaimDraft | None

    def address(self, page: Page) -> str:
        """Where a page is; lines are named by their place in the order."""
        parts = {"token": self.token, "order": self.writing.order}
        if page.line is not None:
            return self.at.address(page.step.value, **parts, no=self._places[page.line])
        return self.at.address(page.step.value, **parts)

    def line(self, no: int) -> tuple[OrderLine, DraftLine]:
        """The order line at a place and what was said of it. Raises `NoSuchPage` for one that is not claimed."""
        lines = self.case.stored.order.lines
        if not 1 <= no <= len(lines) or self.draft is None:
            raise NoSuchPage
        said = self.draft.line(lines[no - 1].id)
        if said is None:
            raise NoSuchPage
        return lines[no - 1], said

    def page(self, template: str, here: Page, **facts: object) -> Response:
        """A page of the claim."""
        step = NUMBERS[here.step]
        return self.at.page(template, step=step, case=self.case, draft=self.draft, claiming=self, **facts)

    def asks(self, line: DraftLine) -> bool:
        """Whether the policy asks for evidence of a line."""
        return bool(self.case.evidence(line))

    def changed(self, change: Callable[[ClaimDraft, ClaimQuote], ClaimDraft]) -> "Claiming":
        """The same after a change that is kept."""
        needs, shop = deps(), self.at.shop
        case, draft = change_draft(change, self.writing, shop, units=needs.units, law=needs.law, now=needs.clock.now())
        return replace(self, case=case, draft=draft)

    def on(self, here: Page) -> Response:
        """To the next question; back where the shopper wants to go back."""
        if self.draft is None:
            raise NoSuchPage
        is_back = request.form.get("go") == "back"
        to = page_before(here, self.draft, self.asks) if is_back else next_page(self.draft, self.asks)
        return self.at.redirect(self.address(to))

    @property
    def _places(self) -> dict[LineId, int]:
        return {line.id: no for no, line in enumerate(self.case.stored.order.lines, 1)}


def claiming(shop_key: str, token: str, order: str) -> Claiming:
    """Raises `NoSuchPage` where the token does not open the order."""
    at, needs = visit(shop_key), deps()
    writing = Writing(session_of(at, token), order, at.words.language)
    case, draft = read_draft(writing, at.shop, units=needs.units, law=needs.law, now=needs.clock.now())
    return Claiming(at, token, writing, case, draft)


def is_back() -> bool:
    """Whether the shopper goes back: what was entered is kept as far as it goes."""
    return request.form.get("go") == "back"
