"""Every bench still runs, at a size that takes seconds; what it measures then means nothing and is not judged."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from bench.registry import BENCHES
from bench.result import Result, Size

INFORM = {"cost", "scale"}
"""What machines of different sizes have to answer differently."""
DEAR = {"cost", "scale", "import.million"}
"""A minute each, even at their smallest: `./script/test --long tests/bench` runs them."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.long if name in DEAR else ()) for name in BENCHES]
)
def test_a_bench_measures_what_it_is_named_for(name: str) -> None:
    with ThreadPoolExecutor(1) as thread:  # other tests of this process may leave a browser's event loop in its own
        results = thread.submit(lambda: list(BENCHES[name](Size.TINY))).result()
    assert any(result.target is not None for result in results) is (name not in INFORM)
    assert all(result.value >= 0 and result.name.startswith(f"{name}: ") for result in results)


@pytest.mark.parametrize(
    ("value", "baseline", "target", "is_lower_better", "ok"),
    [
        (80.0, 100.0, 0.8, False, True),
        (79.0, 100.0, 0.8, False, False),
        (150.0, 100.0, 1.5, True, True),
        (151.0, 100.0, 1.5, True, False),
        (0.3, None, 0.3, True, True),
        (0.31, None, 0.3, True, False),
        (1.0, 100.0, None, False, True),
    ],
)
def test_a_target_is_met_or_missed(
    value: float,
    baseline: float | None,
    target: float | None,
    is_lower_better: bool,  # noqa: FBT001 - a column of the table
    ok: bool,  # noqa: FBT001 - likewise
) -> None:
    result = Result("speed", value, "km/h", baseline, target, is_lower_better=is_lower_better)
    assert result.ok is ok
    assert json.loads(result.to_json())["ok"] is ok
    assert ("MISSED" in result.row()) is not ok
