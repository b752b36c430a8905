"""The tus protocol 1.0.0, as far as we speak it: core, creation, expiration, termination (https://tus.io/protocols).

Chunks of at most 1 MiB and, but for the last, at least 64 KiB: clients set their chunk size.
"""

from base64 import b64decode
from datetime import timedelta
from http import HTTPStatus
from wsgiref.handlers import format_date_time

from flask import Response, abort, request

from plugin.domain.evidence import CHUNK_BYTES, Evidence, EvidenceState, Limits
from plugin.web.storefront.prepared import OPEN_TO_ALL

VERSION = "1.0.0"
CHUNK_TYPE = "application/offset+octet-stream"
_EXPOSED = (
    "Location, Upload-Offset, Upload-Length, Upload-Expires, Tus-Resumable, Tus-Version, Tus-Extension, Tus-Max-Size, "
    "Retry-After"
)
_HEADERS = {
    "Tus-Resumable": VERSION,
    "Cache-Control": "no-store",
    "Access-Control-Expose-Headers": _EXPOSED,
} | OPEN_TO_ALL
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PATCH, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": (
        "Authorization, Accept-Language, Content-Type, Tus-Resumable, Upload-Length, Upload-Metadata, Upload-Offset"
    ),
    "Access-Control-Max-Age": "86400",
}


def refuse_other_versions() -> Response | None:
    """Whoever speaks another version is told ours; who names none is taken for speaking it."""
    asked = request.headers.get("Tus-Resumable", VERSION)
    if asked == VERSION or request.method == "OPTIONS":
        return None
    return Response(status=HTTPStatus.PRECONDITION_FAILED, headers={"Tus-Version": VERSION})


def told(response: Response) -> Response:
    """Every answer names the version and is open to the store's page; no credential but the token is looked at."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def abilities(limits: Limits) -> Response:
    """What we speak, for clients and for browsers that ask first."""
    said = {"Tus-Version": VERSION, "Tus-Extension": "creation,expiration,termination"}
    size = {"Tus-Max-Size": str(limits.file_bytes), "Aftercare-Chunk-Size": str(CHUNK_BYTES)}
    return Response(status=HTTPStatus.NO_CONTENT, headers=said | size | _PREFLIGHT)


def progress(evidence: Evidence, idle: timedelta) -> dict[str, str]:
    """How much is here, and until when the rest is waited for."""
    headers = {"Upload-Offset": str(evidence.received), "Upload-Length": str(evidence.size)}
    if evidence.state is EvidenceState.UPLOADING:
        headers["Upload-Expires"] = format_date_time((evidence.touched_at + idle).timestamp())
    return headers


def number(name: str) -> int:
    """A header that must be a whole number."""
    text = request.headers.get(name, "")
    if not text.isdecimal() or len(text) > 15:  # noqa: PLR2004 - a thousand terabytes
        abort(HTTPStatus.BAD_REQUEST)
    return int(text)


def metadata() -> dict[str, str]:
    """`Upload-Metadata`: names with base64 values, separated by commas."""
    pairs = (pair.split() for pair in request.headers.get("Upload-Metadata", "").split(","))
    try:
        return {pair[0]: b64decode(pair[1] if len(pair) > 1 else "", validate=True).decode() for pair in pairs if pair}
    except ValueError:
        abort(HTTPStatus.BAD_REQUEST)
