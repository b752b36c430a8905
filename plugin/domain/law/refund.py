"""When the trader must pay back and the shopper send back (CRD arts 13-14 and their counterparts)."""

from datetime import date, timedelta

from plugin.domain.law.answers import Reason, RefundDeadline
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.counting import local_day
from plugin.domain.law.facts import RefundFacts
from plugin.domain.law.jurisdiction import RefundFrom, Unit, WeekendRule, WithdrawalLaw
from plugin.domain.law.rolling import Rolling, rolling_at
from plugin.domain.law.rulebook import Rulebook

__all__ = ["RefundFacts", "refund_deadline"]


def refund_deadline(facts: RefundFacts, rulebook: Rulebook, calendar: HolidayCalendar) -> RefundDeadline:
    """The merchant's nominal day, the legal latest day, and until when the goods must be sent off.

    The trader may withhold until goods are back or their sending is proved, unless he collects them. The statement is
    taken as sent on the day the trader got it. Raises `UnknownJurisdiction`.
    """
    law = rulebook.jurisdiction(facts.place.country, facts.place.subdivision).withdrawal
    rolling = rolling_at(facts.place, calendar)
    rolls = law.weekend_rule is WeekendRule.NEXT_WORKING_DAY
    released = _released_on(facts)
    start = _clock_start(facts, law, released)
    nominal = _nominal(start, law, rolling)
    rolled, skipped = _rolled(nominal, rolling, rolls=rolls)
    return RefundDeadline(
        nominal_day=nominal,
        rolled_day=rolled,
        withhold_released_on=released,
        latest=_latest(facts, law, nominal, released),
        return_sending_last_day=_rolled(_sending(facts, law), rolling, rolls=rolls)[0],
        reasons=(*_reasons(facts, law, start, nominal), *skipped),
        sources=law.block.sources("refund_days"),
        certainty=law.block.certainty("refund_days"),
    )


def _released_on(facts: RefundFacts) -> date | None:
    """The day withholding ends: goods back or proof of sending, whichever first."""
    instants = [at for at in (facts.goods_back_at, facts.proof_of_sending_at) if at is not None]
    return local_day(min(instants), facts.place.zone) if instants else None


def _clock_start(facts: RefundFacts, law: WithdrawalLaw, released: date | None) -> date | None:
    """The day the trader's clock starts; with collection by the trader never the return."""
    informed = None if facts.trader_informed_at is None else local_day(facts.trader_informed_at, facts.place.zone)
    if law.refund_from is RefundFrom.GOODS_BACK_OR_PROOF and not facts.trader_collects:
        return released
    if law.refund_from is RefundFrom.GOODS_BACK:
        return None if facts.goods_back_at is None else local_day(facts.goods_back_at, facts.place.zone)
    return informed


def _nominal(start: date | None, law: WithdrawalLaw, rolling: Rolling) -> date | None:
    if start is None or law.refund_days is None:
        return None
    if law.refund_unit is Unit.BUSINESS:
        return rolling.calendar.add_business_days(rolling.country, rolling.subdivision, start, law.refund_days)
    return start + timedelta(days=law.refund_days)


def _latest(facts: RefundFacts, law: WithdrawalLaw, nominal: date | None, released: date | None) -> date | None:
    """The later of the nominal day and the end of withholding; None while the trader may withhold."""
    if nominal is None or law.may_withhold_until is None or facts.trader_collects:
        return nominal
    return None if released is None else max(nominal, released)


def _sending(facts: RefundFacts, law: WithdrawalLaw) -> date | None:
    if facts.trader_informed_at is None or law.return_days is None:
        return None
    return local_day(facts.trader_informed_at, facts.place.zone) + timedelta(days=law.return_days)


def _rolled(day: date | None, rolling: Rolling, *, rolls: bool) -> tuple[date | None, tuple[Reason, ...]]:
    return rolling.roll(day) if day is not None and rolls else (day, ())


def _reasons(facts: RefundFacts, law: WithdrawalLaw, start: date | None, nominal: date | None) -> tuple[Reason, ...]:
    if start is None:
        return (Reason("refund_clock_not_started", detail=law.refund_from.value),)
    collects = (Reason("trader_collects"),) if facts.trader_collects else ()
    return (Reason("refund_clock_started", start, law.refund_from.value), *collects, Reason("refund_day", nominal))
