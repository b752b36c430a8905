"""How a policy version came to be: who published it, when, what the linter said, what it took the place of."""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.ids import StaffId
from plugin.domain.policy.lint import Finding


@dataclass(frozen=True, slots=True)
class Publication:
    """The record kept beside a version, as immutable as that. `by` None: the operator at the command line.

    `replaces` is the version in force when this one begins, as it was known then: what its differences are told from.
    `is_declared`: promises of the time before the first published version, declared afterwards.
    """

    at: datetime
    by: StaffId | None = None
    replaces: str | None = None
    findings: tuple[Finding, ...] = ()
    is_declared: bool = False
