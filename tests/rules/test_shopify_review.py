"""The review checklist names tests that exist, and says of every requirement what shows it or that nothing here can."""

from __future__ import annotations

import re

import pytest

from tests.support.repository import ROOT

CHECKLIST = ROOT / "docs" / "shopify-review.md"
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in CHECKLIST.read_text().splitlines()
    if re.match(r"\| (?!requirement|---)", line)
]
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", CHECKLIST.read_text())))


def test_the_checklist_has_rows_of_four_parts() -> None:
    assert len(ROWS) > 30
    assert [row[0] for row in ROWS if len(row) != 4] == []


@pytest.mark.parametrize(("path", "name"), NAMED, ids=["::".join(each) for each in NAMED])
def test_a_test_that_the_checklist_names_is_there(path: str, name: str) -> None:
    sought = rf"^def {name}\(" if name else r"^\s*def test_"
    assert re.search(sought, (ROOT / path).read_text(), re.MULTILINE)


def test_every_requirement_is_shown_by_a_test_or_says_what_would_show_it() -> None:
    assert [row[0] for row in ROWS if not re.search(r"`tests/", row[2]) and not row[3]] == []
