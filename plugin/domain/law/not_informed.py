"""How much longer the period runs when the shopper was not told of the right (CRD art. 10 and its counterparts)."""

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from plugin.domain.law.answers import Reason
from plugin.domain.law.counting import add_months, local_day
from plugin.domain.law.facts import Informed, WithdrawalFacts
from plugin.domain.law.jurisdiction import NotInformedExtension, WithdrawalLaw
from plugin.domain.law.rolling import Rolling


@dataclass(frozen=True, slots=True)
class Period:
    """A period that has begun: its event, its end before and after rolling, and how it came about."""

    event_day: date
    nominal: date
    last: date
    reasons: tuple[Reason, ...]
    other_reading: date | None = None
    """The end if months are counted from the unrolled initial end; None where that question does not arise."""


def extended(
    initial: Period, facts: WithdrawalFacts, law: WithdrawalLaw, zone: ZoneInfo, rolling: Rolling | None
) -> Period:
    """The period with the extension the missing information brings; `initial` itself when there is none.

    `rolling` None: the country does not roll.
    """
    extension = law.not_informed_extension
    if extension is None or not _is_uninformed(facts, law):
        return initial
    full = _full(initial, extension, rolling)
    if facts.informed is not Informed.LATE or facts.informed_at is None:
        return full
    informed_on = local_day(facts.informed_at, zone)
    return _informed_late(initial, full, law, informed_on, rolling)


def _is_uninformed(facts: WithdrawalFacts, law: WithdrawalLaw) -> bool:
    if law.document_is_information and facts.is_document_missing:
        return True
    return facts.informed in (Informed.LATE, Informed.NEVER)


def _full(initial: Period, extension: NotInformedExtension, rolling: Rolling | None) -> Period:
    """The longest the period can run: nobody ever informed."""
    if extension.days_total is not None:
        nominal = initial.event_day + timedelta(days=extension.days_total)
        detail, other = f"{extension.days_total} days", nominal
    else:
        months = extension.months or 0
        from_delivery = extension.counted_from == "delivery"
        nominal = add_months(initial.event_day if from_delivery else initial.last, months)
        other = nominal if from_delivery else add_months(initial.nominal, months)
        detail = f"{months} months"
    return _ending(initial, nominal, Reason("not_informed_extension", nominal, detail), rolling, other)


def _informed_late(
    initial: Period, full: Period, law: WithdrawalLaw, informed_on: date, rolling: Rolling | None
) -> Period:
    """Information that came after all restarts a shorter period, never beyond the full one, never before the initial.

    In the EU only information within 12 months of the start event does (CRD art. 10(2)).
    """
    extension = law.not_informed_extension
    days = (extension and extension.then_days_from_information) or law.late_information_days
    if days is None:
        return initial if informed_on <= initial.event_day else full
    within = extension and extension.if_informed_within_months
    if within and informed_on > add_months(initial.event_day, within):
        return full
    nominal = informed_on + timedelta(days=days)
    late = _ending(initial, nominal, Reason("informed_late", informed_on, f"{days} days"), rolling, None)
    if late.last <= initial.last:
        return initial
    return full if not within and late.last > full.last else late


def _ending(initial: Period, nominal: date, reason: Reason, rolling: Rolling | None, other: date | None) -> Period:
    if rolling is None:
        return Period(initial.event_day, nominal, nominal, (*initial.reasons, reason), other)
    last, skipped = rolling.roll(nominal)
    other_reading = other and rolling.last_day(other)
    return Period(initial.event_day, nominal, last, (*initial.reasons, reason, *skipped), other_reading)
