"""One measured figure, beside what it is compared with."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from enum import StrEnum

import msgspec


class Size(StrEnum):
    """How much is measured."""

    TINY = "tiny"
    """Seconds: shows that a bench still runs; its figures mean nothing."""
    QUICK = "quick"
    """All benches in ten minutes."""
    FULL = "full"
    """The sizes that the promises name."""


class Result(msgspec.Struct, frozen=True):
    """`ratio` is value over baseline; `target` bounds the ratio where there is a baseline, else the value itself."""

    name: str
    value: float
    unit: str
    baseline: float | None = None
    target: float | None = None
    is_lower_better: bool = False

    @property
    def bench(self) -> str:
        """Which bench found it: what its name begins with."""
        return self.name.partition(": ")[0]

    @property
    def ratio(self) -> float | None:
        """How the value compares to the baseline of the same run."""
        return self.value / self.baseline if self.baseline else None

    @property
    def ok(self) -> bool:
        """Whether the target is met; a figure without target only informs."""
        if self.target is None:
            return True
        return self.judged <= self.target if self.is_lower_better else self.judged >= self.target

    @property
    def judged(self) -> float:
        """The ratio where there is a baseline, else the value itself."""
        return self.value if self.ratio is None else self.ratio

    def change(self, last: Result | None) -> float | None:
        """How much more is judged than was last time, as a share of that; None: there is nothing to compare with."""
        is_alike = last is not None and (last.ratio is None) == (self.ratio is None)
        return self.judged / last.judged - 1 if last and is_alike and last.judged else None

    def to_json(self, last: Result | None = None) -> str:
        """One line: name, value, unit, baseline, ratio, target, is_lower_better, ok, last, change."""
        compared = {"last": last.judged if last else None, "change": self.change(last)}
        return json.dumps({**msgspec.structs.asdict(self), "ratio": self.ratio, "ok": self.ok, **compared})

    @staticmethod
    def heading() -> str:
        """The columns of `row`."""
        columns = f"{'name':<64} {'value':>10} {'unit':<10} {'baseline':>10} {'ratio':>7} {'target':>8} {'':<6}"
        return f"{columns} {'last':>10} {'change':>7}"

    def row(self, last: Result | None = None) -> str:
        """One line of the table; at its end what was judged in the last recorded run, and how that changed."""
        limit = "" if self.target is None else f"{'<=' if self.is_lower_better else '>='}{self.target:g}"
        compared = "" if self.ratio is None else f"{self.ratio:.2f}"
        baseline = "" if self.baseline is None else figure(self.baseline)
        verdict = "" if self.target is None else ("ok" if self.ok else "MISSED")
        before = "" if last is None else (figure(last.value) if last.ratio is None else f"{last.ratio:.2f}")
        change = self.change(last)
        changed = "" if change is None else f"{change:+.0%}"
        told = f"{self.name:<64} {figure(self.value):>10} {self.unit:<10} {baseline:>10} {compared:>7} {limit:>8}"
        return f"{told} {verdict:<6} {before:>10} {changed:>7}".rstrip()


def figure(value: float) -> str:
    """Four digits tell enough."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"  # noqa: PLR2004 - four digits tell enough


Bench = Callable[[Size], Iterable[Result]]
"""Measures and says what it found."""
