"""A guarantee the law makes the trader give on listed durables beside its liability (Hungary, 151/2003 Korm. rend.)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.counting import add_months, end_of_day, local_day
from plugin.domain.law.facts import GuaranteeFacts
from plugin.domain.law.jurisdiction import Extra, GuaranteeLaw
from plugin.domain.law.rolling import rolling_at
from plugin.domain.law.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class MandatoryGuarantee:
    """Months from delivery; `last_day` is the anniversary, `expires_at` (UTC, exclusive) follows the rolled day."""

    months: int
    last_day: date | None
    expires_at: datetime | None


def mandatory_guarantee(
    facts: GuaranteeFacts, rulebook: Rulebook, calendar: HolidayCalendar
) -> MandatoryGuarantee | None:
    """The mandatory guarantee of a listed durable by its price, or None where the law asks for none."""
    months = mandatory_months(facts, rulebook.jurisdiction(facts.place.country, facts.place.subdivision).guarantee)
    if months is None:
        return None
    if facts.delivered_at is None:
        return MandatoryGuarantee(months, None, None)
    last_day = add_months(local_day(facts.delivered_at, facts.place.zone), months)
    rolled = rolling_at(facts.place, calendar).last_day(last_day)
    return MandatoryGuarantee(months, last_day, end_of_day(rolled, facts.place.zone))


def mandatory_months(facts: GuaranteeFacts, law: GuaranteeLaw) -> int | None:
    """The months of the price tier the goods fall into; below the lowest tier there is no such guarantee."""
    tiers = _tiers(law)
    if not tiers or not facts.is_listed_durable or facts.price_huf is None:
        return None
    fitting = [tier for tier in tiers if _fits(tier, facts.price_huf)]
    months = fitting[0].get("months") if fitting else None
    return months if isinstance(months, int) else None


def has_tiers(law: GuaranteeLaw) -> bool:
    """Whether the country has such a guarantee at all."""
    return bool(_tiers(law))


def _tiers(law: GuaranteeLaw) -> list[Extra]:
    scheme = law.extra.get("mandatory_commercial_guarantee") if law.extra else None
    tiers = scheme.get("tiers") if isinstance(scheme, Mapping) else None
    return [tier for tier in tiers if isinstance(tier, Mapping)] if isinstance(tiers, tuple) else []


def _fits(tier: Extra, price: int) -> bool:
    over, lowest, highest = tier.get("price_huf_over"), tier.get("price_huf_from"), tier.get("price_huf_to")
    if isinstance(over, int):
        return price > over
    return isinstance(lowest, int) and isinstance(highest, int) and lowest <= price <= highest
