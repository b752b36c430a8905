"""A Shopify shop read live (`plugin.ports.shop_source.ShopSource`)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Final

import msgspec
from requests import Session

from integrations.platforms.shopify.access import ShopAccess
from integrations.platforms.shopify.admin_api.client import Access, AdminClient, Line
from integrations.platforms.shopify.documents import API_VERSION, query
from integrations.platforms.shopify.fields import tail
from integrations.platforms.shopify.scopes import EVERYTHING_EVER
from integrations.platforms.shopify.sync import catalogue, changes
from integrations.platforms.shopify.sync.changes import Sizes
from plugin.domain.connection import Credentials
from plugin.domain.connection_faults import AccessTooNarrow, MalformedKeys, NotConnected, UnusableAddress
from plugin.domain.shop_domain import ShopDomain
from plugin.ports.shop_source import Batch, FoundShop, Listing, OrderAsItIs

_SHOP: Final = query("shop", "ShopInfo")
_LONGEST_NAME: Final = 200

AccessOf = Callable[[str, Credentials], Access]
"""The token that is good now, for a shop's address and the keys on record."""


class _Shop(msgspec.Struct, rename="camel"):
    name: str
    myshopify_domain: str


class _Scope(msgspec.Struct):
    handle: str


class _Installation(msgspec.Struct, rename="camel"):
    access_scopes: list[_Scope]


class _Info(msgspec.Struct, rename="camel"):
    shop: _Shop
    current_app_installation: _Installation


def stored_access(address: str, credentials: Credentials) -> ShopAccess:
    """The token on record, for a shop named by its domain or its origin; raises `UnusableAddress`, `MalformedKeys`."""
    shop = ShopDomain.parse(address) or ShopDomain.of_origin(address)
    if shop is None:
        raise UnusableAddress
    if not credentials.key:
        raise MalformedKeys
    return ShopAccess(shop, credentials.key)


def no_access(_address: str, _credentials: Credentials) -> Access:
    """Where the installation is no app at Shopify: raises `NotConnected`."""
    raise NotConnected


@dataclass(frozen=True, slots=True)
class _AtEachCall:
    """The token is asked for whenever it is used: a long reading outlives the hour that one is good for."""

    shop: ShopDomain
    of: Callable[[], Access]

    @property
    def token(self) -> str:
        return self.of().token


class ShopifySource:
    """Reads shops; `sessions` makes the session each reading uses for all it asks of its shop."""

    def __init__(
        self,
        sessions: Callable[[], Session],
        *,
        access_of: AccessOf = stored_access,
        line: Line | None = None,
        sizes: Sizes | None = None,
    ) -> None:
        self._sizes = sizes or Sizes()
        self._sessions = sessions
        self._access_of = access_of
        self._line = line or Line()

    def prove(self, address: str, credentials: Credentials) -> FoundShop:
        """The shop by its permanent name; `version` is that of the API."""
        with self.client(address, credentials) as client:
            info = client.ask(_SHOP).read(_Info)
        name = "".join(sign for sign in info.shop.name if sign.isprintable()).strip()
        found = info.shop.myshopify_domain
        return FoundShop(found, name[:_LONGEST_NAME] or found, API_VERSION, credentials)

    def reaches_all_orders(self, address: str, credentials: Credentials) -> bool:
        """Whether orders older than 60 days are shown to us; False: a warranty's order may lie beyond reach."""
        with self.client(address, credentials) as client:
            return _reaches_all(client)

    def changes(
        self,
        address: str,
        credentials: Credentials,
        *,
        since: datetime | None,
        catalogue_since: datetime | None,
        place: str | None = None,
    ) -> Iterator[Batch]:
        """Products, then orders; a first reading that was broken off goes on where it stood."""
        with self.client(address, credentials) as client:
            if catalogue_since is None:
                yield from catalogue.everything(client, place)
            elif place is None:
                yield from catalogue.changed(client, catalogue_since)
            yield from changes.orders(client, since, place, self._sizes)

    def order(self, address: str, credentials: Credentials, external_id: str) -> OrderAsItIs | None:
        """The order with everything in it; its record lists its refunds itself.

        Raises `AccessTooNarrow` for one that is not shown and may be older than we are let see.
        """
        with self.client(address, credentials) as client:
            record = changes.order(client, f"gid://shopify/Order/{external_id}")
            if record is None and not _reaches_all(client):
                raise AccessTooNarrow(EVERYTHING_EVER)
        return None if record is None else OrderAsItIs(record, None)

    def order_of_return(self, address: str, credentials: Credentials, external_id: str) -> OrderAsItIs | None:
        """The return's order, with everything in it."""
        with self.client(address, credentials) as client:
            record = changes.order_of_return(client, f"gid://shopify/Return/{external_id}")
        return None if record is None else OrderAsItIs(record, None)

    def listing(self, address: str, credentials: Credentials) -> Listing:
        """Every order shown to us, by id; a refund cannot be deleted there, so none is listed."""
        with self.client(address, credentials) as client:
            is_whole = _reaches_all(client)
            pages = [page for page, _ in changes.changed(client, None, self._sizes)]
            found = {tail(each.id): each.updated_at for page in pages for each in page}
        return Listing(found, None, is_whole=is_whole)

    def client(self, address: str, credentials: Credentials) -> AdminClient:
        """A way to ask a shop."""
        access = partial(self._access_of, address, credentials)
        return AdminClient(_AtEachCall(access().shop, access), self._sessions(), replace(self._line))


def _reaches_all(client: AdminClient) -> bool:
    scopes = client.ask(_SHOP).read(_Info).current_app_installation.access_scopes
    return EVERYTHING_EVER in {scope.handle for scope in scopes}
