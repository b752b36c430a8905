"""How urgent a line is, and which answer time that means."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from plugin.domain.claim.vocabulary import Tier
from plugin.domain.claim_engine.safety import is_safety
from plugin.domain.policy.terms import Fault
from plugin.domain.remedy import Remedy
from plugin.domain.service_clock.targets import Aim

DAMAGE_HOURS = 48
"""Where the policy names no other time (`Rule.report_damage_within_hours`)."""


class Lane(StrEnum):
    """How a report of damage on the way goes on. The normal lane is the same claim, only not first."""

    FAST = "fast"
    NORMAL = "normal"


@dataclass(frozen=True, slots=True)
class Report:
    """A report of damage on the way, at what time after the delivery; `delivered_at` None: not reported delivered."""

    reported_at: datetime
    delivered_at: datetime | None
    within_hours: int = DAMAGE_HOURS

    @property
    def lane(self) -> Lane:
        """Fast up to and with the last hour.

        A later report is never refused for being later: the shop answers for the goods until they are in the shopper's
        hands, and for what shows after (Directive 2011/83/EU art. 20, Directive (EU) 2019/771 art. 10).
        """
        if self.delivered_at is None:
            return Lane.FAST
        is_in_time = self.reported_at - self.delivered_at <= timedelta(hours=self.within_hours)
        return Lane.FAST if is_in_time else Lane.NORMAL


def tier_of(reasons: tuple[str, ...], fault: Fault, report: Report) -> Tier:
    """The tier of a line: a hazard before everything, then what the carrier has to be told of soon."""
    if is_safety(reasons):
        return Tier.SAFETY
    return Tier.FAST if fault is Fault.CARRIER and report.lane is Lane.FAST else Tier.ORDINARY


def aim_of(tier: Tier, wanted: Remedy, *, is_new: bool) -> Aim:
    """What the service clock runs for: the first look at a new claim, or the next answer in one under way."""
    if tier is Tier.SAFETY:
        return Aim.SAFETY
    if is_new or tier is Tier.FAST:
        return Aim.FIRST_REVIEW
    return Aim.PARTS if wanted.traits.waits_for_others else Aim.ORDINARY


def most_urgent(tiers: tuple[Tier, ...]) -> Tier:
    """The tier of a claim: that of its most urgent line."""
    return min(tiers, key=list(Tier).index, default=Tier.ORDINARY)
