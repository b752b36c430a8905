"""The business calendar of a market, from what its policy says of support.

Hours and zone are those of the market's support. Holidays are those of the country the market's trader is in, where
the people are who answer; without a trader those of the market's only country, else of the shop's home.
A shop that states no hours works Monday to Friday around the clock, less holidays: no opening hours are made up for
it, and a target of 24 hours is one working day.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.regions import has_calendar
from plugin.domain.law.zones import delivery_place
from plugin.domain.policy.identity import OpenHours, Support
from plugin.domain.policy.version import MarketPolicy, PolicyVersion
from plugin.domain.service_clock.calendar import BusinessCalendar, Minutes
from plugin.domain.service_clock.targets import Aim, Target, targets_of

_MIDNIGHT = 24 * 60
_WEEK = 7
ROUND_THE_CLOCK: tuple[tuple[Minutes, ...], ...] = (*(((0, _MIDNIGHT),),) * 5, (), ())
"""Monday to Friday."""
_UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Service:
    """What a market's answers are measured by."""

    calendar: BusinessCalendar
    targets: Mapping[Aim, Target]


def service_for(policy: PolicyVersion | None, country: str | None, holidays: HolidayCalendar) -> Service:
    """The calendar and the targets of the market that serves an ISO 3166-1 country."""
    market = policy.for_country(country) if policy is not None else None
    support = policy.support_of(market) if policy is not None and market is not None else None
    return Service(calendar_for(policy, market, holidays), targets_of(support))


def calendar_for(
    policy: PolicyVersion | None, market: MarketPolicy | None, holidays: HolidayCalendar
) -> BusinessCalendar:
    """The calendar claims from that market are answered by."""
    if policy is None or market is None:
        return BusinessCalendar(_UTC, ROUND_THE_CLOCK, None, holidays)
    support = policy.support_of(market)
    country = _country(policy, market)
    week = week_of(support.hours if support else ())
    kept = country if country is not None and has_calendar(country) else None
    return BusinessCalendar(_zone(support, country), week, kept, holidays)


def week_of(hours: Iterable[OpenHours]) -> tuple[tuple[Minutes, ...], ...]:
    """The hours of each weekday, Monday first, overlaps joined; hours until past midnight go on the next day."""
    spans = sorted(_spans(hours))
    week = tuple(tuple(_joined(minutes for day, *minutes in spans if day == weekday)) for weekday in range(_WEEK))
    return week if any(week) else ROUND_THE_CLOCK


def _spans(hours: Iterable[OpenHours]) -> Iterator[tuple[int, int, int]]:
    for each in hours:
        for day in each.weekdays:
            if each.opens < each.closes:
                yield day, each.opens, each.closes
            elif each.closes < each.opens:  # 22:00 to 2:00
                yield from ((day, each.opens, _MIDNIGHT), ((day + 1) % _WEEK, 0, each.closes))


def _joined(spans: Iterable[Iterable[int]]) -> list[Minutes]:
    joined: list[Minutes] = []
    for opens, closes in spans:
        if joined and opens <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], closes)
        elif opens < closes:
            joined.append((opens, closes))
    return joined


def _country(policy: PolicyVersion, market: MarketPolicy) -> str | None:
    trader = policy.trader_of(market)
    if trader is not None:
        return trader.address.country
    only = next(iter(market.countries)) if len(market.countries) == 1 else None
    return only or policy.home_country


def _zone(support: Support | None, country: str | None) -> ZoneInfo:
    """The zone support is in; where that is no zone anybody knows, the country's, since no claim waits for a typo."""
    try:
        return ZoneInfo(support.zone) if support is not None else _zone_of(country)
    except (ZoneInfoNotFoundError, ValueError):
        return _zone_of(country)


def _zone_of(country: str | None) -> ZoneInfo:
    return delivery_place(country).zone if country else _UTC
