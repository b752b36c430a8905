"""Where a claim stands: what has happened, where the money is, what was written, and what the shopper may do now."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from zoneinfo import ZoneInfo

from flask import Response, request, url_for

from plugin.domain.attempts import TooManyAttempts
from plugin.domain.claim.claim import ClaimLine
from plugin.domain.claim.commands.ending import can_appeal, can_cancel
from plugin.domain.claim.commands.sending import can_tell_sending
from plugin.domain.claim.machines.conversation import Stage
from plugin.domain.claim.machines.decision import RemedyState
from plugin.domain.claim.machines.goods import RepairState
from plugin.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from plugin.domain.ids import ClaimDraftId, ClaimId, PersonId, RefundId
from plugin.domain.refund.payee import BankAccount, NotAnAccount
from plugin.usecases.claim.desk import Desk, desk_of
from plugin.usecases.claim.hear_shopper import (
    accept_offer,
    appeal_refusal,
    call_off,
    object_to_exception,
    open_again,
    refused_at,
    write_to_shop,
)
from plugin.usecases.claim.read_for_shopper import ShopperView, read_for_shopper
from plugin.usecases.pay_out import take_payee
from plugin.usecases.prove_shopper import read_claim
from plugin.usecases.write_claim import holder_of
from plugin.web.aftersales.address import absolute, page_address
from plugin.web.deps import deps
from plugin.web.evidence import upload_token, view_link
from plugin.web.evidence.upload_token import LIFETIME, UploadTicket
from plugin.web.portal.visit import Visit, typed, visit, written
from plugin.web.problems import error_text
from plugin.wording.aftersales.parts import Said
from plugin.wording.aftersales.reasons import reason_sentence
from plugin.wording.claim.clauses import Clauses
from plugin.wording.claim.exchange import chosen_title, exchange_sentence, pay_address
from plugin.wording.claim.money import amount_text
from plugin.wording.claim.remedy import legal_choice
from plugin.wording.claim.sending_back import ParcelWords, parcel_words
from plugin.wording.claim.status import (
    RefusalWords,
    answer_by,
    contest_words,
    decision_text,
    guarantee_words,
    money_words,
    quote_words,
    refusal_words,
)
from plugin.wording.claim.timeline import messages, timeline

CARRIERS = ("DHL", "DPD", "GLS", "UPS", "FedEx", "Hermes", "Evri", "InPost", "Royal Mail", "La Poste", "PostNL", "USPS")
"""Names to pick from while typing; any other is as good."""
LONGEST_MESSAGE = 4000
_LONGEST_NAME = 140


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the claim as the page shows it."""

    line: ClaimLine
    title: str
    reason: Said | None
    decision: str
    refusal: RefusalWords | None
    can_appeal: bool
    is_offered: bool
    quote: str | None
    """What a repair would cost, while the shopper decides about it."""
    quote_words: str | None
    legal: tuple[str, ...]
    guarantee: tuple[str, ...]
    choice: str
    difference: str
    pay_at: str | None


def show(shop_key: str, token: str) -> Response:
    """The whole claim."""
    return page(*opened(shop_key, token), token)


def write(shop_key: str, token: str) -> Response:
    """A message, with the files that were added."""
    words = written(request.form.get("words", ""), LONGEST_MESSAGE)
    at, claim, desk = claim_at(shop_key, token)
    try:
        return done(at, token, lambda: write_to_shop(claim, words, desk=desk, now=deps().clock.now()))
    except TooManyAttempts as error:
        return wait(shop_key, token, error, typed=words)


def cancel(shop_key: str, token: str) -> Response:
    """Call the claim off."""
    at, claim, desk = claim_at(shop_key, token)
    return done(at, token, lambda: call_off(claim, desk=desk, now=deps().clock.now()))


def appeal(shop_key: str, token: str, no: int) -> Response:
    """Another person is asked about a refused line."""
    words = written(request.form.get("words", ""), LONGEST_MESSAGE)
    at, claim, desk = claim_at(shop_key, token)
    return done(at, token, lambda: appeal_refusal(claim, no, words, desk=desk, now=deps().clock.now()))


def accept(shop_key: str, token: str, no: int) -> Response:
    """Take what the shop offered."""
    at, claim, desk = claim_at(shop_key, token)
    return done(at, token, lambda: accept_offer(claim, no, desk=desk, now=deps().clock.now()))


def reopen(shop_key: str, token: str) -> Response:
    """Go on with a claim that had ended."""
    at, claim, desk = claim_at(shop_key, token)
    return done(at, token, lambda: open_again(claim, desk=desk, now=deps().clock.now()))


def object_(shop_key: str, token: str) -> Response:
    """Object to an exception from the right of withdrawal."""
    words = written(request.form.get("words", ""), LONGEST_MESSAGE)
    at, claim, desk = claim_at(shop_key, token)
    return done(at, token, lambda: object_to_exception(claim, words, desk=desk, now=deps().clock.now()))


def name_account(shop_key: str, token: str, refund: str) -> Response:
    """Keep where a refund goes that cannot go back the way it came; a mistyped number stays on the page."""
    at, view = opened(shop_key, token)
    if refund not in {row.id for row in view.claim.refunds}:
        raise NotFound
    holder, iban = (typed(request.form.get(name, ""), _LONGEST_NAME) for name in ("holder", "iban"))
    try:
        payee = BankAccount.parse(holder, iban)
    except NotAnAccount as error:
        return page(at, view, token, fault=error_text(at.words, error.code), holder=holder, iban=iban)
    needs, merchant = deps(), at.shop.merchant
    return done(at, token, lambda: take_payee(RefundId(refund), payee, merchant=merchant, units=needs.units))


def done(at: Visit, token: str, act: Callable[[], object]) -> Response:
    """Back to the page, which shows what is true now; what came too late or twice changed nothing."""
    try:
        act()
    except TooManyAttempts:
        raise
    except (Conflict, Invalid, NotAllowed):
        return at.see("status", token=token)
    return at.see("status", token=token)


def wait(shop_key: str, token: str, error: TooManyAttempts, **entered: str) -> Response:
    """The page with what was typed, and after how long it may be sent again."""
    at, view = opened(shop_key, token)
    response = page(at, view, token, fault=at.words.text("problem.http_429"), **entered)
    response.status_code = HTTPStatus.TOO_MANY_REQUESTS
    response.headers["Retry-After"] = str(error.facts["wait"])
    return response


def claim_at(shop_key: str, token: str) -> tuple[Visit, ClaimId, Desk]:
    """Who is at the page, the claim it is about, and the desk it is worked on. Raises `NoSuchPage`."""
    at, needs = visit(shop_key), deps()
    return at, read_claim(needs.secrets, at.shop.id, token), desk_of(needs, at.shop.merchant)


def opened(shop_key: str, token: str) -> tuple[Visit, ShopperView]:
    """Who looks, and at what. Raises `NoSuchPage`."""
    at, needs = visit(shop_key), deps()
    claim = read_claim(needs.secrets, at.shop.id, token)
    with needs.units.read(at.shop.merchant) as unit:
        view = read_for_shopper(claim, at.shop.id, unit)
    return visit(shop_key, view.claim.language), view


def page(at: Visit, view: ShopperView, token: str, **entered: str) -> Response:
    """The page of a claim, with what was typed where something is wrong with it."""
    claim, words = view.claim, at.words
    intents = {intent.id: intent for intent in view.refunds}
    response = at.page(
        "status.html",
        claim=claim,
        token=token,
        answer_by=answer_by(claim),
        happened=timeline(claim, view.entries, words),
        lines=tuple(lines_of(at, view)),
        money=money_words(claim, intents, words),
        masked=view.masked,
        parcels=tuple(parcels_of(at, view)),
        points=view.points,
        sendable=[line for line in view.claim.lines if can_tell_sending(view.claim, line)],
        today=deps().clock.now().astimezone(ZoneInfo(claim.zone or "UTC")).date(),
        titles={line.id: line.title for line in view.stored.order.lines},
        carriers=CARRIERS,
        messages=messages(claim, view.entries, words),
        files=tuple(_files(at, view)),
        can_cancel=can_cancel(claim),
        can_reopen=claim.stage in {Stage.CLOSED, Stage.EXPIRED},
        is_asked=claim.stage is Stage.NEEDS_INFO,
        contest=contest_words(claim, view.entries, _clauses(at, view)),
        **_upload(at, view),
        **entered,
    )
    if {"fault", "sent_fault"} & entered.keys():
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return response


def lines_of(at: Visit, view: ShopperView) -> Iterator[Shown]:
    """Each line, and where it stands."""
    titles = {line.id: line.title for line in view.stored.order.lines}
    clauses, now = _clauses(at, view), deps().clock.now()
    for line in view.claim.lines:
        refused = refused_at(line.no, view.entries)
        yield Shown(
            line=line,
            title=titles.get(line.order_line, line.order_line),
            reason=reason_sentence(line.reason, view.policy, at.words) if line.reason else None,
            decision=decision_text(line, at.words),
            refusal=refusal_words(line, view.entries, view.claim, clauses, at.words),
            can_appeal=refused is not None and can_appeal(view.claim, line.no, refused, now),
            is_offered=line.remedy is RemedyState.OFFERED,
            legal=legal_choice(line.judged, at.words) if line.remedy is RemedyState.OFFERED else (),
            quote=amount_text(line.quote, at.words) if line.quote and line.repair is RepairState.QUOTED else None,
            quote_words=quote_words(line.no, view.entries),
            guarantee=guarantee_words(line.no, view.entries, at.words),
            choice=chosen_title(line),
            difference=exchange_sentence(line, at.words),
            pay_at=pay_address(line.no, view.entries),
        )


def _clauses(at: Visit, view: ShopperView) -> Clauses:
    """What refusals rest on, with the way to the shop's own page for the country the goods went to."""
    country = view.claim.country
    page = page_address(at.shop.key, at.words.language, country) if country else None
    return Clauses(at.words, deps().law.rulebook, view.policy, page)


def parcels_of(at: Visit, view: ShopperView) -> Iterator[ParcelWords]:
    """Each parcel that goes back."""
    now = deps().clock.now()
    for label in view.labels:
        yield parcel_words(label, view.claim, at.words, now, has_customs=label.id in view.with_customs)


def _files(at: Visit, view: ShopperView) -> Iterator[tuple[str, str | None]]:
    """Each file with the address it can be seen at for a minute, once it was looked at."""
    needs = deps()
    for file in view.evidence:
        query = view_link.issue(
            needs.secrets, at.shop.id, file.id, view_link.viewer_of_draft(file.draft), needs.clock.now()
        )
        address = url_for("evidence.view.file", shop_key=at.shop.key, evidence=file.id)
        yield file.name, f"{address}?{query}" if file.stored else None


def _upload(at: Visit, view: ShopperView) -> dict[str, str]:
    """What the script needs to add files; nothing where nobody's key could seal them."""
    person = person_of(at, view)
    if person is None:
        return {}
    needs = deps()
    ticket = UploadTicket(ClaimDraftId(view.claim.id), person, needs.clock.now() + LIFETIME)
    endpoint = absolute(url_for("evidence.upload.announce", shop_key=at.shop.key))
    return {"endpoint": endpoint, "upload_token": upload_token.issue(needs.secrets, at.shop.id, ticket)}


def person_of(at: Visit, view: ShopperView) -> PersonId | None:
    """Under whose key files of the claim are sealed; None where nobody's could."""
    with deps().units.read(at.shop.merchant) as unit:
        return holder_of(view.stored, unit)
