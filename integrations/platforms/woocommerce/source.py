"""A WooCommerce shop read live, with pasted keys (`plugin.ports.shop_source.ShopSource`)."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from html import unescape
from typing import Final
from urllib.parse import urljoin, urlsplit

import msgspec
from requests import Session

from integrations.platforms.woocommerce import changes
from integrations.platforms.woocommerce.address import shop_address
from integrations.platforms.woocommerce.answers import Answer, decoded, readable
from integrations.platforms.woocommerce.reader import ShopReader, Sleep
from plugin.domain.connection import Credentials
from plugin.domain.connection_faults import MalformedKeys, NotWooCommerce, ShopFault, ShopMoved, UnusableAddress
from plugin.ports.shop_source import Batch, FoundShop

_INDEX: Final = "/wp-json/"
_API: Final = "wc/v3"
_HOPS: Final = 3
_REDIRECTS: Final = range(300, 400)
_LONGEST_NAME: Final = 200
_KEY: Final = re.compile(r"ck_[A-Za-z0-9]{20,64}")
_SECRET: Final = re.compile(r"cs_[A-Za-z0-9]{20,64}")


class _Index(msgspec.Struct):
    """WordPress's own description, for anybody."""

    name: str = ""
    namespaces: list[str] = []


class _Environment(msgspec.Struct):
    version: str = ""


class _Status(msgspec.Struct):
    environment: _Environment


class WooCommerceSource:
    """Reads shops; `sessions` makes the session each reading uses for all it asks of its shop."""

    def __init__(self, sessions: Callable[[], Session], *, allows_http: bool, sleep: Sleep = time.sleep) -> None:
        self._sessions = sessions
        self._allows_http = allows_http
        self._sleep = sleep

    def prove(self, address: str, credentials: Credentials) -> FoundShop:
        """Find the shop without showing the keys to anybody, then try them on its orders."""
        keys = _keys(credentials)
        typed = shop_address(address, allows_http=self._allows_http)
        with self._reader(typed, keys) as reader:
            found, index = self._discovered(typed, reader)
        with self._reader(found, keys) as reader:
            reader.get("orders", {"per_page": "1"})
            version = _version(reader)
            working = Credentials(keys.key, keys.secret, reader.way)
        return FoundShop(found, _name(index.name, found), version, working)

    def changes(
        self, address: str, credentials: Credentials, *, since: datetime | None, catalogue_since: datetime | None
    ) -> Iterator[Batch]:
        """Products that changed, then orders with their refunds; one connection at a time."""
        with self._reader(shop_address(address, allows_http=self._allows_http), credentials) as reader:
            yield from changes.catalogue(reader, catalogue_since)
            yield from changes.orders(reader, since)

    def _reader(self, address: str, credentials: Credentials) -> ShopReader:
        return ShopReader(address, credentials, self._sessions(), self._sleep)

    def _discovered(self, address: str, reader: ShopReader) -> tuple[str, _Index]:
        """Where WordPress's index is, redirects (to www, to https) followed, and what it says."""
        for _ in range(_HOPS):
            answer = reader.get_openly(address + _INDEX, {"_fields": "name,namespaces"})
            if answer.status not in _REDIRECTS:
                return address, _index(answer)
            address = self._redirected(address, answer)
        raise ShopMoved(address)

    def _redirected(self, address: str, answer: Answer) -> str:
        """The address whose index a redirect leads to; a page for logging in, or any other, is no shop."""
        location = answer.headers.get("location", "")
        try:
            before, found, _ = urljoin(address + _INDEX, location).partition(_INDEX.rstrip("/"))
            if location and found:
                return shop_address(before, allows_http=self._allows_http)
        except (ValueError, UnusableAddress) as error:
            raise NotWooCommerce(f"HTTP {answer.status}") from error
        raise NotWooCommerce(f"HTTP {answer.status}")


def _keys(credentials: Credentials) -> Credentials:
    """Both keys as pasted, without the blanks around them; `MalformedKeys` when one is cut off or they are swapped."""
    key, secret = credentials.key.strip(), credentials.secret.strip()
    if not _KEY.fullmatch(key) or not _SECRET.fullmatch(secret):
        raise MalformedKeys
    return Credentials(key, secret, credentials.way)


def _index(answer: Answer) -> _Index:
    index = decoded(readable(answer, datetime.now(UTC)), _Index)
    if _API not in index.namespaces:
        raise NotWooCommerce(f"no {_API}")
    return index


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
