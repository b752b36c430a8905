"""The body of an answer, within bounds: who answers may be slow, hostile, or somebody else by now."""

import time
from typing import Final

from requests import Response

from integrations.guarded_http import pieces
from plugin.domain.connection_faults import ShopUnavailable, ShopUnreadable

LARGEST: Final = 32 * 1024 * 1024
"""Bytes, unpacked; a hundred orders are about half a megabyte (WooCommerce 10.5)."""
SLOWEST: Final = 120.0
"""Seconds an answer may take in all: a byte now and then is no answer."""


class NoEnd(Exception):
    """There is more of it than anybody needs."""


class Drips(Exception):
    """It comes too slowly to be waited for."""


def whole_body(response: Response) -> bytes:
    """A shop's; raises `ShopUnreadable` when there is no end to it, `ShopUnavailable` when it drips."""
    try:
        return body_within(response, LARGEST, SLOWEST)
    except NoEnd as error:
        raise ShopUnreadable("too large") from error
    except Drips as error:
        raise ShopUnavailable("too slow") from error


def body_within(response: Response, most: int, seconds: float) -> bytes:
    """The whole body, unpacked; raises `NoEnd` beyond so many bytes, `Drips` after so long."""
    began, body = time.monotonic(), bytearray()
    for piece in pieces(response):
        body += piece
        if len(body) > most:
            raise NoEnd
        if time.monotonic() - began > seconds:
            raise Drips
    return bytes(body)
