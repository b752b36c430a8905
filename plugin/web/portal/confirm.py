"""Fourth step: everything at a glance, and one button that sends it, however often it is pressed."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Response

from plugin.domain.claim_draft import DraftLine, Page, Step, next_page
from plugin.domain.order import OrderLine
from plugin.domain.shopper_session import NoSuchPage
from plugin.web.portal.writing import Claiming, claiming
from plugin.wording.aftersales.parts import Said
from plugin.wording.aftersales.reasons import reason_sentence
from plugin.wording.claim.money import amount_text, payer_sentence, worth_sentences

_HERE = Page(Step.CONFIRM)


@dataclass(frozen=True, slots=True)
class Summary:
    """One line of the claim in words, with the ways to change what was said."""

    line: OrderLine
    said: DraftLine
    reason: Said
    worth: tuple[str, ...]
    payer: str
    to_reason: str
    to_remedy: str


def show(shop_key: str, token: str, order: str) -> Response:
    """The whole claim; where something is still open, that page instead."""
    at = claiming(shop_key, token, order)
    if at.draft is None:
        return at.at.see("lines", token=token, order=order)
    if next_page(at.draft, at.asks) != _HERE:
        return at.on(_HERE)
    worth, words = at.case.worth(*at.draft.lines), at.at.words
    shopper = at.case.stored.order.shopper
    return at.page(
        "confirm.html",
        _HERE,
        lines=tuple(_summaries(at)),
        total=amount_text(worth.refund, words) if worth.refund and len(at.draft.lines) > 1 else None,
        email=shopper.email,
    )


def _summaries(at: Claiming) -> Iterator[Summary]:
    if at.draft is None:
        raise NoSuchPage
    policy, words = at.case.quote.policy, at.at.words
    for said in at.draft.lines:
        line, _ = at.case.line(said.line)
        judged = at.case.judged(said).judged
        remedy = said.remedy or at.case.remedies(said)[0]
        yield Summary(
            line=line,
            said=said,
            reason=reason_sentence(said.reason or "", policy, words),
            worth=worth_sentences(at.case.worth(said), remedy, judged, words),
            payer=payer_sentence(judged, words),
            to_reason=at.address(Page(Step.REASON, said.line)),
            to_remedy=at.address(Page(Step.REMEDY, said.line)),
        )
