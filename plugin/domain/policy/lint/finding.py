"""What the linter finds: one promise that the law of a market does not allow, or that a shopper cannot count on."""

from dataclasses import dataclass
from enum import StrEnum

from plugin.domain.basis import Basis
from plugin.domain.law.answers import Certainty
from plugin.domain.policy.lint.fix import Fix


class Severity(StrEnum):
    """What follows from a finding."""

    ERROR = "error"
    """Refuses publishing; rests on law that was read, at least in a secondary source."""
    WARNING = "warning"
    """Is told, and refuses nothing."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong in one place, for the countries where it is.

    `code` names the rule that found it and its words (`lint.<code>.title`, `.why`, `.fix`), which ask for nothing but
    `facts`. `field` is a path in the document (`markets.0.rules.2.fee`), `market` the market's name, empty for what
    holds for the whole policy; `countries` are ISO 3166-1, sorted, empty where no country decides it. `clause` is the
    id of the rule at fault. `certainty` is that of the law data behind it.
    """

    code: str
    severity: Severity
    field: str
    market: str
    countries: tuple[str, ...] = ()
    clause: str | None = None
    facts: tuple[tuple[str, str], ...] = ()
    basis: tuple[Basis, ...] = ()
    certainty: Certainty = Certainty.VERIFIED
    fix: Fix | None = None
