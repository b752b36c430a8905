from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plugin.demo.calendar import offset, shifted

WEEK = timedelta(days=7)


def test_instants_days_and_unix_times_move_together() -> None:
    record = b'{"a":"2026-11-14T09:30:00","b":"2026-11-14T09:30:00+01:00","c":"2026-11-14","date_shipped":"1794996098"}'
    moved = b'{"a":"2026-11-21T09:30:00","b":"2026-11-21T09:30:00+01:00","c":"2026-11-21","date_shipped":"1795600898"}'
    assert shifted(record, WEEK) == moved


def test_numbers_names_and_texts_stay() -> None:
    record = b'{"id":20261114,"number":"1794996098","note":"Since 2026-11-14, thanks","sku":"2026-11-14-A"}'
    assert shifted(record, WEEK) == record


@given(st.datetimes(datetime(2020, 1, 1), datetime(2050, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis adds the zone
def test_the_day_of_recording_becomes_the_day_of_loading(now: datetime) -> None:
    moved = shifted(b'"2026-11-21T10:00:00Z"', offset(now))
    assert moved == f'"{now.date().isoformat()}T10:00:00Z"'.encode()
