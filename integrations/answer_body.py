"""The body of a shop's answer, within bounds: a shop may be slow, hostile, or somebody else's by now."""

import time
from typing import Final

from requests import Response

from integrations.guarded_http import pieces
from plugin.domain.connection_faults import ShopUnavailable, ShopUnreadable

LARGEST: Final = 32 * 1024 * 1024
"""Bytes, unpacked; a hundred orders are about half a megabyte (WooCommerce 10.5)."""
SLOWEST: Final = 120.0
"""Seconds an answer may take in all: a byte now and then is no answer."""


def whole_body(response: Response) -> bytes:
    """The whole body, unpacked; raises `ShopUnreadable` when there is no end to it, `ShopUnavailable` when it drips."""
    began, body = time.monotonic(), bytearray()
    for chunk in pieces(response):
        body += chunk
        if len(body) > LARGEST:
            raise ShopUnreadable("too large")
        if time.monotonic() - began > SLOWEST:
            raise ShopUnavailable("too slow")
    return bytes(body)
