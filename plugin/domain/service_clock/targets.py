"""Within what time the shop answers: a target for each kind of answer, and what it is counted in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType

from plugin.domain.policy.identity import Support


class Aim(StrEnum):
    """What the time is for."""

    SAFETY = "safety"
    """Somebody was hurt, or could be: a person looks at it."""
    FIRST_REVIEW = "first_review"
    """A person, or the rules, first looked at a new claim."""
    ORDINARY = "ordinary"
    """The next answer or decision in a claim under way."""
    PARTS = "parts"
    """A part or a repair is looked into, for which others have to be asked."""


class Counted(StrEnum):
    """What a target is counted in."""

    WALL = "wall"
    """Every hour of every day."""
    WORKING = "working"
    """The hours in which somebody works (`BusinessCalendar`)."""


@dataclass(frozen=True, slots=True)
class Target:
    """An answer is due `within` so much time."""

    aim: Aim
    within: timedelta
    counted: Counted = Counted.WORKING


TARGETS: Mapping[Aim, Target] = MappingProxyType(
    {
        Aim.SAFETY: Target(Aim.SAFETY, timedelta(hours=2), Counted.WALL),
        Aim.FIRST_REVIEW: Target(Aim.FIRST_REVIEW, timedelta(hours=12)),
        Aim.ORDINARY: Target(Aim.ORDINARY, timedelta(hours=24)),
        Aim.PARTS: Target(Aim.PARTS, timedelta(hours=72)),
    }
)
"""Two hours for safety on the wall clock, because a hazard knows no weekend; the others in working time. A working day
of a shop that states no hours has 24 of them, of one that works from 9 to 17 it has 8."""


def targets_of(support: Support | None) -> Mapping[Aim, Target]:
    """The targets of a market: a reply time told to shoppers counts for first answers, open or not."""
    if support is None or support.reply_within_hours is None:
        return TARGETS
    told = Target(Aim.FIRST_REVIEW, timedelta(hours=support.reply_within_hours), Counted.WALL)
    return MappingProxyType({**TARGETS, Aim.FIRST_REVIEW: told})
