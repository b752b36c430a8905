"""What was measured stands on record and in the page once, with when and where; a later run is compared with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.record import PAGE, RECORD, keep, read, with_table
from bench.result import Result, Size


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Path, Path]:
    record, page = tmp_path / "record.json", tmp_path / "performance.md"
    record.write_bytes(RECORD.read_bytes())
    page.write_text(PAGE.read_text() + "\nAfter the table.\n")
    return record, page


def test_what_a_bench_finds_replaces_what_it_found_before_and_leaves_the_others(kept: tuple[Path, Path]) -> None:
    record, page = kept
    others = len(read(record).full)
    one = Result("test: one", 2.0, "ms", 1.0, 1.5, is_lower_better=True)
    keep([one, Result("test: gone later", 1.0, "s")], Size.FULL, record=record, page=page)
    one = Result("test: one", 1.0, "ms", 1.0, 1.5, is_lower_better=True)
    keep([one, Result("test: other", 12345.0, "req/s")], Size.FULL, record=record, page=page)
    rows = [line for line in page.read_text().splitlines() if line.startswith("| test: ")]
    assert [row.split(" | ")[:6] for row in rows] == [
        ["| test: one", "1 ms", "1", "1.00", "≤ 1.5", "met"],
        ["| test: other", "12,345 req/s", "", "", "", ""],
    ]
    assert page.read_text().endswith("\nAfter the table.\n")
    assert len(read(record).full) == others + 2


def test_a_quick_run_is_on_record_beside_the_full_one_and_not_on_the_page(kept: tuple[Path, Path]) -> None:
    record, page = kept
    before = page.read_text()
    keep([Result("test: one", 1.0, "ms")], Size.FULL, record=record, page=page)
    keep([Result("test: one", 3.0, "ms"), Result("test: two", 4.0, "ms")], Size.QUICK, record=record, page=page)
    found = read(record)
    asked = [("test: one", Size.FULL), ("test: one", Size.QUICK), ("test: two", Size.FULL), ("test: two", Size.QUICK)]
    last = [found.last(name, size) for name, size in asked]
    assert [each.value for each in last if each] == [1.0, 3.0, 4.0, 4.0]
    assert [line for line in page.read_text().splitlines() if line not in before] == [
        line for line in page.read_text().splitlines() if line.startswith("| test: one | 1 ms ")
    ]


def test_the_page_has_the_table_that_the_record_makes() -> None:
    assert with_table(PAGE.read_text(), read()) == PAGE.read_text()


@pytest.mark.parametrize(
    ("now", "last", "end", "change"),
    [
        (Result("a: b", 3.0, "ms", 2.0), Result("a: b", 8.0, "ms", 4.0), "2.00    -25%", -0.25),
        (Result("a: b", 3.0, "ms"), Result("a: b", 2.0, "ms"), "2    +50%", 0.5),
        (Result("a: b", 3.0, "ms"), Result("a: b", 2.0, "ms", 1.0), "2.00", None),
        (Result("a: b", 3.0, "ms"), Result("a: b", 0.0, "ms"), "0", None),
        (Result("a: b", 3.0, "ms"), None, "ms", None),
    ],
)
def test_a_figure_is_compared_with_what_it_was_last(
    now: Result, last: Result | None, end: str, change: float | None
) -> None:
    assert now.row(last).endswith(f" {end}")
    assert json.loads(now.to_json(last))["change"] == change
