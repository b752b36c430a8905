"""A file, for whoever holds a link of this minute: never run, never sniffed, never kept by anybody on the way."""

import re
from http import HTTPStatus

import structlog
from flask import Blueprint, Response, request

from plugin.domain.ids import EvidenceId
from plugin.usecases.quote_policy import known_shop
from plugin.usecases.view_evidence import Viewed, view_evidence
from plugin.web.deps import deps
from plugin.web.evidence import view_link
from plugin.web.evidence.body import bound_rests

_INERT = "default-src 'none'; sandbox"
_SUFFIX = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/webm": "webm",
    "application/pdf": "pdf",
}
_REST_SECONDS = 60.0
"""A player that is paused stops reading: its thread goes back to work, and it asks for the rest when it plays on."""
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
_log = structlog.get_logger("aftercare.web")

blueprint = Blueprint("view", __name__)


@blueprint.get("/<evidence>/file")
def file(shop_key: str, evidence: str) -> Response:
    """The file or the part asked for (RFC 9110 §14). Raises `UnknownEvidence` for a link that is not of this minute."""
    at = deps()
    shop = known_shop(shop_key, at.directory)
    query = tuple(request.args.get(name, "") for name in ("viewer", "until", "signature"))
    asked = EvidenceId(evidence)
    viewer = view_link.check(at.secrets, shop.id, asked, (query[0], query[1], query[2]), at.clock.now())
    viewed = view_evidence(asked, merchant=shop.merchant, units=at.units, files=at.evidence.files)
    bound_rests(_REST_SECONDS)
    response = _whole_or_part(viewed)
    response.headers.update(_headers(viewed))
    _log.info("evidence_seen", merchant=shop.merchant, evidence=evidence, viewer=viewer, status=response.status_code)
    return response


def _headers(viewed: Viewed) -> dict[str, str]:
    kind = viewed.stored.media_type
    how = "inline" if kind.partition("/")[0] in {"image", "video"} else "attachment"
    return {
        "Content-Type": kind,
        "Content-Disposition": f'{how}; filename="evidence-{viewed.evidence.id}.{_SUFFIX[kind]}"',
        "Content-Security-Policy": _INERT,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Cache-Control": "private, no-store",
        "Accept-Ranges": "bytes",
        "X-Robots-Tag": "noindex",
    }


def _whole_or_part(viewed: Viewed) -> Response:
    size = viewed.stored.size
    asked = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if asked is None or not any(asked.groups()):
        return _sent(viewed, 0, size, HTTPStatus.OK)
    first, last = asked.groups()
    start = int(first) if first else max(0, size - int(last))
    stop = min(int(last) + 1, size) if first and last else size
    if start >= stop:
        headers = {"Content-Range": f"bytes */{size}"}
        return Response(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=headers)
    response = _sent(viewed, start, stop, HTTPStatus.PARTIAL_CONTENT)
    response.headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    return response


def _sent(viewed: Viewed, start: int, stop: int, status: HTTPStatus) -> Response:
    content = () if request.method == "HEAD" else viewed.content(start, stop - start)
    response = Response(content, status)
    response.headers["Content-Length"] = str(stop - start)
    return response
