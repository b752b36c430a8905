"""What a carrier is called, and where it shows a parcel itself."""

from functools import cache
from importlib.resources import files
from urllib.parse import quote

import msgspec

from plugin.domain.decoding import decoder
from plugin.domain.tracking.carriers import name_of_carrier
from plugin.domain.tracking.told import ToldNumber

_WEB = ("https://", "http://")


class _File(msgspec.Struct, frozen=True):
    origin: str
    pages: dict[str, str]


@cache
def _pages() -> dict[str, str]:
    text = files("plugin.domain.tracking.data").joinpath("pages.json").read_bytes()
    return decoder(_File).decode(text).pages


def told_number(number: str, carrier: str | None, said: str | None = None, url: str | None = None) -> ToldNumber:
    """A number with its carrier's name and page; `said` and `url` are the shop's own, where we know neither.

    The carrier's page goes before one that somebody typed, and that is only ever http(s).
    """
    known = name_of_carrier(carrier) if carrier else None
    page = _pages().get(carrier or "")
    if page is not None:
        return ToldNumber(number, carrier, known or said, page.replace("{number}", quote(number, safe="")))
    typed = url if url is not None and url.startswith(_WEB) else None
    return ToldNumber(number, carrier, known or said, typed, is_typed=typed is not None)
