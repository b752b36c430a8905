"""Which rule holds for an item, and over which others it prevailed."""

from collections.abc import Sequence
from dataclasses import dataclass

from plugin.domain.policy.rule import Rule


@dataclass(frozen=True, slots=True)
class Resolution:
    """The rule that holds, None when no rule means the item; `overruled` are the ids of others that mean it too.

    `of` are the ids `rule` was put together from when it is the least of several that may hold; else just its own.
    """

    rule: Rule | None
    overruled: tuple[str, ...] = ()
    of: tuple[str, ...] = ()


def first_of(meant: Sequence[Rule]) -> Resolution:
    """The first of the rules that mean an item holds."""
    if not meant:
        return Resolution(None)
    return Resolution(meant[0], tuple([rule.id for rule in meant[1:]]), (meant[0].id,))
