"""Third step: what the shopper wants, with the money it comes to and who pays, before anything is sent."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from http import HTTPStatus

from flask import Response, request

from plugin.domain.claim_draft import LONGEST_WISH, ClaimDraft, DraftLine, Page, Step
from plugin.domain.order import OrderLine
from plugin.domain.policy.terms import Condition
from plugin.domain.remedy import Remedy
from plugin.domain.variants import Variant
from plugin.i18n import Catalogue
from plugin.usecases.list_variants import list_variants
from plugin.usecases.quote_claim import ClaimQuote
from plugin.web.deps import deps
from plugin.web.portal import exchange
from plugin.web.portal.visit import typed
from plugin.web.portal.writing import Claiming, claiming, is_back
from plugin.wording.claim.money import payer_sentence, worth_sentences
from plugin.wording.claim.remedy import legal_choice
from plugin.wording.names import label, label_of_promise
from plugin.wording.promise_terms import conditions_text


@dataclass(frozen=True, slots=True)
class Choice:
    """A remedy with what it comes to; `whose` says whether the law or the shop gives it, empty where neither does."""

    remedy: Remedy
    whose: str
    is_legal: bool
    sentences: tuple[str, ...]


def show(shop_key: str, token: str, order: str, no: int) -> Response:
    """The remedies, the one chosen so far marked."""
    return _page(claiming(shop_key, token, order), no)


def choose(shop_key: str, token: str, order: str, no: int) -> Response:
    """Keep the remedy and go on."""
    at = claiming(shop_key, token, order)
    line, said = at.line(no)
    wanted = _known(request.form.get("remedy", ""), at.case.remedies(said))
    if wanted is None and not is_back():
        return _page(at, no, fault=at.at.words.text("claim.remedy.needed"))
    is_for_all, instead = request.form.get("all") == "1", typed(request.form.get("instead", ""), LONGEST_WISH)
    variants = _variants(at, line)
    choice = exchange.chosen(request.form.get("variant", ""), variants)
    if wanted is Remedy.EXCHANGE and variants and not (choice or instead or is_back()):
        return _page(at, no, fault=at.at.words.text("claim.remedy.needed"), wanted=wanted)

    def change(draft: ClaimDraft, case: ClaimQuote) -> ClaimDraft:
        mine = draft.line(line.id) or said
        mine = replace(mine, conditions=_declared(case.conditions(mine)))
        also = [each for each in draft.lines if each.line != mine.line and each.remedy is None] if is_for_all else []
        wishing = [each for each in (mine, *also) if wanted in case.remedies(each)]
        kept = draft.saying(replace(mine, instead=instead, choice=choice))
        if wanted is None:
            return kept
        named = (replace(each, instead=instead, choice=choice) if each == mine else each for each in wishing)
        return kept.saying(*(_wishing(each, wanted, case, at) for each in named))

    return at.changed(change).on(Page(Step.REMEDY, line.id))


def _wishing(line: DraftLine, wanted: Remedy, case: ClaimQuote, at: Claiming) -> DraftLine:
    """The choice by law stands on this very page, so it was shown where there is one."""
    shown = legal_choice(case.judged(line).judged, at.at.words)
    return replace(line, remedy=wanted, was_choice_shown=bool(shown))


def _declared(asked: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """What of it the shopper says is so; of the rest nothing is known, and nothing is refused for that."""
    return tuple(each for each in asked if request.form.get(f"is.{each.value}") == "1")


def _known(given: str, offered: tuple[Remedy, ...]) -> Remedy | None:
    return next((remedy for remedy in offered if remedy.value == given), None)


def _page(at: Claiming, no: int, fault: str | None = None, wanted: Remedy | None = None) -> Response:
    """`wanted`: what was chosen just now, where something is missing with it."""
    line, said = at.line(no)
    said = replace(said, remedy=wanted or said.remedy)
    if said.reason is None:
        return at.on(Page(Step.REMEDY, line.id))
    judged, conditions = at.case.judged(said).judged, at.case.conditions(said)
    response = at.page(
        "remedy.html",
        Page(Step.REMEDY, line.id),
        line=line,
        said=said,
        choices=tuple(choices(at.case, said, at.at.words)),
        legal=legal_choice(judged, at.at.words),
        variants=exchange.shown(_variants(at, line), said, judged.price, at.at.words),
        conditions=conditions,
        conditions_asked=conditions_text(conditions, at.at.words),
        payer=payer_sentence(judged, at.at.words),
        has_right=bool(judged.remedies),
        has_others=_has_others(at, said),
        fault=fault,
    )
    if fault:
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return response


def choices(case: ClaimQuote, said: DraftLine, words: Catalogue) -> Iterator[Choice]:
    """What may be asked for of a line, in the order to offer it."""
    judged = case.judged(said).judged
    for remedy in case.remedies(said):
        is_legal = remedy in judged.legal_remedies
        whose = label(words, is_statutory=True) if is_legal else label_of_promise(words, is_extra=False)
        worth = case.worth(replace(said, remedy=remedy))
        sentences = worth_sentences(worth, remedy, judged, words)
        yield Choice(remedy, whose if remedy in judged.remedies else "", is_legal, sentences)


def _variants(at: Claiming, line: OrderLine) -> tuple[Variant, ...]:
    return list_variants(line, at.draft, at.at.shop, units=deps().units)


def _has_others(at: Claiming, said: DraftLine) -> bool:
    return any(each.remedy is None and each.line != said.line for each in (at.draft.lines if at.draft else ()))
