"""How long questions take, in blocks: the 95th percentile of each block, and the median of the blocks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median


@dataclass(slots=True)
class Stopwatch:
    """Times by what was asked."""

    took: dict[str, list[float]] = field(default_factory=dict)
    p95: dict[str, list[float]] = field(default_factory=dict)

    @contextmanager
    def timing(self, what: str) -> Iterator[None]:
        """One question."""
        begun = time.perf_counter()
        yield
        self.took.setdefault(what, []).append(time.perf_counter() - begun)

    def close_block(self) -> None:
        """Tell this block's percentiles and begin the next one."""
        for what, took in self.took.items():
            self.p95.setdefault(what, []).append(sorted(took)[int(len(took) * 0.95)])
        self.took.clear()

    def milliseconds(self, what: str) -> float:
        """The median of the blocks' percentiles."""
        return median(self.p95[what]) * 1e3
