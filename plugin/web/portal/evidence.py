"""What the policy wants to be shown: files, sent in pieces by script or whole by the form alone, and a serial number.

Whoever cannot show anything now goes on without: no right hangs on it.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus

from babel.lists import format_list
from flask import Response, request, url_for

from plugin.domain.claim_draft import LONGEST_SERIAL, ClaimDraft, DraftLine, Page, Step
from plugin.domain.errors import DomainError
from plugin.domain.evidence import Evidence
from plugin.domain.ids import EvidenceId, MerchantId
from plugin.domain.policy.terms import Evidence as Kind
from plugin.i18n import Catalogue
from plugin.usecases.quote_claim import ClaimQuote
from plugin.usecases.withdraw_evidence import withdraw_evidence
from plugin.web.aftersales.address import absolute
from plugin.web.deps import deps
from plugin.web.evidence import upload_token
from plugin.web.evidence.upload_token import LIFETIME, UploadTicket
from plugin.web.portal.visit import typed
from plugin.web.portal.whole_files import WHOLE_MEGABYTES, bound_form, take_files
from plugin.web.portal.writing import Claiming, claiming

_FILES = frozenset({Kind.PHOTO, Kind.VIDEO, Kind.RECEIPT})


def show(shop_key: str, token: str, order: str, no: int) -> Response:
    """What is asked for, and what is here so far."""
    return _page(claiming(shop_key, token, order), no)


def keep(shop_key: str, token: str, order: str, no: int) -> Response:
    """Keep what came with the form; go on, or stay where a file was added, removed or refused."""
    bound_form()
    at = claiming(shop_key, token, order)
    line, _ = at.line(no)
    draft_to = _draft(at)
    fault = take_files(at.at, draft_to.id, draft_to.person)
    go = request.form.get("go", "")
    if go.startswith("remove:"):
        _remove(at, EvidenceId(typed(go.removeprefix("remove:"), 100)))
    is_done = fault is None and go in {"", "back"}
    files = tuple(each.id for each in files_of(draft_to, at.line(no)[1], at.at.shop.merchant))

    def change(draft: ClaimDraft, _: ClaimQuote) -> ClaimDraft:
        said = draft.line(line.id) or DraftLine(line.id, 1)
        serial = typed(request.form.get("serial", said.serial), LONGEST_SERIAL)
        return draft.saying(replace(said, serial=serial, files=files, is_shown=is_done or said.is_shown))

    after = at.changed(change)
    here = Page(Step.EVIDENCE, line.id)
    if is_done:
        return after.on(here)
    return _page(after, no, fault) if fault else after.at.redirect(after.address(here))


def _remove(at: Claiming, file: EvidenceId) -> None:
    with suppress(DomainError):
        withdraw_evidence(file, _draft(at).id, merchant=at.at.shop.merchant, units=deps().units)


def _page(at: Claiming, no: int, fault: str | None = None) -> Response:
    line, said = at.line(no)
    kinds, needs, words = at.case.evidence(said), deps(), at.at.words
    draft = _draft(at)
    ticket = UploadTicket(draft.id, draft.person, needs.clock.now() + LIFETIME)
    response = at.page(
        "evidence.html",
        Page(Step.EVIDENCE, line.id),
        line=line,
        said=said,
        asked=kinds_text(kinds, words),
        wants_files=wants_files(kinds),
        wants_serial=Kind.SERIAL_NUMBER in kinds,
        files=tuple(_told(each, words.language) for each in files_of(draft, said, at.at.shop.merchant)),
        endpoint=absolute(url_for("evidence.upload.announce", shop_key=at.at.shop.key)),
        upload_token=upload_token.issue(needs.secrets, at.at.shop.id, ticket),
        megabytes=WHOLE_MEGABYTES,
        fault=fault,
    )
    if fault:
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return response


def kinds_text(kinds: Sequence[Kind], words: Catalogue) -> str:
    """What is asked for, as a list."""
    return str(format_list([words.text(f"page.evidence.{kind.value}") for kind in kinds], locale=words.locale))


def wants_files(kinds: Sequence[Kind]) -> bool:
    """Whether any of it is a file."""
    return not _FILES.isdisjoint(kinds)


def _told(file: Evidence, language: str) -> dict[str, str | None]:
    """A file as the page lists it; a refused one says why."""
    del language
    return {"id": file.id, "name": file.name, "state": file.state.value, "refusal": file.refusal}


def files_of(draft: ClaimDraft, said: DraftLine, merchant: MerchantId) -> Sequence[Evidence]:
    """The draft's files that no other line has."""
    with deps().units.read(merchant) as unit:
        found = unit.evidence.of_draft(draft.id)
    others = {file for each in draft.lines if each.line != said.line for file in each.files}
    return [each for each in found if each.id not in others]


def _draft(at: Claiming) -> ClaimDraft:
    if at.draft is None:
        raise DomainError
    return at.draft
