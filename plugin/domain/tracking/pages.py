"""What a carrier is called, and where it shows a parcel itself."""

from functools import cache
from importlib.resources import files
from urllib.parse import quote

import msgspec

from plugin.domain.tracking.carriers import name_of_carrier
from plugin.domain.tracking.told import ToldNumber

_WEB = ("https://", "http://")


class _File(msgspec.Struct, frozen=True):
    origin: str
    pages: dict[str, str]


@cache
def _pages() -> dict[str, str]:
    text = files("plugin.domain.tracking.data").joinpath("pages.json").read_bytes()
    return msgspec.json.decode(text, type=_File).pages


def told_number(number: str, carrier: str | None, said: str | None = None, url: str | None = None) -> ToldNumber:
    """A number with its carrier's name and page; `said` and `url` are the shop's own, where we know neither."""
    known = name_of_carrier(carrier) if carrier else None
    return ToldNumber(number, carrier, known or said, _page(number, carrier, url))


def _page(number: str, carrier: str | None, url: str | None) -> str | None:
    """The carrier's page rather than one that somebody typed; only ever http(s)."""
    page = _pages().get(carrier or "")
    if page is not None:
        return page.replace("{number}", quote(number, safe=""))
    return url if url is not None and url.startswith(_WEB) else None
