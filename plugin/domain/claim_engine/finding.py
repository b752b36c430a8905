"""What one check says of a line: yes, a person should look, or no; with its code, the clause it rests on and facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from plugin.domain.basis import Basis
from plugin.domain.entitlement import TraceStep


class Outcome(StrEnum):
    """What follows from a finding by itself."""

    OK = "ok"
    NEEDS_PERSON = "needs_person"
    NO = "no"
    """What was asked for is not owed as it stands. Whether that is a refusal is for `judge` to say."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`code` is worded under `engine.finding.<code>`; `facts` as a step of a trace has them (days as ISO dates).

    `because` are the steps that led to it, where there is more than one (the signs that make up a score).
    """

    code: str
    outcome: Outcome
    basis: tuple[Basis, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    because: tuple[TraceStep, ...] = ()

    @property
    def clause(self) -> str:
        """The clause or article it rests on, as it is cited; empty when it rests on none."""
        return self.basis[0].citation if self.basis else ""


def ok(code: str, basis: Iterable[Basis] = (), **facts: object) -> Finding:
    """Nothing stands against it."""
    return Finding(code, Outcome.OK, tuple(basis), _told(facts))


def needs_person(code: str, basis: Iterable[Basis] = (), **facts: object) -> Finding:
    """Somebody should look at it."""
    return Finding(code, Outcome.NEEDS_PERSON, tuple(basis), _told(facts))


def no(code: str, basis: Iterable[Basis] = (), **facts: object) -> Finding:
    """It is not owed."""
    return Finding(code, Outcome.NO, tuple(basis), _told(facts))


def _told(facts: dict[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in facts.items())
