"""Reads one chunk off the wire: whole or not at all, and in bounded time, so that nobody holds a slot by dawdling."""

import time
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from flask import abort, request

from plugin.domain.evidence import CHUNK_BYTES

_PIECE_BYTES = 64 * 1024
_REST_SECONDS = 20.0
_MOST_SECONDS = 60.0


def chunk() -> bytes:
    """The request's body. Aborts: 411 without a length, 413 above a chunk's, 408 when it takes too long, 400 cut."""
    length = request.content_length
    if length is None:
        abort(HTTPStatus.LENGTH_REQUIRED)
    if length > CHUNK_BYTES:
        abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    sock = request.environ.get("gunicorn.socket")
    _rest(sock, _REST_SECONDS)
    try:
        return _read(length)
    except TimeoutError:
        abort(HTTPStatus.REQUEST_TIMEOUT)
    finally:
        _rest(sock, None)


def _read(length: int) -> bytes:
    deadline = time.monotonic() + _MOST_SECONDS
    content = bytearray()
    while len(content) < length:
        piece = request.stream.read(min(_PIECE_BYTES, length - len(content)))
        if not piece:
            abort(HTTPStatus.BAD_REQUEST)
        content += piece
        if time.monotonic() > deadline:
            raise TimeoutError
    return bytes(content)


def _rest(sock: Any, seconds: float | None) -> None:  # noqa: ANN401 - whatever the server calls its socket
    """How long the connection may rest; without the server's socket it waits as long as the server does."""
    if sock is not None:
        with suppress(OSError):
            sock.settimeout(seconds)
