"""WooCommerce's page for handing out keys, `wc-auth` (`plugin.ports.key_exchange.KeyExchange`; measured on 10.5).

The shop posts the keys to us and then sends the merchant back. Its message is unsigned and does not say which shop it
is from. A name passes through `wp_redirect` and may lose characters there: letters, digits, `-` and `_` stay.
"""

import re
from typing import Final
from urllib.parse import urlencode

import msgspec

from integrations.platforms.woocommerce.faults import unreadable
from integrations.platforms.woocommerce.source import WooCommerceSource
from plugin.domain.connection import Credentials
from plugin.domain.decoding import decoder
from plugin.ports.errors import Unreadable
from plugin.ports.key_exchange import KeyErrand, SentKeys

_PAGE: Final = "/wc-auth/v1/authorize"
_APP: Final = "Aftercare"
_SCOPE: Final = "read_write"
"""Reading would do for orders; webhooks are made by writing."""
_NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,200}")


class _Sent(msgspec.Struct):
    user_id: str
    consumer_key: str
    consumer_secret: str


class WooCommerceExchange:
    """Hands out keys; `source` finds the shops."""

    def __init__(self, source: WooCommerceSource) -> None:
        self._source = source

    def find(self, address: str) -> str:
        """The canonical address of the shop at the address somebody typed."""
        return self._source.find(address)

    def page(self, address: str, errand: KeyErrand) -> str:
        """All five parameters are required; the callback has to be https."""
        asked = {
            "app_name": _APP,
            "scope": _SCOPE,
            "user_id": errand.name,
            "return_url": errand.return_to,
            "callback_url": errand.callback,
        }
        return f"{address}{_PAGE}?{urlencode(asked)}"

    def sent(self, body: bytes) -> SentKeys:
        """The name and the keys; what else it says (`key_id`, `key_permissions`) is found out at the shop."""
        try:
            found = decoder(_Sent).decode(body)
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            raise unreadable(error) from error
        if not _NAME.fullmatch(found.user_id):
            raise Unreadable("wrong_type", "user_id")
        return SentKeys(found.user_id, Credentials(found.consumer_key, found.consumer_secret))
