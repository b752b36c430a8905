"""Promises as metafields, where a theme's Liquid reads them (`plugin.ports.published_promises`).

What holds for the shop stands on the app's own installation, which no other app and no merchant can change; what a
product has of its own, on the product under the app's reserved namespace. Sources: shopify.dev, "Metafield limits" (a
JSON value has 128 KB since 2026-04); `metafieldsSet` and `metafieldsDelete` (Admin API 2026-10): 25 at once, or none.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

import msgspec
from requests import Session

from integrations.platforms.shopify.actions.calls import gid
from integrations.platforms.shopify.admin_api.answers import Json, UserError
from integrations.platforms.shopify.admin_api.client import Access, AdminClient, Line, Refused
from integrations.platforms.shopify.documents import mutation, query
from plugin.domain.connection_faults import ShopUnreadable
from plugin.domain.published import Audience, Place
from plugin.domain.shop import Shop
from plugin.domain.shop_domain import ShopDomain
from plugin.ports.published_promises import GONE, Entry

APP_NAMESPACE: Final = "aftercare"
"""Of the installation's: Liquid reads `app.metafields.aftercare`."""
PRODUCT_NAMESPACE: Final = "$app"
"""Of products': Liquid reads `product.metafields['$app']`."""
_AUDIENCE: Final = query("promise_audience", "PromiseAudience")
_SET: Final = replace(mutation("metafields_set", "MetafieldsSet"), may_repeat=True)
_DELETE: Final = replace(mutation("metafields_delete", "MetafieldsDelete"), may_repeat=True)
_IN_LIST: Final = 2
"""A refusal's path names the list, then the place in it."""


class _Locale(msgspec.Struct):
    locale: str


class _Shop(msgspec.Struct, rename="camel"):
    ships_to_countries: list[str]


class _Installation(msgspec.Struct):
    id: str


class _Found(msgspec.Struct, rename="camel"):
    shop: _Shop
    shop_locales: list[_Locale]
    current_app_installation: _Installation


class _Anything(msgspec.Struct):
    pass


@dataclass(frozen=True, slots=True)
class _AtEachCall:
    """The token is asked for whenever it is used: a large shop takes longer than the hour that one is good for."""

    shop: ShopDomain
    of: Callable[[], Access]

    @property
    def token(self) -> str:
        return self.of().token


class ShopifyBoard:
    """One shop's metafields, by one client, which waits for the points that a call costs."""

    most = 25
    largest = 128 * 1000
    """Whether Shopify's KB has 1000 or 1024 bytes is not said."""

    def __init__(self, client: AdminClient) -> None:
        self._client = client
        self._found: _Found | None = None

    def audience(self) -> Audience:
        """Published languages, and the countries that are shipped to."""
        found = self._asked()
        languages = tuple(sorted(each.locale for each in found.shop_locales))
        return Audience(languages, tuple(sorted(found.shop.ships_to_countries)), found.current_app_installation.id)

    def write(self, entries: Sequence[Entry]) -> Mapping[Place, str]:
        """One that is refused keeps the others from being written: they are sent again without it."""
        refused: dict[Place, str] = {}
        left = list(entries)
        while left:
            fields = [self._name(each.place) | {"type": "json", "value": each.value.decode()} for each in left]
            try:
                self._client.change(_SET, {"fields": fields}, "metafieldsSet", _Anything)
            except Refused as refusal:
                reasons = {left[at].place: reason for at, reason in _told(refusal, len(left)).items()}
            else:
                break
            refused |= reasons
            left = [each for each in left if each.place not in reasons]
        return refused

    def remove(self, places: Sequence[Place]) -> None:
        """Those of a product that is gone went with it."""
        left = list(places)
        while left:
            try:
                fields = [self._name(each) for each in left]
                self._client.change(_DELETE, {"fields": fields}, "metafieldsDelete", _Anything)
            except Refused as refusal:
                gone = _told(refusal, len(left))
            else:
                return
            left = [each for at, each in enumerate(left) if at not in gone]

    def _name(self, place: Place) -> Json:
        if place.owner:
            return {"ownerId": gid("Product", place.owner), "namespace": PRODUCT_NAMESPACE, "key": place.key}
        installation = self._asked().current_app_installation.id
        return {"ownerId": installation, "namespace": APP_NAMESPACE, "key": place.key}

    def _asked(self) -> _Found:
        if self._found is None:
            self._found = self._client.ask(_AUDIENCE).read(_Found)
        return self._found


def _told(refusal: Refused, sent: int) -> Mapping[int, str]:
    """Which of those sent are refused and why; raises `ShopUnreadable` where that is not said of each."""
    places = [(_place(error), _reason(error)) for error in refusal.errors]
    told = {at: reason for at, reason in reversed(places) if at is not None and at < sent}
    if len(told) == 0 or any(at is None for at, _ in places):
        raise ShopUnreadable(f"HTTP 200, metafields refused: {refusal}"[:120]) from refusal
    return told


def _place(error: UserError) -> int | None:
    path = error.field or []
    return int(path[1]) if len(path) >= _IN_LIST and path[1].isascii() and path[1].isdecimal() else None


def _reason(error: UserError) -> str:
    return GONE if error.field and error.field[-1] == "ownerId" else error.code or error.message


@dataclass(frozen=True, slots=True)
class ShopifyBoards:
    """Opens a shop's board; `access` says the token that is good now."""

    sessions: Callable[[], Session]
    access: Callable[[Shop], Access]
    line: Line | None = None

    @contextmanager
    def __call__(self, shop: Shop) -> Iterator[ShopifyBoard]:
        """While a conversation lasts. Raises `ShopFault`."""
        domain = self.access(shop).shop
        at_each_call = _AtEachCall(domain, lambda: self.access(shop))
        with AdminClient(at_each_call, self.sessions(), self.line or Line()) as client:
            yield ShopifyBoard(client)
