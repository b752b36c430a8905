"""Reads one chunk off the wire: whole or not at all, and in bounded time, so that nobody holds a slot by dawdling."""

import time
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from flask import abort, request

from plugin.domain.evidence import CHUNK_BYTES

_PIECE_BYTES = 64 * 1024
_REST_SECONDS = 10.0
_MOST_SECONDS = 60.0


def chunk() -> bytes:
    """The request's body. Aborts: 411 without a length, 413 above a chunk's, 408 too slow, 400 cut off or stalled."""
    length = request.content_length
    if length is None:
        abort(HTTPStatus.LENGTH_REQUIRED)
    if length > CHUNK_BYTES:
        abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    bound_rests(_REST_SECONDS)
    try:
        return _read(length)
    finally:
        bound_rests(None)


def _read(length: int) -> bytes:
    deadline = time.monotonic() + _MOST_SECONDS
    content = bytearray()
    while len(content) < length:
        piece = request.stream.read(min(_PIECE_BYTES, length - len(content)))
        if not piece:
            abort(HTTPStatus.BAD_REQUEST)
        content += piece
        if time.monotonic() > deadline:
            abort(HTTPStatus.REQUEST_TIMEOUT)
    return bytes(content)


def bound_rests(seconds: float | None) -> None:
    """How long the connection of this request may rest before it is cut; gunicorn forgets it with the next request.

    Without gunicorn's socket it rests as long as the server lets it.
    """
    sock: Any = request.environ.get("gunicorn.socket")
    if sock is not None:
        with suppress(OSError):
            sock.settimeout(seconds)
