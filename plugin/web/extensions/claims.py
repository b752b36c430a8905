"""Where a claim of the customer's stands, and calling it off."""

from collections.abc import Iterator

from flask import Response, current_app

from plugin.domain.claim.commands.ending import can_cancel
from plugin.i18n import Catalogue
from plugin.usecases.claim.desk import desk_of
from plugin.usecases.claim.hear_shopper import call_off
from plugin.usecases.claim.read_for_shopper import ShopperView
from plugin.usecases.prove_shopper import claim_token
from plugin.usecases.shopify.read_customer_claim import read_customer_claim
from plugin.web.deps import deps
from plugin.web.extensions import auth
from plugin.web.extensions.account import count_write
from plugin.web.extensions.answer import private, reader
from plugin.web.extensions.claim_schemas import ClaimAnswer, ClaimLine, Happened, MoneyAnswer, ParcelAnswer, Row
from plugin.web.extensions.words import claim_words
from plugin.web.portal.status import Shown, lines_of, parcels_of
from plugin.web.portal.visit import Visit, typed
from plugin.web.storefront.schemas import Link
from plugin.web.storefront.standing import claim_page
from plugin.wording.claim.sending_back import ParcelWords
from plugin.wording.claim.status import answer_by, money_words
from plugin.wording.claim.timeline import timeline

_LONGEST_ID = 100


def show(claim: str) -> Response:
    """The whole claim."""
    return private(answer_of(typed(claim, _LONGEST_ID), auth.signed_in()))


def cancel(claim: str) -> Response:
    """Call it off. Raises `TooLateToCancel`."""
    who, needs = auth.signed_in(), deps()
    count_write(who)
    view = read_customer_claim(typed(claim, _LONGEST_ID), who.customer, who.shop, units=needs.units)
    call_off(view.claim.id, desk=desk_of(needs, who.shop.merchant), now=needs.clock.now())
    return private(answer_of(view.claim.id, who))


def answer_of(claim: str, who: auth.Customer, words: Catalogue | None = None) -> ClaimAnswer:
    """A claim of theirs; in its own language unless another is asked for. Raises `NoSuchPage`."""
    view = read_customer_claim(claim, who.customer, who.shop, units=deps().units)
    at = Visit(who.shop, words or reader(view.claim.language), None)
    return _answer(at, view)


def _answer(at: Visit, view: ShopperView) -> ClaimAnswer:
    claim, words = view.claim, at.words
    refunds = {intent.id: intent for intent in view.refunds}
    return ClaimAnswer(
        version=" ".join((claim.policy_version or "law", claim.rulebook_version, claim.calendar_version)),
        language=words.language,
        direction=words.direction,
        words=claim_words(words),
        id=claim.id,
        number=claim.number,
        title=(title := words.text("claim.status.heading", number=claim.number)),
        order=view.stored.order.ref.external_id,
        opened_at=claim.opened_at,
        happened=tuple(_happened(view, words)),
        answer_by=_answer_by(view, words),
        lines=tuple(_line(each, words) for each in lines_of(at, view)),
        money=tuple(
            MoneyAnswer(rows=tuple(Row(term=term, text=text) for term, text in each.rows), text=each.text)
            for each in money_words(claim, refunds, words)
        ),
        parcels=tuple(_parcel(each, at, view) for each in parcels_of(at, view)),
        can_cancel=can_cancel(claim),
        page=Link(text=title, url=claim_page(claim.id, at.shop, words)),
    )


def _happened(view: ShopperView, words: Catalogue) -> Iterator[Happened]:
    for each in timeline(view.claim, view.entries, words):
        yield Happened(at=f"{words.day(each.day)}, {each.time}", title=each.title, text=each.text)


def _answer_by(view: ShopperView, words: Catalogue) -> str:
    day = answer_by(view.claim)
    return f"{words.text('mail.claim.received.answer_by')}: {words.day(day)}" if day else ""


def _line(shown: Shown, words: Catalogue) -> ClaimLine:
    refusal = shown.refusal
    said = (refusal.text or "", *(each.citation for each in refusal.basis), refusal.appeal) if refusal else ()
    return ClaimLine(
        title=words.text("claim.units", n=shown.line.quantity, title=shown.title),
        reason=shown.reason.text if shown.reason else "",
        decision=shown.decision,
        refusal=tuple(filter(None, said)),
        difference=" · ".join(filter(None, (shown.choice, shown.difference))),
        pay=Link(text=words.text("claim.exchange.pay_here"), url=shown.pay_at) if shown.pay_at else None,
    )


def _parcel(parcel: ParcelWords, at: Visit, view: ShopperView) -> ParcelAnswer:
    token = claim_token(deps().secrets, at.shop.id, view.claim.id)
    base = current_app.config["BASE_URL"]
    addresses = (
        Link(text=name, url=f"{base}{at.address('paper', token=token, label=parcel.label, kind=kind)}")
        for kind, name in parcel.papers
    )
    return ParcelAnswer(
        papers=tuple(addresses),
        address=parcel.lines,
        text=parcel.text,
        rules=parcel.rules,
        tracking=parcel.tracking[0] if parcel.tracking else "",
        tracking_url=parcel.tracking[1] if parcel.tracking else None,
    )
