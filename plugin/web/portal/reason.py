"""Second step: why, line by line; and what the policy wants to be shown for that reason."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from http import HTTPStatus

from flask import Response, request

from plugin.domain.claim_draft import LONGEST_NOTE, ClaimDraft, DraftLine, Page, Step
from plugin.domain.policy.reasons import Reason
from plugin.i18n import Catalogue
from plugin.usecases.quote_claim import ClaimQuote
from plugin.web.portal.visit import written
from plugin.web.portal.writing import Claiming, claiming, is_back
from plugin.wording.aftersales.parts import Said
from plugin.wording.aftersales.reasons import reason_name, reason_sentence


@dataclass(frozen=True, slots=True)
class Leaf:
    """A reason to choose."""

    id: str
    said: Said


@dataclass(frozen=True, slots=True)
class Branch:
    """Reasons under one heading; `is_open`: the one chosen so far is among them."""

    name: Said
    leaves: tuple[Leaf, ...]
    is_open: bool


def show(shop_key: str, token: str, order: str, no: int) -> Response:
    """The reasons, the one chosen so far marked."""
    return _page(claiming(shop_key, token, order), no)


def choose(shop_key: str, token: str, order: str, no: int) -> Response:
    """Keep the reason and go on."""
    at = claiming(shop_key, token, order)
    line, said = at.line(no)
    reason = leaves(at.case).get(request.form.get("reason", ""))
    if reason is None and not is_back():
        return _page(at, no, fault=at.at.words.text("claim.reason.needed"))
    note, is_for_all = written(request.form.get("note", ""), LONGEST_NOTE), request.form.get("all") == "1"

    def change(draft: ClaimDraft, _: ClaimQuote) -> ClaimDraft:
        if reason is None:
            return draft.saying(replace(draft.line(line.id) or said, note=note))
        also = [each for each in draft.lines if each.line != line.id and each.reason is None] if is_for_all else []
        return draft.saying(*(each.because(reason.id, note) for each in (draft.line(line.id) or said, *also)))

    return at.changed(change).on(Page(Step.REASON, line.id))


def _page(at: Claiming, no: int, fault: str | None = None) -> Response:
    line, said = at.line(no)
    response = at.page(
        "reason.html",
        Page(Step.REASON, line.id),
        line=line,
        said=said,
        branches=tuple(branches(at.case, at.at.words, said.reason)),
        has_others=_has_others(at, said),
        fault=fault,
    )
    if fault:
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return response


def branches(case: ClaimQuote, words: Catalogue, chosen: str | None = None) -> Iterator[Branch]:
    """The leaves under the branch they are on; a leaf without one stands for itself."""
    policy = case.quote.policy
    grouped: dict[str, list[Reason]] = {}
    for leaf in leaves(case).values():
        grouped.setdefault(leaf.parent or leaf.id, []).append(leaf)
    for name, found in grouped.items():
        told = tuple(Leaf(leaf.id, reason_sentence(leaf.id, policy, words)) for leaf in found)
        is_open = any(leaf.id == chosen for leaf in found)
        yield Branch(reason_name(name, policy, words), told, is_open)


def leaves(case: ClaimQuote) -> dict[str, Reason]:
    """What can be chosen: a reason that says whose doing it is."""
    return {reason.id: reason for reason in case.reasons.values() if reason.fault is not None}


def _has_others(at: Claiming, said: DraftLine) -> bool:
    return any(each.reason is None and each.line != said.line for each in (at.draft.lines if at.draft else ()))
