"""Laws about the law: what must hold for every country, day and place."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.counting import add_months, end_of_day, local_day
from plugin.domain.law.facts import GoodsCondition, GuaranteeFacts, Informed, OrderType, Place, WithdrawalFacts
from plugin.domain.law.guarantee import legal_guarantee
from plugin.domain.law.regions import all_regions
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.law.withdrawal import withdrawal_window
from plugin.domain.law.zones import delivery_place, zone_table

RULEBOOK = load_rulebook()
CALENDAR = HolidayCalendar()
CODES = sorted(RULEBOOK.jurisdictions)
EU = [code for code in CODES if RULEBOOK.jurisdiction(code).region == "EU"]
WITH_RIGHT = [code for code in CODES if RULEBOOK.jurisdiction(code).withdrawal.exists and code != "CA-QC"]
REGIONAL = ["DE", "ES", "FR", "PT", "GB", "AT", "FI"]
KNOWN_ADDRESSES = [
    (country, state) for country, states in zone_table().states.items() if country in WITH_RIGHT for state in states
] + [(country, region) for country in REGIONAL for region in all_regions(country)]
"""Zones and regions we can tell apart, in countries with a right that ends."""

# The first question about a country and year builds its holidays, which takes longer than hypothesis' deadline allows:
# hence deadline=None where regions are asked for.
instants = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001  # made aware by the strategy
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))


def place_in(code: str) -> Place:
    return Place(code, ZoneInfo(RULEBOOK.jurisdiction(code).timezones[0]))


def ends(facts: WithdrawalFacts) -> datetime:
    found = withdrawal_window(facts, RULEBOOK, CALENDAR).expires_at
    assert found is not None
    return found


@given(st.sampled_from(WITH_RIGHT), instants, st.timedeltas(timedelta(0), timedelta(days=60)))
def test_a_later_delivery_never_ends_earlier(code: str, at: datetime, later: timedelta) -> None:
    first = WithdrawalFacts(place_in(code), deliveries=(at,))
    second = WithdrawalFacts(place_in(code), deliveries=(at + later,))
    assert ends(second) >= ends(first)


@given(st.sampled_from(WITH_RIGHT), instants, st.timedeltas(timedelta(0), timedelta(days=60)))
def test_another_parcel_never_ends_earlier(code: str, at: datetime, later: timedelta) -> None:
    one = WithdrawalFacts(place_in(code), deliveries=(at,))
    both = WithdrawalFacts(place_in(code), OrderType.MULTIPLE_GOODS, deliveries=(at + later, at))
    assert ends(both) >= ends(one)


@given(st.sampled_from(WITH_RIGHT), instants, st.timedeltas(timedelta(0), timedelta(days=800)))
def test_missing_information_never_ends_earlier_and_late_information_never_later(
    code: str, at: datetime, later: timedelta
) -> None:
    place = place_in(code)
    told = ends(WithdrawalFacts(place, deliveries=(at,), informed=Informed.BEFORE_CONTRACT))
    late = ends(WithdrawalFacts(place, deliveries=(at,), informed=Informed.LATE, informed_at=at + later))
    never = ends(WithdrawalFacts(place, deliveries=(at,), informed=Informed.NEVER))
    assert told <= late
    assert told <= never
    assert late <= never + timedelta(days=7)  # EU: in time near the 12 months' end, holidays may fall differently


@given(st.sampled_from(WITH_RIGHT), instants)
def test_the_exclusive_instant_is_local_midnight_after_the_last_day(code: str, at: datetime) -> None:
    place = place_in(code)
    found = withdrawal_window(WithdrawalFacts(place, deliveries=(at,)), RULEBOOK, CALENDAR)
    assert found.last_day is not None
    assert found.expires_at is not None
    assert found.expires_at == datetime.combine(found.last_day + timedelta(days=1), time(0), place.zone).astimezone(UTC)
    assert local_day(found.expires_at - timedelta(microseconds=1), place.zone) == found.last_day
    assert found.accept_until is not None
    assert found.accept_until >= found.expires_at


@given(st.sampled_from(EU), instants)
def test_no_withdrawal_period_in_the_union_is_shorter_than_14_days_or_ends_on_a_day_off(
    code: str, at: datetime
) -> None:
    place = place_in(code)
    found = withdrawal_window(WithdrawalFacts(place, deliveries=(at,)), RULEBOOK, CALENDAR)
    assert found.last_day is not None
    assert found.last_day - local_day(at, place.zone) >= timedelta(days=14)
    assert CALENDAR.is_working_day(code, None, found.last_day)


@settings(deadline=None)
@given(st.sampled_from(REGIONAL), days, st.data())
def test_a_regional_end_is_never_before_the_national_one_nor_after_the_unknown(
    country: str, day: date, data: st.DataObject
) -> None:
    region = data.draw(st.sampled_from(all_regions(country)))
    national = CALENDAR.roll(country, None, day)[0]
    regional = CALENDAR.roll(country, f"{country}-{region}", day)[0]
    assert day <= national <= regional <= CALENDAR.roll_to_latest_region(country, day)


@settings(deadline=None)
@given(st.sampled_from(KNOWN_ADDRESSES), instants)
def test_an_address_we_do_not_understand_never_ends_earlier_than_one_we_do(
    where: tuple[str, str], at: datetime
) -> None:
    country, state = where
    known, unknown = delivery_place(country, state), delivery_place(country)
    assert ends(WithdrawalFacts(unknown, deliveries=(at,))) >= ends(WithdrawalFacts(known, deliveries=(at,)))


@given(st.sampled_from(CODES), instants, st.integers(0, 6), st.booleans())
def test_repairs_and_new_goods_never_shorten_a_guarantee(code: str, at: datetime, repairs: int, used: bool) -> None:  # noqa: FBT001  # drawn
    condition = GoodsCondition.USED if used else GoodsCondition.NEW
    place, done = place_in(code), tuple(at.date() + timedelta(days=30 * count) for count in range(repairs))
    plain = legal_guarantee(GuaranteeFacts(place, at, condition=condition), RULEBOOK, CALENDAR)
    mended = legal_guarantee(
        GuaranteeFacts(place, at, condition=condition, repairs_completed_on=done), RULEBOOK, CALENDAR
    )
    new = legal_guarantee(GuaranteeFacts(place, at), RULEBOOK, CALENDAR)
    if plain.last_day is not None:
        assert mended.last_day is not None
        assert new.last_day is not None
        assert plain.last_day <= min(mended.last_day, new.last_day)
        assert plain.last_day_rolled is not None
        assert plain.last_day <= plain.last_day_rolled


@given(days, st.integers(0, 120), st.integers(0, 120))
def test_adding_months_keeps_the_day_or_takes_the_last_of_the_month(day: date, months: int, more: int) -> None:
    found = add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found + timedelta(days=1)).day == 1
    assert found.day <= day.day
    assert add_months(day, months + more) >= found


@given(days, st.sampled_from(["Africa/Cairo", "America/Santiago", "Atlantic/Azores", "Asia/Beirut", "America/Havana"]))
def test_a_day_ends_when_the_next_begins_even_where_clocks_change_at_midnight(day: date, name: str) -> None:
    zone = ZoneInfo(name)
    end = end_of_day(day, zone)
    assert local_day(end, zone) == day + timedelta(days=1)
    assert end > end_of_day(day - timedelta(days=1), zone)
