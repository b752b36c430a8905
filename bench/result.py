"""One measured figure, beside what it is compared with."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum


class Size(StrEnum):
    """How much is measured."""

    TINY = "tiny"
    """Seconds: shows that a bench still runs; its figures mean nothing."""
    QUICK = "quick"
    """All benches in ten minutes."""
    FULL = "full"
    """The sizes that the promises name."""


@dataclass(frozen=True, slots=True)
class Result:
    """`ratio` is value over baseline; `target` bounds the ratio where there is a baseline, else the value itself."""

    name: str
    value: float
    unit: str
    baseline: float | None = None
    target: float | None = None
    is_lower_better: bool = False

    @property
    def ratio(self) -> float | None:
        """How the value compares to the baseline of the same run."""
        return self.value / self.baseline if self.baseline else None

    @property
    def ok(self) -> bool:
        """Whether the target is met; a figure without target only informs."""
        if self.target is None:
            return True
        judged = self.value if self.ratio is None else self.ratio
        return judged <= self.target if self.is_lower_better else judged >= self.target

    def to_json(self) -> str:
        """One line: name, value, unit, baseline, ratio, target, is_lower_better, ok."""
        return json.dumps({**asdict(self), "ratio": self.ratio, "ok": self.ok})

    @staticmethod
    def heading() -> str:
        """The columns of `row`."""
        return f"{'name':<52} {'value':>10} {'unit':<10} {'baseline':>10} {'ratio':>7} {'target':>8}"

    def row(self) -> str:
        """One line of the table."""
        limit = "" if self.target is None else f"{'<=' if self.is_lower_better else '>='}{self.target:g}"
        compared = "" if self.ratio is None else f"{self.ratio:.2f}"
        baseline = "" if self.baseline is None else figure(self.baseline)
        verdict = "" if self.target is None else ("ok" if self.ok else "MISSED")
        value = figure(self.value)
        return f"{self.name:<52} {value:>10} {self.unit:<10} {baseline:>10} {compared:>7} {limit:>8} {verdict}".rstrip()


def figure(value: float) -> str:
    """Four digits tell enough."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"  # noqa: PLR2004 - four digits tell enough


Bench = Callable[[Size], Iterable[Result]]
"""Measures and says what it found."""
