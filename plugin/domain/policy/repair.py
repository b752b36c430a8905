"""How goods are kept in use: spare parts, what they cost and how to order them, the manual, the repair service.

What a trader has to tell before the contract as far as the producer made it known: availability, estimated cost and
ordering of spare parts, repair instructions, restrictions (Directive 2011/83/EU art. 6(1) as amended by Directive (EU)
2024/825 art. 2(2), from 27 September 2026; by secondary sources, the letter of the point unconfirmed). Directive (EU)
2024/1799 art. 5 has producers publish indicative prices of repairs of the goods in its Annex II. All of it is the
merchant's statement: nothing is guessed, and what is left out is not said.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Annotated

from msgspec import Meta

from plugin.domain.money import Money
from plugin.domain.policy.scope import EVERYTHING, Item, Scope, matches
from plugin.domain.policy.terms import Slug, Words

WebAddress = Annotated[str, Meta(pattern='^https://[^\\s<>"]+$', max_length=500)]


@dataclass(frozen=True, slots=True)
class RepairInformation:
    """What is said of the goods in a scope. Of several that mean an item one holds, whole: the narrowest, then by id.

    `parts_years` are counted from the day the last unit of the model was placed on the market, as the ecodesign
    regulations count. `parts_from` is the price of the cheapest part, tax included.
    """

    id: Slug
    scope: Scope = EVERYTHING
    parts_years: Annotated[int, Meta(ge=1, le=50)] | None = None
    parts_from: Money | None = None
    price_list: WebAddress | None = None
    ordering: Words | None = None
    """How spare parts are ordered."""
    manual: WebAddress | None = None
    service: Words | None = None
    """Who repairs, and on which terms."""
    limits: Words | None = None
    """What stands in the way of a repair, such as parts that only a workshop may change."""

    @property
    def says_something(self) -> bool:
        """Whether there is anything to show."""
        told = (getattr(self, each.name) for each in fields(self) if each.name not in {"id", "scope"})
        return any(told)


def repair_for(item: Item, known: Iterable[RepairInformation]) -> RepairInformation | None:
    """What is said of an item: only what surely means it."""
    meant = [each for each in known if each.says_something and matches(each.scope, item) is True]
    return max(sorted(meant, key=lambda each: each.id), key=lambda each: each.scope.specificity, default=None)
