"""A claim that is being written, in the shapes of the contract: what was said, what is to be said, what it comes to."""

from collections.abc import Iterator

from plugin.domain.claim_draft import ClaimDraft
from plugin.domain.claim_draft import DraftLine as Said
from plugin.domain.order import OrderLine
from plugin.domain.policy.terms import Evidence
from plugin.domain.remedy import Remedy
from plugin.domain.variants import Variant
from plugin.usecases.list_variants import list_variants
from plugin.web.deps import deps
from plugin.web.extensions.account import AtOrder
from plugin.web.extensions.draft_schemas import (
    Choice,
    ClaimDraftAnswer,
    DraftLine,
    EvidenceAsked,
    RemedyChoice,
    VariantChoice,
)
from plugin.web.extensions.words import capital, units_text
from plugin.web.portal import exchange
from plugin.web.portal.evidence import files_of, kinds_text, wants_files
from plugin.web.portal.remedy import choices
from plugin.web.storefront.schemas import Link
from plugin.wording.aftersales.reasons import reason_sentence
from plugin.wording.claim.money import amount_text, payer_sentence, worth_sentences
from plugin.wording.claim.remedy import legal_choice
from plugin.wording.promise_terms import conditions_text


def draft_answer(at: AtOrder) -> ClaimDraftAnswer:
    """The quote of the draft at hand, which there is."""
    draft = _draft(at)
    return ClaimDraftAnswer(
        version=at.version,
        language=at.words.language,
        direction=at.words.direction,
        draft=draft.id,
        lines=tuple(_lines(at, draft)),
        total=_total(at, draft),
        is_complete=is_complete(at),
        after=tuple(_after(at)),
    )


def is_complete(at: AtOrder) -> bool:
    """Whether everything is said that has to be; in exchange for what, too, where there is something to choose from."""
    draft = _draft(at)
    return bool(draft.lines) and all(_is_said(at, said) for said in draft.lines)


def variants_of(at: AtOrder, line: OrderLine) -> tuple[Variant, ...]:
    """What the line can be exchanged for."""
    return list_variants(line, at.draft, at.who.shop, units=deps().units)


def _draft(at: AtOrder) -> ClaimDraft:
    if at.draft is None:
        raise ValueError("nothing was written")
    return at.draft


def _is_said(at: AtOrder, said: Said) -> bool:
    if said.reason is None or said.remedy is None:
        return False
    is_open = said.remedy is Remedy.EXCHANGE and not (said.choice or said.instead)
    return not (is_open and variants_of(at, at.case.line(said.line)[0]))


def _lines(at: AtOrder, draft: ClaimDraft) -> Iterator[DraftLine]:
    for said in draft.lines:
        line, _ = at.case.line(said.line)
        yield _reasoned(at, draft, line, said) if said.reason else _unreasoned(at, line, said)


def _unreasoned(at: AtOrder, line: OrderLine, said: Said) -> DraftLine:
    return DraftLine(
        line=line.id,
        title=units_text(line, said.quantity, at.words),
        quantity=said.quantity,
        reason=None,
        reason_text="",
        note=said.note,
        serial=said.serial,
        evidence=None,
        remedies=(),
        remedy=None,
        legal=(),
        no_right="",
        variants=(),
        variant=None,
        instead=said.instead,
        conditions=(),
        conditions_asked="",
        conditions_met=(),
        worth=(),
        payer="",
    )


def _reasoned(at: AtOrder, draft: ClaimDraft, line: OrderLine, said: Said) -> DraftLine:
    words, judged, asked = at.words, at.case.judged(said).judged, at.case.conditions(said)
    variants = exchange.shown(variants_of(at, line), said, judged.price, words)
    return DraftLine(
        line=line.id,
        title=units_text(line, said.quantity, words),
        quantity=said.quantity,
        reason=said.reason,
        reason_text=reason_sentence(said.reason or "", at.case.quote.policy, words).text,
        note=said.note,
        serial=said.serial,
        evidence=_evidence(at, draft, line, said),
        remedies=tuple(_remedies(at, said)),
        remedy=said.remedy.value if said.remedy else None,
        legal=legal_choice(judged, words),
        no_right="" if judged.remedies else words.text("claim.remedy.none"),
        variants=tuple(VariantChoice(id=each.id, title=each.title, text=each.text) for each in variants),
        variant=said.choice.variant if said.choice else None,
        instead=said.instead,
        conditions=tuple(Choice(id=each.value, text=words.text(f"condition.{each.value}")) for each in asked),
        conditions_asked=conditions_text(asked, words) if asked else "",
        conditions_met=tuple(each.value for each in said.conditions),
        worth=_worth(at, said),
        payer=payer_sentence(judged, words),
    )


def _evidence(at: AtOrder, draft: ClaimDraft, line: OrderLine, said: Said) -> EvidenceAsked | None:
    kinds = at.case.evidence(said)
    if not kinds:
        return None
    no = [each.id for each in at.case.stored.order.lines].index(line.id) + 1
    return EvidenceAsked(
        text=at.words.text("claim.evidence.asked", kinds=kinds_text(kinds, at.words)),
        wants_files=wants_files(kinds),
        wants_serial=Evidence.SERIAL_NUMBER in kinds,
        upload=Link(text=at.words.text("claim.evidence.add"), url=at.page("evidence", no=no)),
        files=tuple(each.name for each in files_of(draft, said, at.who.shop.merchant)),
    )


def _remedies(at: AtOrder, said: Said) -> Iterator[RemedyChoice]:
    for each in choices(at.case, said, at.words):
        yield RemedyChoice(
            id=each.remedy.value,
            name=capital(at.words.text(f"page.remedy.{each.remedy.value}"), at.words),
            label=each.whose,
            is_statutory=each.is_legal,
            sentences=each.sentences,
        )


def _worth(at: AtOrder, said: Said) -> tuple[str, ...]:
    if said.remedy is None:
        return ()
    judged = at.case.judged(said).judged
    is_exchange = said.remedy is Remedy.EXCHANGE and said.choice
    difference = exchange.told(said, judged.price, at.words) if is_exchange else ""
    return (difference,) if difference else worth_sentences(at.case.worth(said), said.remedy, judged, at.words)


def _total(at: AtOrder, draft: ClaimDraft) -> str:
    if len(draft.lines) < 2 or not all(said.remedy for said in draft.lines):  # noqa: PLR2004 - one line says it itself
        return ""
    refund = at.case.worth(*draft.lines).refund
    return at.words.text("claim.confirm.total", amount=amount_text(refund, at.words)) if refund else ""


def _after(at: AtOrder) -> Iterator[str]:
    email = at.case.stored.order.shopper.email
    mail = at.words.text("claim.confirm.next.mail")
    yield f"{mail} {at.words.text('claim.confirm.mail', email=email)}" if email else mail
    yield at.words.text("claim.confirm.next.decided")
    yield at.words.text("claim.confirm.next.page")
