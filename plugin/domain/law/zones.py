"""Which zone and holiday region a delivery address has: country, state code, postcode; what is unknown stays open.

Unknown never costs the shopper anything: `Place.other_zones` names every zone the address may lie in and the latest end
counts. Table: `zones.json` (IANA time zone database; ISO 3166-2 and the shop platforms' state codes).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from zoneinfo import ZoneInfo

from plugin.domain.law.facts import Place
from plugin.domain.law.record import Record
from plugin.domain.law.regions import all_regions, holiday_region

_WESTERNMOST = "Etc/GMT+12"
_LONGEST_PREFIX = 5


@dataclass(frozen=True, slots=True)
class ZoneTable:
    """Zones by country and state, states by postcode prefix ("" for a country's main part without a region of its own).

    `territories` have an ISO 3166-1 code of their own and another country's law.
    """

    countries: Mapping[str, tuple[str, ...]]
    states: Mapping[str, Mapping[str, tuple[str, ...]]]
    postcodes: Mapping[str, Mapping[str, str]]
    territories: Mapping[str, tuple[str, str | None]]


@lru_cache(maxsize=65536)
def delivery_place(country: str, state: str | None = None, postcode: str | None = None) -> Place:
    """The place of a delivery address as the law engines ask for it.

    `country` is ISO 3166-1 (a French or US territory's own code leads to that state's law), `state` a code with or
    without the country before it. A state or postcode that is not understood counts as unknown.
    """
    table = zone_table()
    law_country, territory = table.territories.get(country.upper(), (country.upper(), None))
    subdivision = territory or _state(law_country, state, table) or _by_postcode(law_country, postcode, table)
    zones = _zones(law_country, subdivision, table)
    return Place(
        country=law_country,
        zone=ZoneInfo(zones[0]),
        subdivision=f"{law_country}-{subdivision}" if subdivision else None,
        is_region_certain=subdivision is not None or not all_regions(law_country),
        other_zones=tuple(ZoneInfo(name) for name in zones[1:]),
    )


@lru_cache(maxsize=1)
def zone_table() -> ZoneTable:
    """The table shipped with this version of the package, read once."""
    raw = Record(json.loads(files("plugin.domain.law").joinpath("zones.json").read_bytes()), "zones.json")
    states, postcodes = raw.inner("states"), raw.inner("postcodes")
    return ZoneTable(
        countries=_lists(raw.inner("countries"), raw.mapping("countries")),
        states=MappingProxyType({c: _lists(states.inner(c), states.mapping(c)) for c in raw.mapping("states")}),
        postcodes=MappingProxyType(
            {c: _texts(postcodes.inner(c), postcodes.mapping(c)) for c in raw.mapping("postcodes")}
        ),
        territories=MappingProxyType(_territories(raw)),
    )


def _state(country: str, state: str | None, table: ZoneTable) -> str | None:
    """The state code without country, if the zone table or the holiday calendar knows it."""
    if not state:
        return None
    code = state.strip().upper().removeprefix(f"{country}-")
    is_known = code in table.states.get(country, {}) or holiday_region(country, f"{country}-{code}") is not None
    return code if is_known else None


def _by_postcode(country: str, postcode: str | None, table: ZoneTable) -> str | None:
    prefixes = table.postcodes.get(country)
    if not prefixes or not postcode:
        return None
    digits = "".join(character for character in postcode if character.isdigit())
    lengths = range(min(len(digits), _LONGEST_PREFIX), 1, -1)
    return next((prefixes[digits[:length]] for length in lengths if digits[:length] in prefixes), None)


def _zones(country: str, subdivision: str | None, table: ZoneTable) -> tuple[str, ...]:
    """The zones the address may lie in, the likeliest first; for a country nobody knows, the last to end its day."""
    everywhere = table.countries.get(country, ("UTC", _WESTERNMOST))
    if subdivision is None:
        return everywhere
    return table.states.get(country, {}).get(subdivision, everywhere[:1] if country in table.postcodes else everywhere)


def _lists(record: Record, names: Mapping[str, object]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({name: record.texts(name) for name in names})


def _texts(record: Record, names: Mapping[str, object]) -> Mapping[str, str]:
    return MappingProxyType({name: record.text(name) for name in names})


def _territories(raw: Record) -> dict[str, tuple[str, str | None]]:
    listed = raw.inner("territories")
    return {
        name: (listed.inner(name).text("country"), listed.inner(name).maybe_text("state"))
        for name in raw.mapping("territories")
    }
