"""Where the shop at a typed address has its REST API; keys are shown to nobody here.

WordPress answers with its index at `/wp-json/`, or below `/index.php` where the web server rewrites nothing; with
"plain" permalinks at `?rest_route=/` alone, where WooCommerce takes no keys (measured on 10.5).
"""

from datetime import UTC, datetime
from typing import Final
from urllib.parse import urljoin

import msgspec

from integrations.platforms.woocommerce.address import shop_address
from integrations.platforms.woocommerce.answers import Answer, decoded, readable
from integrations.platforms.woocommerce.reader import ShopReader
from plugin.domain.connection_faults import NotWooCommerce, PlainPermalinks, ShopFault, ShopMoved, UnusableAddress

_INDEX: Final = "/wp-json/"
_UNREWRITTEN: Final = "/index.php"
_API: Final = "wc/v3"
_HOPS: Final = 3
_REDIRECTS: Final = range(300, 400)
_FIELDS: Final = {"_fields": "name,namespaces"}


class Index(msgspec.Struct):
    """WordPress's own description, for anybody."""

    name: str = ""
    namespaces: list[str] = []


def discovered(address: str, reader: ShopReader, *, allows_http: bool) -> tuple[str, Index]:
    """The address the API is below, and what the index there says. Raises `ShopFault` and nothing else."""
    try:
        return _at(address, reader, allows_http=allows_http)
    except NotWooCommerce as error:
        if address.endswith(_UNREWRITTEN):
            raise
        return _unrewritten(address, reader, error, allows_http=allows_http)


def _unrewritten(address: str, reader: ShopReader, error: NotWooCommerce, *, allows_http: bool) -> tuple[str, Index]:
    """The same below `index.php`; else what went wrong at the address itself, or that permalinks are plain."""
    try:
        return _at(address + _UNREWRITTEN, reader, allows_http=allows_http)
    except ShopFault:
        if _is_plain(address, reader):
            raise PlainPermalinks from error
        raise error from None


def _is_plain(address: str, reader: ShopReader) -> bool:
    try:
        _read(reader.get_openly(f"{address}/", {"rest_route": "/", **_FIELDS}))
    except ShopFault:
        return False
    return True


def _at(address: str, reader: ShopReader, *, allows_http: bool) -> tuple[str, Index]:
    """Where the index is, redirects (to www, to https) followed, and what it says."""
    for _ in range(_HOPS):
        answer = reader.get_openly(address + _INDEX, _FIELDS)
        if answer.status not in _REDIRECTS:
            return address, _read(answer)
        address = _redirected(address, answer, allows_http=allows_http)
    raise ShopMoved(address)


def _read(answer: Answer) -> Index:
    index = decoded(readable(answer, datetime.now(UTC)), Index)
    if _API not in index.namespaces:
        raise NotWooCommerce(f"no {_API}")
    return index


def _redirected(address: str, answer: Answer, *, allows_http: bool) -> str:
    """The address whose index a redirect leads to; a page for logging in, or any other, is no shop."""
    location = answer.headers.get("location", "")
    try:
        before, found, _ = urljoin(address + _INDEX, location).partition(_INDEX.rstrip("/"))
        if location and found:
            return shop_address(before, allows_http=allows_http)
    except (ValueError, UnusableAddress) as error:
        raise NotWooCommerce(f"HTTP {answer.status}") from error
    raise NotWooCommerce(f"HTTP {answer.status}")
