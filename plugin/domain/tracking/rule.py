"""How a carrier numbers its parcels: a pattern, a check digit where one is documented, how sure both make us."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

Check = Callable[[str], bool]
"""Whether a number's check digit is right."""

EUROPE: Final = frozenset(
    {"AD", "AL", "AT", "BA", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU"}
    | {"IE", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "ME", "MK", "MT", "NL", "NO", "PL", "PT", "RO", "RS", "SE"}
    | {"SI", "SK", "SM", "VA", "XK"}
)
USA: Final = frozenset({"US", "PR", "GU", "VI", "AS", "MP", "UM"})


@dataclass(frozen=True, slots=True)
class Rule:
    """Numbers of one carrier. `odds`: how much likelier it is this carrier's number than one nobody here knows.

    Judged by how much the rule pins down: a prefix of its own and a check digit 60 and more, a check digit alone 2 to
    8, a bare count of digits 1 and less. `unchecked`: the odds where the check digit is wrong; 0: it is none of theirs.
    `homes`: where the carrier hands these over, ISO 3166-1; empty: anywhere.
    """

    carrier: str
    name: str
    pattern: re.Pattern[str]
    odds: float
    check: Check | None = None
    unchecked: float = 0.0
    homes: frozenset[str] = frozenset()

    def odds_of(self, number: str) -> float:
        """The odds that a number is one of these; 0: it is not."""
        if not self.pattern.fullmatch(number):
            return 0.0
        return self.odds if self.check is None or self.check(number) else self.unchecked


def ends_with(digit: Callable[[str], str], skipping: int = 0) -> Check:
    """The check that a number's last character is what `digit` makes of those before it, the first few left out."""
    return lambda number: number[-1] == digit(number[skipping:-1])


def the_last(count: int, digit: Callable[[str], str]) -> Check:
    """The check that only looks at a number's last characters."""
    return lambda number: number[-1] == digit(number[-count:-1])
