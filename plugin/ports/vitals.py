"""How the whole installation is doing, across merchants: for whoever runs it, and never about whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

BOUNDS: Final = (0.1, 1.0, 10.0, 60.0)
"""Seconds: jobs are counted by how many took at most so long."""


@dataclass(frozen=True, slots=True)
class JobCount:
    """The attempts of one job's name since its worker started; `within`: those that took at most `BOUNDS`, in order."""

    done: int = 0
    failed: int = 0
    seconds: float = 0.0
    within: tuple[int, ...] = (0,) * len(BOUNDS)


@dataclass(frozen=True, slots=True)
class Worker:
    """One worker as it last told of itself. Instants are aware UTC."""

    slot: str
    started_at: datetime
    beat_at: datetime
    version: str
    counts: Mapping[str, JobCount] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measure:
    """One number that is true just now; what its labels can say is bounded, and names no merchant, shop or person."""

    name: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


class SchemaState(StrEnum):
    """The database's schema beside what this release was written for."""

    CURRENT = "current"
    OLD = "old"
    """`aftercare db upgrade` has not been run."""
    NEWER = "newer"
    """A later release has upgraded it already: releases upgrade before they replace one another."""


class Vitals(Protocol):
    """Read for every scrape and probe, so each part is a bounded question of its own."""

    @property
    def parts(self) -> Sequence[str]:
        """What can be asked about."""
        ...

    def measure(self, part: str, now: datetime) -> Sequence[Measure]:
        """What one part has to say. Raises `Unavailable`."""
        ...

    def schema(self) -> SchemaState:
        """Whether code and database fit. Raises `Unavailable`."""
        ...

    def beat(self, worker: Worker) -> None:
        """A worker lives. Raises `Unavailable`."""
        ...

    def workers(self) -> Sequence[Worker]:
        """Every slot that was ever heard of and not given up, by name. Raises `Unavailable`."""
        ...
