"""The plan for ten thousand shops is reckoned from what was measured, and stands on its page as it comes out."""

from __future__ import annotations

from bench.plan import PAGE, rows, with_table
from bench.record import Measured, Record, read


def test_the_page_has_the_plan_that_the_record_makes() -> None:
    assert with_table(PAGE.read_text(), read()) == PAGE.read_text()


def test_what_costs_twice_as_much_takes_twice_as_many() -> None:
    measured = read()
    doubled = Record({**measured.full, **_twice(measured.full)}, _twice(measured.quick))
    pairs = zip(rows(measured), rows(doubled), strict=True)
    ratios = {before.what: after.amount / before.amount for before, after in pairs if before.of_one}
    assert set(ratios.values()) == {2.0}
    assert len(ratios) > 10


def _twice(figures: dict[str, Measured]) -> dict[str, Measured]:
    return {
        name: Measured(name, 2 * each.value, each.unit, when="", commit="", where="", load=0.0)
        for name, each in figures.items()
    }
