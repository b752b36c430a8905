"""What becomes of one line without a person: approved, a person's, or, outside all law, refused."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from plugin.domain.claim_engine.checks import CHECKS
from plugin.domain.claim_engine.finding import Finding, Outcome
from plugin.domain.claim_engine.outside_the_law import OutsideTheLaw, outside_the_law
from plugin.domain.claim_engine.question import Question


class Verdict(StrEnum):
    """What the rules decide."""

    AUTO_APPROVE = "auto_approve"
    PERSON = "person"
    AUTO_REJECT = "auto_reject"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict with everything that was found. A refusal cannot be made without what shows it to be allowed."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    outside: OutsideTheLaw | None = None

    def __post_init__(self) -> None:
        if (self.verdict is Verdict.AUTO_REJECT) != (self.outside is not None):
            raise ValueError("an automatic refusal, and nothing else, shows that no right by law is at stake")

    @property
    def refusal(self) -> Finding | None:
        """Why it is refused, with its clause; None when it is not."""
        if self.outside is None:
            return None
        return next(_refusals(self.findings))


def judge(question: Question) -> Judgement:
    """The judgement on one line: approved when every check says yes, a person's when any asks for one.

    A no refuses only if it names its clause and no right by law can be at stake; else it is a person's to say.
    """
    findings = tuple(check(question) for check in CHECKS)
    told = {finding.outcome for finding in findings}
    if told == {Outcome.OK}:
        return Judgement(Verdict.AUTO_APPROVE, findings)
    is_refusable = Outcome.NEEDS_PERSON not in told and any(_refusals(findings))
    outside = outside_the_law(question) if is_refusable else None
    return Judgement(Verdict.PERSON if outside is None else Verdict.AUTO_REJECT, findings, outside)


def _refusals(findings: Iterable[Finding]) -> Iterator[Finding]:
    return (finding for finding in findings if finding.outcome is Outcome.NO and finding.basis)
