"""Files an agent adds to a claim, photos of an inspection: checked and sealed as those of shoppers are."""

from http import HTTPStatus

from flask import Flask, Response, request
from werkzeug.datastructures import FileStorage

from plugin.domain.errors import DomainError, NotFound
from plugin.domain.evidence import CHUNK_BYTES, UnknownEvidence
from plugin.domain.evidence.limits import MEGABYTE
from plugin.domain.ids import ClaimId, EvidenceId, PersonId, ShopId
from plugin.domain.shop import Role
from plugin.usecases.announce_evidence import Announced, announce_evidence
from plugin.usecases.claim.act import read_claim
from plugin.usecases.claim.add_files import add_files, desk_draft
from plugin.usecases.claim.desk import desk_of
from plugin.usecases.receive_chunk import Chunk, receive_chunk
from plugin.web.admin import auth, embedded, notices
from plugin.web.admin.auth import require
from plugin.web.admin.claims import case
from plugin.web.admin.claims.told import Told
from plugin.web.admin.pages import see, words
from plugin.web.deps import deps
from plugin.web.evidence.slots import NoSlot, slots
from plugin.web.problems import error_text

FORM = "files"
_ENDPOINT = "admin.add_files"


def allow(app: Flask) -> None:
    """Let this form of a signed-in member be larger than any other; before anything reads it."""

    def widen() -> None:
        if request.endpoint == _ENDPOINT:
            auth.look()
            if auth.is_there() or embedded.is_genuine():
                request.max_content_length = case.MOST_MEGABYTES * MEGABYTE

    app.before_request_funcs.setdefault(None, []).insert(0, widen)


def add(claim: str) -> Response:
    """Take what came with the form; where one is refused none is put on record. Raises `NotFound`."""
    here, at = require(Role.AGENT), deps()
    _place(ClaimId(claim))
    chosen = [file for file in request.files.getlist("file") if file.filename]
    if not chosen:
        return _refused(claim, words().text("problem.nothing_chosen"))
    try:
        with slots().taken(desk_draft(ClaimId(claim))):
            taken = [_take(ClaimId(claim), file) for file in chosen]
    except NoSlot:
        return _refused(claim, words().text("problem.outside_unavailable"))
    except NotFound:
        raise
    except DomainError as refusal:
        return _refused(claim, error_text(words(), refusal.code))
    add_files(ClaimId(claim), taken, by=here.member, desk=desk_of(at, here.merchant), now=at.clock.now())
    notices.leave("desk.done")
    return see(case.case_href(claim))


def _place(claim: ClaimId) -> tuple[ShopId, PersonId]:
    """The claim's shop and person. Raises `NotFound`, `UnknownEvidence` once the person was erased."""
    with deps().units.read(require(Role.AGENT).merchant) as unit:
        known = read_claim(claim, unit)
        email = unit.orders.get(known.order).order.shopper.email
        person = unit.people.find(email) if email else None
    if person is None:
        raise UnknownEvidence
    return known.shop, person


def _take(claim: ClaimId, file: FileStorage) -> EvidenceId:
    at, merchant, draft = deps(), require(Role.AGENT).merchant, desk_draft(claim)
    shop, person = _place(claim)
    size = file.stream.seek(0, 2)
    file.stream.seek(0)
    told = Announced(shop, draft, person, file.filename or "", file.mimetype, size)
    limits, files = at.evidence.limits, at.evidence.files
    kept = announce_evidence(told, merchant=merchant, units=at.units, ids=at.ids, limits=limits, now=at.clock.now())
    for offset in range(0, size, CHUNK_BYTES):
        piece = Chunk(kept.id, draft, offset, file.stream.read(CHUNK_BYTES))
        receive_chunk(piece, merchant=merchant, units=at.units, files=files, ids=at.ids, now=at.clock.now())
    return kept.id


def _refused(claim: str, text: str) -> Response:
    return case.render(ClaimId(claim), Told(FORM, {"file": text}), HTTPStatus.UNPROCESSABLE_ENTITY)
