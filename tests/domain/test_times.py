from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.times import NotAnInstant, instant, local_noon, utc

ZONES = [ZoneInfo(name) for name in ("Europe/Berlin", "Pacific/Apia", "America/Sao_Paulo", "Asia/Kathmandu", "Etc/UTC")]

offsets = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1970, 1, 2), datetime(9000, 1, 1), timezones=offsets)  # noqa: DTZ001 - hypothesis wants naive bounds
days = st.dates(date(1990, 1, 1), date(2099, 12, 31))


@given(moments)
def test_an_instant_is_the_same_in_utc_whatever_offset_it_was_written_with(moment: datetime) -> None:
    read = instant(moment.isoformat())
    assert read == moment == utc(moment)
    assert read.tzinfo is UTC


@given(moments, offsets)
def test_two_ways_to_write_an_instant_are_read_as_one(moment: datetime, offset: timezone) -> None:
    assert instant(moment.isoformat()) == instant(moment.astimezone(offset).isoformat())


@given(st.datetimes())
def test_a_time_without_offset_is_no_instant(local: datetime) -> None:
    with pytest.raises(NotAnInstant):
        utc(local)
    with pytest.raises(NotAnInstant):
        instant(local.isoformat())


@given(st.text(max_size=60))
def test_any_text_is_an_instant_in_utc_or_refused_as_none(text: str) -> None:
    try:
        assert instant(text).tzinfo is UTC
    except NotAnInstant as error:
        assert len(str(error.facts["value"])) <= 40  # noqa: PT017 - both outcomes are right


@pytest.mark.parametrize(
    "text", ["", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-02-30T00:00:00Z", "2026-11-21T12:00"]
)
def test_what_lies_beyond_the_calendar_or_names_no_offset_is_refused(text: str) -> None:
    with pytest.raises(NotAnInstant):
        instant(text)


@given(days, st.sampled_from(ZONES))
def test_noon_of_a_local_day_lies_within_that_day(day: date, zone: ZoneInfo) -> None:
    noon = local_noon(day, zone)
    assert noon.tzinfo is UTC
    assert noon.astimezone(zone).date() == day or (zone.key == "Pacific/Apia" and day == date(2011, 12, 30))


def test_the_two_half_past_twos_of_an_autumn_night_are_an_hour_apart() -> None:
    first, second = instant("2026-10-25T02:30:00+02:00"), instant("2026-10-25T02:30:00+01:00")
    assert second - first == timedelta(hours=1)
