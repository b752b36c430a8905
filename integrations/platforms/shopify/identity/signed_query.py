"""Raw query strings that carry a signature and the time it was made."""

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import parse_qsl

_MOST: Final = 100
_MOST_DIGITS: Final = 12
_FRESH: Final = timedelta(seconds=90)
"""Either way, as Shopify's own libraries for JavaScript (15.0.0) and Python (shopifyapp 1.0.2) have it."""
_AS_BYTES: Final = "surrogateescape"


def pairs(query: str) -> list[tuple[str, str]] | None:
    """Names and values, decoded once, in order; None for what is no query string (RFC 3986). No byte is mended."""
    if not query.isascii():
        return None
    try:
        return parse_qsl(query, keep_blank_values=True, errors=_AS_BYTES, max_num_fields=_MOST)
    except ValueError:
        return None


def single_values(query: str) -> dict[str, str] | None:
    """By name, if each was given once and is text."""
    found = pairs(query)
    if found is None or len(named := dict(found)) != len(found):
        return None
    return named if all(_is_text(each) for pair in found for each in pair) else None


def is_fresh(parameters: Mapping[str, str], now: datetime) -> bool:
    """Whether `timestamp`, in seconds since 1970, is within 90 seconds of now."""
    text = parameters.get("timestamp", "")
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
        return False
    return abs(now.timestamp() - int(text)) <= _FRESH.total_seconds()


def is_same(given: str, expected: str) -> bool:
    """Whether two signatures are equal, in constant time."""
    return hmac.compare_digest(given.encode(errors=_AS_BYTES), expected.encode())


def hex_digest(message: str, secret: str) -> str:
    """HMAC-SHA256 over the message as it came, byte for byte."""
    return hmac.digest(secret.encode(), message.encode(errors=_AS_BYTES), "sha256").hex()


def _is_text(value: str) -> bool:
    return all(not "\ud800" <= character <= "\udfff" for character in value)
