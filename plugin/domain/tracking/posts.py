"""The posts' common numbers (S10): two letters for the service, eight digits and a check digit, the issuing country.

Source: UPU standard S10-12, "Identification of postal items: 13-character identifier". A number names the post that
issued it, which need not be the one that hands the parcel over.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from plugin.domain.decoding import decoder
from plugin.domain.tracking import check_digits

_S10: Final = re.compile(r"([A-Z]{2})([0-9]{8})([0-9])([A-Z]{2})")
_SERVICES: Final = {
    "E": "ems",
    "C": "parcel",
    "H": "e-commerce parcel",
    "L": "express letter",
    "M": "m-bag",
    "Q": "business reply",
    "R": "registered letter",
    "U": "letter",
    "V": "insured letter",
}
"""By the first letter (S10-12, table 1); the others are for what posts agree among each other."""
_BILATERAL: Final = frozenset("ABDGNPZ")


@dataclass(frozen=True, slots=True)
class Post:
    """The designated operator of a country. `also`: carriers of its group whose parcels bear its numbers."""

    carrier: str
    name: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PostalItem:
    """What an S10 number says of itself. `country`: the issuing post's. `service` None: as two posts agreed."""

    country: str
    post: Post
    service: str | None


class _File(msgspec.Struct, frozen=True):
    origin: str
    posts: dict[str, Post]


@cache
def posts() -> dict[str, Post]:
    """The issuing posts by country code, ISO 3166-1."""
    text = files("plugin.domain.tracking.data").joinpath("posts.json").read_bytes()
    return decoder(_File).decode(text).posts


def postal_item(number: str) -> PostalItem | None:
    """What an S10 number says; None: it is none, its check digit is wrong, or no post has that country code."""
    found = _S10.fullmatch(number)
    if found is None:
        return None
    service, serial, digit, country = found.groups()
    post = posts().get(country)
    if post is None or digit != check_digits.s10(serial) or service[0] not in {*_SERVICES, *_BILATERAL}:
        return None
    return PostalItem(country, post, _SERVICES.get(service[0]))
