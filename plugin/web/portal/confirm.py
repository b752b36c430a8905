"""Fourth step: everything at a glance, and one button that sends it, however often it is pressed."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from flask import Response, request

from plugin.domain.claim_draft import DraftLine, Page, Step, next_page
from plugin.domain.errors import Conflict, Invalid
from plugin.domain.ids import ClaimDraftId
from plugin.domain.order import OrderLine
from plugin.domain.remedy import Remedy
from plugin.domain.shopper_session import NoSuchPage
from plugin.i18n import Catalogue
from plugin.usecases.claim.desk import desk_of
from plugin.usecases.prove_shopper import claim_token
from plugin.usecases.submit_claim import submit_claim
from plugin.web.deps import deps
from plugin.web.portal.exchange import told
from plugin.web.portal.visit import session_of, typed, visit
from plugin.web.portal.writing import Claiming, claiming, is_back
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
    choice: str
    """The variant chosen in exchange, by its title; empty where none is."""
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
        choice = said.choice if remedy is Remedy.EXCHANGE else None
        difference = told(said, judged.price, words) if choice else ""
        yield Summary(
            line=line,
            said=said,
            reason=reason_sentence(said.reason or "", policy, words),
            choice=choice.title if choice else "",
            worth=(difference,) if difference else worth_sentences(at.case.worth(said), remedy, judged, words),
            payer=payer_sentence(judged, words),
            to_reason=at.address(Page(Step.REASON, said.line)),
            to_remedy=at.address(Page(Step.REMEDY, said.line)),
        )


def submit(shop_key: str, token: str, order: str) -> Response:
    """One claim for the draft named in the form; to its own page, the second time too."""
    if is_back():
        return claiming(shop_key, token, order).on(_HERE)
    at, needs = visit(shop_key), deps()
    session = session_of(at, token)
    draft = ClaimDraftId(typed(request.form.get("draft", ""), 100))
    try:
        claim = submit_claim(
            draft,
            session,
            partial(story, at.words),
            desk=desk_of(needs, at.shop.merchant),
            now=needs.clock.now(),
        )
    except (Invalid, Conflict):
        return at.see("confirm", token=token, order=order)
    return at.see("status", token=claim_token(needs.secrets, at.shop.id, claim.id), new="1")


def story(words: Catalogue, line: DraftLine) -> str | None:
    """What the shopper says of a line, in one piece."""
    serial = f"{words.text('claim.evidence.serial')}: {line.serial}" if line.serial else ""
    is_exchange = line.remedy is Remedy.EXCHANGE and line.instead
    instead = f"{words.text('claim.remedy.instead')} {line.instead}" if is_exchange else ""
    return "\n".join(filter(None, (line.note, serial, instead))) or None
