"""Single fields of Shopify's records, decided one by one: ids, instants, texts, countries, languages, links."""

import re
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

from plugin.domain.order import OrderRef, Platform
from plugin.domain.times import Moment, Source, utc
from plugin.ports.errors import Unreadable

_GID = re.compile(r"\Agid://shopify/(\w+)/([1-9][0-9]{0,19})(?:\?.*)?\Z", re.ASCII | re.DOTALL)
_COUNTRY = re.compile(r"\A[A-Z]{2}\Z", re.ASCII)
_LANGUAGE = re.compile(r"\A[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\Z", re.ASCII)
_NOWHERE = "ZZ"
_YEARS = range(1990, 2200)
_LINK_LENGTH = 2000


class Identified(Protocol):
    """A REST record with its number and, nearly always, its global id."""

    @property
    def id(self) -> int:
        """The number."""

    @property
    def admin_graphql_api_id(self) -> str | None:
        """The global id."""


def key(thing: Identified) -> str:
    """A REST record's id, from its global id: numbers beyond 2**53 come out rounded once JavaScript had the body."""
    gid = thing.admin_graphql_api_id
    return str(thing.id) if gid is None else tail(gid, "admin_graphql_api_id")


def tail(gid: str, field: str = "id") -> str:
    """The decimal id inside a global id; raises `Unreadable`."""
    return _parts(gid, field)[1]


def kind(gid: str, field: str = "id") -> str:
    """The type inside a global id: `Order`, `Refund` ...; raises `Unreadable`."""
    return _parts(gid, field)[0]


def is_gid(text: object) -> bool:
    """Whether this is one of Shopify's global ids."""
    return isinstance(text, str) and _GID.match(text) is not None


def order_ref(external_id: str) -> OrderRef:
    """The order with this decimal id."""
    return OrderRef(Platform.SHOPIFY, external_id)


def at(value: datetime, field: str) -> datetime:
    """The instant in UTC; raises `Unreadable` for one that no order of ours can have."""
    try:
        instant = utc(value)
    except OverflowError as error:
        raise Unreadable("absurd_date", field) from error
    if instant.year not in _YEARS:
        raise Unreadable("absurd_date", field)
    return instant


def moment(value: datetime, field: str, source: Source = Source.PLATFORM) -> Moment:
    """The instant with the one who reports it."""
    return Moment(at(value, field), source)


def moment_if(value: datetime | None, field: str, source: Source = Source.PLATFORM) -> Moment | None:
    """The same for an instant that may be missing."""
    return None if value is None else moment(value, field, source)


def text(value: str | None) -> str | None:
    """The text without blanks around it; None for nothing."""
    return (value.strip() or None) if value else None


def country(code: str | None) -> str | None:
    """The ISO 3166-1 code, or None for a name, `ZZ` (CountryCode: unknown region) or nothing."""
    code = (code or "").strip().upper()
    return code if _COUNTRY.match(code) and code != _NOWHERE else None


def language(locale: str | None) -> str | None:
    """The language tag (`de`, `pt-BR`), or None when it is not one."""
    tag = (locale or "").strip().replace("_", "-")
    return tag if _LANGUAGE.match(tag) else None


def link(url: str | None) -> str | None:
    """The address, when it is plain http(s): a tracking link is typed in, and `javascript:` runs."""
    url = text(url)
    if url is None or len(url) > _LINK_LENGTH or not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
        is_plain = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return None
    return url if is_plain else None


def _parts(gid: str, field: str) -> tuple[str, str]:
    found = _GID.match(gid)
    if found is None:
        raise Unreadable("malformed", field)
    return found.group(1), found.group(2)
