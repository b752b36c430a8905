"""What is known of returned goods at the border, by customs territory, each fact with its source."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from plugin.domain.decoding import decoder


@dataclass(frozen=True, slots=True)
class CustomsFact:
    """A relief or refund there is. `years` after export or import it can be claimed; None: no such limit is stated."""

    years: int | None
    citation: str
    url: str
    how: str
    """What was read, and what it says."""
    verified: Literal["secondary"] | bool


@dataclass(frozen=True, slots=True)
class Territory:
    """A customs territory by the ISO 3166-1 codes in it; None: nothing is known, which is not that there is nothing."""

    countries: frozenset[str]
    relief: CustomsFact | None
    """From duty, for goods that come back to it."""
    refund: CustomsFact | None
    """Of duty paid at import, for goods that are sent back out of it."""


class _Record(msgspec.Struct, frozen=True):
    as_of: str
    territories: dict[str, Territory]


@cache
def territories() -> dict[str, Territory]:
    """All we know something of, by name."""
    text = files("plugin.domain.returning").joinpath("customs.json").read_bytes()
    return decoder(_Record).decode(text).territories


def territory_of(country: str) -> Territory | None:
    """The territory a country is in; None: nothing is known of it."""
    return next((each for each in territories().values() if country in each.countries), None)


def crosses_a_border(sent_from: str | None, to: str) -> bool:
    """Whether a parcel between these countries is declared to customs; False while it is not known where it is from.

    Within one territory it is not: the Union's is one (Regulation (EU) No 952/2013 art. 4), Liechtenstein is in the
    Swiss one (customs treaty of 29 March 1923).
    """
    if sent_from is None or sent_from == to:
        return False
    here = territory_of(sent_from)
    return here is None or to not in here.countries
