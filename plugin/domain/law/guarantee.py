"""How long the seller is liable for goods that do not conform (Dir. 2019/771 arts 10-11 and its counterparts)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from plugin.domain.law.answers import ClockState, LegalGuarantee, Reason
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.counting import add_months, end_of_day, local_day
from plugin.domain.law.facts import GoodsCondition, GuaranteeFacts
from plugin.domain.law.jurisdiction import GuaranteeKind, GuaranteeLaw
from plugin.domain.law.liability_period import (
    base_months,
    extension_reason,
    presumption_months,
    repair_extension_months,
)
from plugin.domain.law.rolling import rolling_at, rolling_to_latest
from plugin.domain.law.rulebook import Rulebook

__all__ = ["GoodsCondition", "GuaranteeFacts", "legal_guarantee"]

_REFUSED_BY_DATE = frozenset({GuaranteeKind.FIXED, GuaranteeKind.COMPLAINT_PERIOD})


@dataclass(frozen=True, slots=True)
class _End:
    """Where the liability ends: in months or days from its start, nominal and rolled; all None without a period."""

    total_months: int | None
    last_day: date | None
    rolled: date | None
    expires_at: datetime | None
    reasons: tuple[Reason, ...]


def legal_guarantee(facts: GuaranteeFacts, rulebook: Rulebook, calendar: HolidayCalendar) -> LegalGuarantee:
    """The legal guarantee of one order line, counted once from delivery, with the end of the presumption.

    Months include extensions for repairs. Without a fixed period there is no end date and nothing may be refused by
    date. Raises `UnknownJurisdiction`.
    """
    law = rulebook.jurisdiction(facts.place.country, facts.place.subdivision).guarantee
    started_at = _started_at(facts, law)
    day = None if started_at is None else local_day(started_at, facts.place.zone)
    base, extension = base_months(facts, law), repair_extension_months(facts, law)
    end = _end(facts, law, calendar, started_at, None if base is None else base + extension)
    presumed = presumption_months(facts, law)
    fields = _fields(facts, law, extension)
    return LegalGuarantee(
        state=ClockState.NOT_STARTED if day is None else ClockState.RUNNING,
        kind=law.kind.value,
        base_months=base,
        total_months=end.total_months,
        last_day=end.last_day,
        last_day_rolled=end.rolled,
        expires_at=end.expires_at,
        presumption_months=presumed,
        presumption_last_day=None if day is None or presumed is None else add_months(day, presumed),
        display=_display(law),
        display_min_months=law.display_min_months,
        reasons=(*_start_reasons(facts, law, day), *extension_reason(facts, extension), *end.reasons),
        sources=law.block.sources(*fields),
        certainty=law.block.certainty(*fields),
    )


def restarts_with_replacement(facts: GuaranteeFacts, law: GuaranteeLaw) -> bool:
    """Whether a new guarantee runs from the replacement: the shopper chose repair, the seller replaced (FR L217-13)."""
    restarts = bool(law.extra and law.extra.get("replacement_restart"))
    return restarts and facts.is_repair_chosen_not_done and facts.replacement_delivered_at is not None


def _started_at(facts: GuaranteeFacts, law: GuaranteeLaw) -> datetime | None:
    return facts.replacement_delivered_at if restarts_with_replacement(facts, law) else facts.delivered_at


def _start_reasons(facts: GuaranteeFacts, law: GuaranteeLaw, day: date | None) -> tuple[Reason, ...]:
    if day is None:
        return (Reason("not_started"),)
    code = "replacement_delivered" if restarts_with_replacement(facts, law) else "delivered"
    return (Reason(code, day), Reason(f"guarantee_{law.kind.value}"))


def _end(
    facts: GuaranteeFacts,
    law: GuaranteeLaw,
    calendar: HolidayCalendar,
    started_at: datetime | None,
    total_months: int | None,
) -> _End:
    """The end in days (Brazil), in months, or none: no fixed period, or one that runs from a defect (Japan)."""
    days = _complaint_days(facts, law)
    if days is None and (total_months is None or law.starts != "delivery"):
        return _End(None, None, None, None, ())
    if started_at is None:
        return _End(total_months, None, None, None, ())

    def last(zone_day: date) -> date:
        return add_months(zone_day, total_months or 0) if days is None else zone_day + timedelta(days=days)

    nominal = last(local_day(started_at, facts.place.zone))
    rolled, skipped = rolling_at(facts.place, calendar).roll(nominal)
    expires_at = end_of_day(rolled, facts.place.zone)
    if not facts.place.is_certain:
        rolling = rolling_to_latest(facts.place, calendar)
        expires_at = max(
            expires_at, *(end_of_day(rolling.last_day(last(local_day(started_at, z))), z) for z in facts.place.zones)
        )
    may_refuse = law.kind in _REFUSED_BY_DATE
    return _End(total_months, nominal, rolled, expires_at if may_refuse else None, skipped)


def _complaint_days(facts: GuaranteeFacts, law: GuaranteeLaw) -> int | None:
    """Brazil's complaint period, CDC art. 26: in days, longer for durable goods."""
    return law.particular("durable_days" if facts.is_durable else "non_durable_days") or None


def _display(law: GuaranteeLaw) -> str | None:
    """What a text may say where no end date exists: at least so many months, or nothing."""
    if law.months is not None or law.display_min_months is None:
        return None
    return f"at_least_{law.display_min_months}_months_depends_on_expected_life"


def _fields(facts: GuaranteeFacts, law: GuaranteeLaw, extension: int) -> tuple[str, ...]:
    """The rulebook fields the answer rests on."""
    fields = ["kind", "months", "burden_of_proof_months", "starts"]
    if facts.condition is GoodsCondition.USED:
        fields.append("second_hand_months")
    if extension:
        fields.append("repair_extension" if law.repair_extension else "extra")
    if facts.is_long_lived and law.particular("long_life_goods_months"):
        fields.append("extra")
    return tuple(fields)
