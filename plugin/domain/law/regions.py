"""Which holiday region a delivery address belongs to, in the names the `holidays` library uses."""

from functools import lru_cache

import holidays

# Provinces and departments whose holidays are those of a larger region, by ISO 3166-2 code without the country.
_ES_COMMUNITY = {
    "AN": ("AL", "CA", "CO", "GR", "H", "J", "MA", "SE"),
    "AR": ("HU", "TE", "Z"),
    "AS": ("O",),
    "CB": ("S",),
    "CL": ("AV", "BU", "LE", "P", "SA", "SG", "SO", "VA", "ZA"),
    "CM": ("AB", "CR", "CU", "GU", "TO"),
    "CN": ("GC", "TF"),
    "CT": ("B", "GI", "L", "T"),
    "EX": ("BA", "CC"),
    "GA": ("C", "LU", "OR", "PO"),
    "IB": ("PM",),
    "MC": ("MU",),
    "MD": ("M",),
    "NC": ("NA",),
    "PV": ("BI", "SS", "VI"),
    "RI": ("LO",),
    "VC": ("A", "CS", "V"),
}
_PART_OF: dict[str, dict[str, str]] = {
    "ES": {province: community for community, provinces in _ES_COMMUNITY.items() for province in provinces},
    "FR": {"67": "6AE", "68": "6AE", "A": "6AE", "GP": "971", "MQ": "972", "GF": "973", "RE": "974", "YT": "976"},
}
# School holiday zones and single towns: no delivery address names them.
_NOT_ADDRESSES = frozenset({"Zone A", "Zone B", "Zone C", "Midden", "Noord", "Zuid", "Augsburg", "Stadt Zurich"})


def holiday_country(jurisdiction: str) -> str:
    """The ISO 3166-1 country of a jurisdiction code (`CA-QC` -> `CA`)."""
    return jurisdiction.partition("-")[0]


@lru_cache(maxsize=4096)
def holiday_region(country: str, subdivision: str | None) -> str | None:
    """The region whose holidays count at an ISO 3166-2 subdivision (`DE-BY`, `FR-67`, `ES-B`); None: only national.

    A subdivision without holidays of its own (`FR-75`) has the national ones.
    """
    if subdivision is None:
        return None
    prefix, _, rest = subdivision.partition("-")
    code = rest if prefix == country else subdivision
    code = _PART_OF.get(country, {}).get(code, code)
    return code if code in all_regions(country) else None


@lru_cache(maxsize=256)
def has_calendar(country: str) -> bool:
    """Whether the holidays of an ISO 3166-1 country are known."""
    return country in holidays.list_supported_countries(include_aliases=False)


@lru_cache(maxsize=256)
def all_regions(country: str) -> tuple[str, ...]:
    """Every region of a country with holidays of its own; empty where the country has one calendar."""
    supported = holidays.list_supported_countries(include_aliases=False)
    return tuple(region for region in supported.get(country, []) if region not in _NOT_ADDRESSES)
