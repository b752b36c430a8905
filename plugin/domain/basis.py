"""What an answer rests on, as it is cited beside it."""

from dataclasses import dataclass

LATER_POLICY = "later_policy"


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a right comes from: a source id of the rulebook or a clause of a policy version."""

    kind: str
    """`law`, `policy`, or `later_policy`: of a version made after the order, for earlier orders too."""
    id: str
    citation: str
    """`Directive 2011/83/EU art. 9` or the policy version's id and clause."""
