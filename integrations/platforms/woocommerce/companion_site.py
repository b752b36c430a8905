"""What the companion plugin of a shop asks, as its own REST route says (`wordpress/aftercare/src/Asking.php`).

Whoever can answer below the shop's address is the shop: that is what connecting it has proved, or is about to prove.
"""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

import msgspec

from integrations.platforms.woocommerce.answers import decoded, readable
from integrations.platforms.woocommerce.source import WooCommerceSource
from plugin.domain.companion import PluginAsking, is_challenge
from plugin.domain.connection import Credentials
from plugin.domain.connection_faults import PluginNotAsking, ShopUnreadable

_ROUTE: Final = "/wp-json/aftercare/v1/asking/"
_NO_KEYS: Final = Credentials("", "")
_LONGEST: Final = 2048


class _Asking(msgspec.Struct):
    app: str
    return_to: str
    challenge: str


class WooCommerceCompanionSite:
    """Looks (`plugin.ports.companion_site.CompanionSite`); `source` reaches the shops."""

    def __init__(self, source: WooCommerceSource) -> None:
        self._source = source

    def asking(self, address: str, name: str) -> PluginAsking:
        """What is asked; the owner is led back to a page of the same host only."""
        reader = self._source.reader(address, _NO_KEYS)
        answer = reader.get_openly(f"{address}{_ROUTE}{name}", {})
        if answer.status == HTTPStatus.NOT_FOUND:
            raise PluginNotAsking(f"HTTP {answer.status}")
        told = decoded(readable(answer, datetime.now(UTC)), _Asking)
        if not is_challenge(told.challenge) or not _is_page_of(told.return_to, address):
            raise ShopUnreadable("no question of a plugin")
        return PluginAsking(told.app, told.return_to, told.challenge)


def _is_page_of(page: str, address: str) -> bool:
    try:
        parts, shop = urlsplit(page), urlsplit(address)
        is_same = (parts.hostname, parts.port) == (shop.hostname, shop.port)
    except ValueError:  # brackets or a port that are none
        return False
    return is_same and parts.scheme in {"http", "https"} and len(page) <= _LONGEST and page.isprintable()
