"""A WooCommerce shop read live, with pasted keys (`plugin.ports.shop_source.ShopSource`)."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from html import unescape
from typing import Final
from urllib.parse import urlsplit

import msgspec
from requests import Session

from integrations.platforms.woocommerce import changes
from integrations.platforms.woocommerce.address import shop_address
from integrations.platforms.woocommerce.answers import NoRecord, decoded
from integrations.platforms.woocommerce.beside import fulfillments_of, refunds_of
from integrations.platforms.woocommerce.catalogue import catalogue
from integrations.platforms.woocommerce.finding import Index, discovered
from integrations.platforms.woocommerce.first_orders import Unsorted, first_orders
from integrations.platforms.woocommerce.listed import order_of
from integrations.platforms.woocommerce.listing import listing
from integrations.platforms.woocommerce.reader import ShopReader, Sleep
from plugin.domain.connection import Credentials
from plugin.domain.connection_faults import MalformedKeys, ShopFault
from plugin.ports.shop_source import Batch, FoundShop, Listing, OrderAsItIs

_NO_KEYS: Final = Credentials("", "")
_LONGEST_NAME: Final = 200
_KEY: Final = re.compile(r"ck_[A-Za-z0-9]{20,64}")
_SECRET: Final = re.compile(r"cs_[A-Za-z0-9]{20,64}")


class _Environment(msgspec.Struct):
    version: str = ""


class _Status(msgspec.Struct):
    environment: _Environment


class WooCommerceSource:
    """Reads shops; `sessions` has the one session of each, by its address."""

    def __init__(self, sessions: Callable[[str], Session], *, allows_http: bool, sleep: Sleep = time.sleep) -> None:
        self._sessions = sessions
        self._allows_http = allows_http
        self._sleep = sleep

    def prove(self, address: str, credentials: Credentials) -> FoundShop:
        """Find the shop without showing the keys to anybody, then try them on its orders."""
        keys = _keys(credentials)
        found, index = self._found(address)
        reader = self._reader(found, keys)
        reader.get("orders", {"per_page": "1"})
        version = _version(reader)
        working = Credentials(keys.key, keys.secret, reader.way)
        return FoundShop(found, _name(index.name, found), version, working)

    def find(self, address: str) -> str:
        """The canonical address of the shop somebody typed; no keys are needed for that."""
        return self._found(address)[0]

    def changes(
        self,
        address: str,
        credentials: Credentials,
        *,
        since: datetime | None,
        catalogue_since: datetime | None,
        place: str | None = None,
    ) -> Iterator[Batch]:
        """Products that changed, then orders with their refunds; two connections for the first reading, one later."""
        reader = self.reader(address, credentials)
        yield from catalogue(reader, catalogue_since)
        if since is None:
            yield from _first(reader, place)
        else:
            yield from changes.orders(reader, since)

    def reader(self, address: str, credentials: Credentials) -> ShopReader:
        """A way to ask a shop whose address was found."""
        return self._reader(shop_address(address, allows_http=self._allows_http), credentials)

    def order(self, address: str, credentials: Credentials, external_id: str) -> OrderAsItIs | None:
        """The order by its id, and its refunds as they are listed below it."""
        reader = self.reader(address, credentials)
        try:
            record = reader.get(f"orders/{external_id}").body
            more = tuple(fulfillments_of(reader, [order_of(record)]))
            return OrderAsItIs(record, refunds_of(reader, external_id), more)
        except NoRecord:
            return None

    def order_of_return(self, address: str, credentials: Credentials, external_id: str) -> OrderAsItIs | None:
        """WooCommerce keeps no returns."""

    def listing(self, address: str, credentials: Credentials) -> Listing:
        """Every order and refund by id; one connection."""
        return listing(self.reader(address, credentials))

    def _found(self, address: str) -> tuple[str, Index]:
        typed = shop_address(address, allows_http=self._allows_http)
        return discovered(typed, self._reader(typed, _NO_KEYS), allows_http=self._allows_http)

    def _reader(self, address: str, credentials: Credentials) -> ShopReader:
        return ShopReader(address, credentials, self._sessions(address), self._sleep)


def _first(reader: ShopReader, place: str | None) -> Iterator[Batch]:
    """Every order there is, then what has changed meanwhile."""
    try:
        changed = yield from first_orders(reader, place)
    except Unsorted:
        yield from changes.orders(reader, None)
        return
    if changed is not None:
        yield from changes.orders(reader, changed)


def _keys(credentials: Credentials) -> Credentials:
    """Both keys as pasted, without the blanks around them; `MalformedKeys` when one is cut off or they are swapped."""
    key, secret = credentials.key.strip(), credentials.secret.strip()
    if not _KEY.fullmatch(key) or not _SECRET.fullmatch(secret):
        raise MalformedKeys
    return Credentials(key, secret, credentials.way)


def _version(reader: ShopReader) -> str:
    """WooCommerce's version; "" where the shop does not show its system status to these keys."""
    try:
        answer = reader.get("system_status", {"_fields": "environment"})
        return decoded(answer, _Status).environment.version
    except ShopFault:
        return ""


def _name(title: str, address: str) -> str:
    """The shop's title as text (WordPress stores it escaped), or its host where it has none."""
    printable = "".join(sign for sign in unescape(title) if sign.isprintable()).strip()
    return printable[:_LONGEST_NAME] or str(urlsplit(address).hostname)
