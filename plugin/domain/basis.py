"""What an answer rests on, as it is cited beside it."""

from dataclasses import dataclass

LATER_POLICY = "later_policy"
_BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a right comes from: a source id of the rulebook or a clause of a policy version."""

    kind: str
    """`law`, `policy`, or `later_policy`: of a version made after the order, for earlier orders too."""
    id: str
    citation: str
    """`Directive 2011/83/EU art. 9` or the policy version's id and clause."""


def clause_citation(version: str, market: str, rule: str) -> str:
    """How a rule of a policy version is cited."""
    return _BETWEEN.join((version, market, rule))


def cited_clause(basis: Basis) -> tuple[str, str] | None:
    """Market and rule of a clause that was cited so; None for words that somebody typed.

    A market's own name may hold the mark between the parts.
    """
    if basis.citation.split(_BETWEEN)[0] != basis.id:
        return None
    market, _, rule = without_version(basis).rpartition(_BETWEEN)
    return market, rule


def without_version(basis: Basis) -> str:
    """The citation without a version's id, which tells nobody anything."""
    return basis.citation.removeprefix(f"{basis.id}{_BETWEEN}")
