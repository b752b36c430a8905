"""What a merchant pays for, where whoever runs the installation takes money for it; as a rule nobody does.

No feature that law gives a shopper can be named here: withdrawal, claims, guarantees, letters and privacy are never for
sale, and neither is what a merchant needs to answer for them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Feature(StrEnum):
    """What a plan may be needed for, if the operator wants it so; all there is."""

    AD_LINES = "ad_lines"
    """Lines for advertisements, worded from the policy."""


class PlanState(StrEnum):
    """Whether a shop pays."""

    UNMETERED = "unmetered"
    """Nobody asks."""
    ACTIVE = "active"
    NONE = "none"
    UNKNOWN = "unknown"
    """The platform does not say at the moment: nobody is locked out for that."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A shop's plan by its name at the platform; `trial_until` is UTC, None: it is over, or there is none."""

    state: PlanState
    plan: str | None = None
    trial_until: datetime | None = None
    ends: bool = False
    """It was cancelled and runs out at the end of its cycle."""

    def opens(self, feature: Feature, paid: Collection[Feature]) -> bool:
        """Whether the shop has this feature; `paid` are those that take a plan here."""
        return feature not in paid or self.state is not PlanState.NONE


UNMETERED = Subscription(PlanState.UNMETERED)
