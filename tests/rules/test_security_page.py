"""The page about security names tests that exist, and none of its abuses is without one."""

from __future__ import annotations

import re

import pytest

from tests.support.repository import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text()
ABUSES = PAGE.partition("## What could be done")[2].partition("\n## ")[0]
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in ABUSES.splitlines() if line.startswith("| ")]
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)))


def test_every_abuse_has_a_control_and_a_test() -> None:
    assert len(ROWS) > 25
    assert [row[0] for row in ROWS if len(row) != 3 or not all(row)] == []
    assert [row[0] for row in ROWS[2:] if "`tests/" not in row[2]] == []


@pytest.mark.parametrize(("path", "name"), NAMED, ids=["::".join(each) for each in NAMED])
def test_a_test_that_the_page_names_is_there(path: str, name: str) -> None:
    sought = rf"^def {name}\(" if name else r"^\s*def test_"
    assert re.search(sought, (ROOT / path).read_text(), re.MULTILINE)
