"""All rules by which parcel numbers are recognised, apart from the posts' own standard (S10)."""

from typing import Final

from plugin.domain.tracking.rule import Rule
from plugin.domain.tracking.rules import america, china, europe, express

ALL: Final[tuple[Rule, ...]] = (*express.RULES, *america.RULES, *europe.RULES, *china.RULES)
