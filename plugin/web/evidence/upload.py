"""Uploads: announce a file, send its bytes in chunks, ask how far it is, take it back."""

from http import HTTPStatus

from flask import Blueprint, Response, abort, jsonify, request, url_for

from plugin.domain.errors import DomainError
from plugin.domain.evidence import Evidence, UnknownEvidence, UploadForbidden
from plugin.domain.ids import EvidenceId
from plugin.domain.shop import Shop
from plugin.ports.errors import Rejected, Unavailable
from plugin.usecases.announce_evidence import Announced, announce_evidence
from plugin.usecases.quote_policy import known_shop
from plugin.usecases.receive_chunk import Chunk, receive_chunk
from plugin.usecases.withdraw_evidence import withdraw_evidence
from plugin.web.aftersales.address import absolute
from plugin.web.deps import deps
from plugin.web.evidence import tus, upload_token, view_link
from plugin.web.evidence.body import chunk
from plugin.web.evidence.shown import shown
from plugin.web.evidence.slots import NoSlot, slots
from plugin.web.evidence.upload_token import UploadTicket
from plugin.web.problems import domain_problem, outside_problem

_WAIT_SECONDS = "2"

blueprint = Blueprint("upload", __name__)
blueprint.before_request(tus.refuse_other_versions)
blueprint.after_request(tus.told)


@blueprint.post("", provide_automatic_options=False)
def announce(shop_key: str) -> Response:
    """A place for a file; `Location` is where its bytes go."""
    at = deps()
    shop, ticket = _caller(shop_key)
    said = tus.metadata()
    given = Announced(
        shop=shop.id,
        draft=ticket.draft,
        person=ticket.person,
        name=said.get("filename", ""),
        media_type=said.get("filetype", ""),
        size=tus.number("Upload-Length"),
    )
    evidence = announce_evidence(
        given, merchant=shop.merchant, units=at.units, ids=at.ids, limits=at.evidence.limits, now=at.clock.now()
    )
    response = _answer(evidence, shop, HTTPStatus.CREATED)
    response.headers["Location"] = absolute(url_for("evidence.upload.state", shop_key=shop_key, evidence=evidence.id))
    return response


@blueprint.patch("/<evidence>", provide_automatic_options=False)
def receive(shop_key: str, evidence: str) -> Response:
    """The next bytes. 409 when they do not begin where the file ends, 503 when all slots are taken: ask, and go on."""
    if request.mimetype != tus.CHUNK_TYPE:
        abort(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    at = deps()
    shop, ticket = _caller(shop_key)
    offset = tus.number("Upload-Offset")
    try:
        with slots().taken(ticket.draft):
            sent = Chunk(EvidenceId(evidence), ticket.draft, offset, chunk())
            now, files = at.clock.now(), at.evidence.files
            after = receive_chunk(sent, merchant=shop.merchant, units=at.units, files=files, ids=at.ids, now=now)
    except NoSlot:
        return Response(status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": _WAIT_SECONDS})
    return Response(status=HTTPStatus.NO_CONTENT, headers=tus.progress(after, at.evidence.limits.idle))


@blueprint.get("/<evidence>", provide_automatic_options=False)
def state(shop_key: str, evidence: str) -> Response:
    """How far the file is and what was found in it; to a HEAD the same without words."""
    shop, ticket = _caller(shop_key)
    at = deps()
    with at.units.read(shop.merchant) as unit:
        found = unit.evidence.get(EvidenceId(evidence))
    if found.draft != ticket.draft:
        raise UnknownEvidence
    return _answer(found, shop)


@blueprint.get("", provide_automatic_options=False)
def listed(shop_key: str) -> Response:
    """Every file of the claim that is being written, for a page that was loaded again."""
    shop, ticket = _caller(shop_key)
    at = deps()
    with at.units.read(shop.merchant) as unit:
        found = unit.evidence.of_draft(ticket.draft)
    return jsonify(files=[shown(each, _link(each, shop)) for each in found])


@blueprint.delete("/<evidence>", provide_automatic_options=False)
def withdraw(shop_key: str, evidence: str) -> Response:
    """The shopper takes a file back, as long as the claim is not submitted."""
    shop, ticket = _caller(shop_key)
    withdraw_evidence(EvidenceId(evidence), ticket.draft, merchant=shop.merchant, units=deps().units)
    return Response(status=HTTPStatus.NO_CONTENT)


@blueprint.route("", methods=["OPTIONS"], provide_automatic_options=False)
@blueprint.route("/<evidence>", methods=["OPTIONS"], provide_automatic_options=False)
def abilities(**_path: str) -> Response:
    """What we speak."""
    return tus.abilities(deps().evidence.limits)


@blueprint.errorhandler(DomainError)
def refuse(error: DomainError) -> Response:
    """A problem the asking page can read; a wrong offset names the right one."""
    response = domain_problem(error)
    if "offset" in error.facts:
        response.headers["Upload-Offset"] = str(error.facts["offset"])
    return response


@blueprint.errorhandler(Unavailable)
@blueprint.errorhandler(Rejected)
def fail(error: Unavailable | Rejected) -> Response:
    """A store that does not answer: try again later."""
    return outside_problem(error)


def _caller(shop_key: str) -> tuple[Shop, UploadTicket]:
    """The shop, and what the token in `Authorization: Bearer` says. Raises `UnknownShop`, `UploadForbidden`."""
    at = deps()
    shop = known_shop(shop_key, at.directory)
    given = request.authorization
    if given is None or given.type != "bearer" or not given.token:
        raise UploadForbidden
    return shop, upload_token.read(at.secrets, shop.id, given.token, at.clock.now())


def _answer(evidence: Evidence, shop: Shop, status: HTTPStatus = HTTPStatus.OK) -> Response:
    response = jsonify(shown(evidence, _link(evidence, shop)))
    response.status_code = status
    response.headers.extend(tus.progress(evidence, deps().evidence.limits.idle))
    return response


def _link(evidence: Evidence, shop: Shop) -> str | None:
    """Where its owner may see it for the next minute."""
    if evidence.stored is None:
        return None
    at = deps()
    viewer = view_link.viewer_of_draft(evidence.draft)
    query = view_link.issue(at.secrets, shop.id, evidence.id, viewer, at.clock.now())
    return f"{absolute(url_for('evidence.view.file', shop_key=shop.key, evidence=evidence.id))}?{query}"
