"""What a full run measured stands in the page once, with when and where."""

from __future__ import annotations

from pathlib import Path

from bench.record import PAGE, record
from bench.result import Result


def test_a_figure_measured_again_replaces_its_row_and_leaves_the_others(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(PAGE.read_text() + "\nAfter the table.\n")
    record(
        [Result("test: one", 2.0, "ms", 1.0, 1.5, is_lower_better=True), Result("test: other", 12345.0, "req/s")], page
    )
    record([Result("test: one", 1.0, "ms", 1.0, 1.5, is_lower_better=True)], page)
    rows = [line for line in page.read_text().splitlines() if line.startswith("| test: ")]
    assert [row.split(" | ")[:6] for row in rows] == [
        ["| test: one", "1 ms", "1", "1.00", "≤ 1.5", "met"],
        ["| test: other", "12,345 req/s", "", "", "", ""],
    ]
    assert page.read_text().endswith("\nAfter the table.\n")
