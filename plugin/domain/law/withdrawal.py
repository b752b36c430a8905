"""How long a shopper may withdraw from the contract without giving a reason (CRD arts 9-11 and its counterparts)."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from plugin.domain.law.answers import Certainty, ClockState, LegalWindow, Reason
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.counting import add_days, add_months, end_of_day
from plugin.domain.law.facts import Informed, OrderType, Place, WithdrawalFacts
from plugin.domain.law.jurisdiction import Unit, WeekendRule, WithdrawalLaw
from plugin.domain.law.not_informed import Period, extended
from plugin.domain.law.rolling import Rolling, rolling_at, rolling_to_latest
from plugin.domain.law.rulebook import Rulebook
from plugin.domain.law.start_event import Event, start_event
from plugin.domain.law.statutory_right import has_right

__all__ = ["Informed", "OrderType", "Place", "WithdrawalFacts", "withdrawal_window"]

MERCHANT_POLICY_ONLY = "merchant_policy_only"
_PERIOD_FIELDS = ("starts", "days", "unit", "day_of_event_counted")


def withdrawal_window(facts: WithdrawalFacts, rulebook: Rulebook, calendar: HolidayCalendar) -> LegalWindow:
    """The statutory withdrawal period of one order line; its `sources` and `reasons` say why.

    The right can be used before the period starts. Raises `UnknownJurisdiction`.
    """
    law = rulebook.jurisdiction(facts.place.country, facts.place.subdivision).withdrawal
    if not has_right(facts, law):
        return _no_right(law)
    rolling = rolling_at(facts.place, calendar)
    periods = _periods(facts, law, facts.place.zone, rolling)
    if periods is None:
        return _not_started(law)
    shown = _window(facts, law, periods, rolling)
    return (
        shown if facts.place.is_certain else _until_latest(shown, facts, law, rolling_to_latest(facts.place, calendar))
    )


def _until_latest(shown: LegalWindow, facts: WithdrawalFacts, law: WithdrawalLaw, rolling: Rolling) -> LegalWindow:
    """The window as shown, open until the last instant any possible place gives."""
    expires_at, accept_until, last_day = shown.expires_at, shown.accept_until, shown.last_day
    for zone in facts.place.zones:
        periods = _periods(facts, law, zone, rolling)
        if periods is None or expires_at is None or accept_until is None:
            continue
        accept_until = max(accept_until, _accept_until(law, periods.actual, zone, rolling))
        if (end := end_of_day(periods.actual.last, zone)) > expires_at:
            expires_at, last_day = end, periods.actual.last
    if expires_at == shown.expires_at:
        return replace(shown, accept_until=accept_until)
    reason = Reason("place_unknown_latest_accepted", last_day)
    return replace(shown, expires_at=expires_at, accept_until=accept_until, reasons=(*shown.reasons, reason))


@dataclass(frozen=True, slots=True)
class _Periods:
    """The period had the shopper been informed in time, and the one that runs (the same where nothing extends it)."""

    initial: Period
    actual: Period


def _periods(facts: WithdrawalFacts, law: WithdrawalLaw, zone: ZoneInfo, rolling: Rolling) -> _Periods | None:
    """The periods by the local days of one zone; None while the event that starts them has not happened."""
    event = start_event(facts, law, zone)
    if event is None:
        return None
    rolls = rolling if law.weekend_rule is WeekendRule.NEXT_WORKING_DAY else None
    initial = _initial(facts, law, event, rolling, rolls)
    return _Periods(initial, extended(initial, facts, law, zone, rolls))


def _window(facts: WithdrawalFacts, law: WithdrawalLaw, periods: _Periods, rolling: Rolling) -> LegalWindow:
    period, zone = periods.actual, facts.place.zone
    meets_day_off = rolling.last_day(period.last) != period.nominal
    fields = _fields(facts, law, is_extended=period is not periods.initial, meets_day_off=meets_day_off)
    return LegalWindow(
        state=ClockState.RUNNING,
        event_day=period.event_day,
        nominal_last_day=period.nominal,
        last_day=period.last,
        expires_at=end_of_day(period.last, zone),
        reasons=period.reasons,
        sources=law.block.sources(*fields),
        certainty=law.block.certainty(*fields),
        accept_until=_accept_until(law, period, zone, rolling),
        initial_last_day=periods.initial.last,
        last_day_if_initial_not_rolled=period.other_reading,
    )


def _accept_until(law: WithdrawalLaw, period: Period, zone: ZoneInfo, rolling: Rolling) -> datetime:
    """The end, or where "no roll" is only an unverified default the end of the next working day."""
    is_doubtful = law.weekend_rule is WeekendRule.NONE and law.block.certainty("weekend_rule") is Certainty.UNVERIFIED
    return end_of_day(rolling.last_day(period.last) if is_doubtful else period.last, zone)


def _initial(
    facts: WithdrawalFacts, law: WithdrawalLaw, event: Event, rolling: Rolling, rolls: Rolling | None
) -> Period:
    """The period had the shopper been informed in time."""
    event_day, reasons = event
    days = law.days or 0
    if law.days_without_copy is not None and facts.document_received_at is None:
        days = law.days_without_copy
    if law.protected_groups and facts.group in law.protected_groups.groups and facts.had_conversation:
        nominal = add_months(event_day, law.protected_groups.months)
        counted = Reason("protected_group_months", nominal, str(law.protected_groups.months))
    elif law.unit is Unit.BUSINESS:
        nominal = rolling.calendar.add_business_days(rolling.country, rolling.subdivision, event_day, days)
        counted = Reason("business_days_counted", nominal, str(days))
    else:
        nominal = add_days(event_day, days, event_counted=law.day_of_event_counted)
        code = "day_of_event_counted" if law.day_of_event_counted else "day_of_event_not_counted"
        counted = Reason(code, nominal, str(days))
    if rolls is None:
        return Period(event_day, nominal, nominal, (*reasons, counted))
    last, skipped = rolls.roll(nominal)
    return Period(event_day, nominal, last, (*reasons, counted, *skipped))


def _fields(facts: WithdrawalFacts, law: WithdrawalLaw, *, is_extended: bool, meets_day_off: bool) -> tuple[str, ...]:
    """The rulebook fields the answer rests on; the weekend rule only where the end meets a day off."""
    fields: tuple[str, ...] = _PERIOD_FIELDS
    if law.protected_groups and facts.group in law.protected_groups.groups and facts.had_conversation:
        fields = ("starts", "protected_groups")
    if is_extended:
        fields = (*fields, "not_informed_extension")
    return (*fields, "weekend_rule") if meets_day_off else fields


def _not_started(law: WithdrawalLaw) -> LegalWindow:
    return LegalWindow(
        state=ClockState.NOT_STARTED,
        event_day=None,
        nominal_last_day=None,
        last_day=None,
        expires_at=None,
        reasons=(Reason("not_started"),),
        sources=law.block.sources("starts"),
        certainty=law.block.certainty("starts"),
    )


def _no_right(law: WithdrawalLaw) -> LegalWindow:
    return LegalWindow(
        state=ClockState.NO_STATUTORY_RIGHT,
        event_day=None,
        nominal_last_day=None,
        last_day=None,
        expires_at=None,
        reasons=(Reason("no_statutory_right", detail=law.condition),),
        sources=law.block.sources("exists"),
        certainty=law.block.certainty("exists"),
        display=MERCHANT_POLICY_ONLY,
    )
