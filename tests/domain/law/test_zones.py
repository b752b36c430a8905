"""Which zone and region an address has, and that not knowing never costs the shopper anything."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.law.counting import end_of_day, local_day
from plugin.domain.law.regions import all_regions, holiday_region
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.law.zones import delivery_place, zone_table

TABLE = zone_table()
STATES = [(country, state) for country, states in TABLE.states.items() for state in states]


@pytest.mark.parametrize(
    ("country", "state", "postcode", "zone", "subdivision"),
    [
        ("DE", "DE-BY", None, "Europe/Berlin", "DE-BY"),
        ("DE", "by", None, "Europe/Berlin", "DE-BY"),
        ("US", "CA", None, "America/Los_Angeles", "US-CA"),
        ("US", "HI", None, "Pacific/Honolulu", "US-HI"),
        ("ES", "GC", None, "Atlantic/Canary", "ES-GC"),
        ("ES", None, "38001", "Atlantic/Canary", "ES-TF"),
        ("ES", None, "35 001", "Atlantic/Canary", "ES-GC"),
        ("ES", None, "08001", "Europe/Madrid", "ES-B"),
        ("PT", None, "9700-001", "Atlantic/Azores", "PT-20"),
        ("PT", None, "9000-001", "Europe/Lisbon", "PT-30"),
        ("PT", None, "1000-001", "Europe/Lisbon", None),
        ("FR", None, "97110", "America/Guadeloupe", "FR-971"),
        ("FR", None, "97400", "Indian/Reunion", "FR-974"),
        ("FR", None, "67000", "Europe/Paris", "FR-67"),
        ("FR", None, "75001", "Europe/Paris", "FR-75"),
        ("GP", None, None, "America/Guadeloupe", "FR-971"),
        ("AX", None, None, "Europe/Helsinki", "FI-01"),
        ("NO", "46", None, "Europe/Oslo", "NO-46"),
    ],
)
def test_state_or_postcode_lead_to_zone_and_region(
    country: str, state: str | None, postcode: str | None, zone: str, subdivision: str | None
) -> None:
    place = delivery_place(country, state, postcode)
    assert end_of_day(datetime(2026, 7, 1, tzinfo=UTC).date(), place.zone) == end_of_day(
        datetime(2026, 7, 1, tzinfo=UTC).date(), ZoneInfo(zone)
    )
    assert place.subdivision == subdivision
    assert place.is_certain


@pytest.mark.parametrize(
    ("country", "state"), [("US", None), ("US", "??"), ("AU", "Nowhere"), ("DE", None), ("FR", None), ("RU", "")]
)
def test_what_is_not_understood_stays_open(country: str, state: str | None) -> None:
    place = delivery_place(country, state)
    assert place.subdivision is None
    assert not place.is_certain


def test_a_country_with_one_zone_and_one_calendar_is_certain() -> None:
    assert delivery_place("JP").is_certain
    assert delivery_place("DK").is_certain


def test_a_country_nobody_knows_ends_its_days_last_of_all() -> None:
    assert ZoneInfo("Etc/GMT+12") in delivery_place("QQ").zones


def test_every_jurisdiction_has_zones_that_exist() -> None:
    for code in load_rulebook().jurisdictions:
        assert code.partition("-")[0] in TABLE.countries
    for zones in TABLE.countries.values():
        assert all(ZoneInfo(name) for name in zones)


def test_every_subdivision_the_tables_name_is_a_holiday_region_or_none() -> None:
    for country, states in TABLE.states.items():
        for state in states:
            region = holiday_region(country, f"{country}-{state}")
            assert region is None or region in all_regions(country)


instants = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001  # made aware by the strategy


@given(st.sampled_from(STATES), instants)
def test_an_unknown_state_never_ends_its_day_before_a_known_one(where: tuple[str, str], at: datetime) -> None:
    country, state = where
    known, unknown = delivery_place(country, state), delivery_place(country)
    latest_known = max(end_of_day(local_day(at, zone), zone) for zone in known.zones)
    assert max(end_of_day(local_day(at, zone), zone) for zone in unknown.zones) >= latest_known
