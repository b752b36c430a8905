"""The page about accessibility names tests that exist, and leaves no clause and no criterion out."""

from __future__ import annotations

import re

import pytest

from tests.support.repository import ROOT, files, text_of

PAGE = (ROOT / "docs" / "accessibility.md").read_text()
CLAUSES = PAGE.partition("## EN 301 549, clause by clause")[2].partition("\n## ")[0]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in CLAUSES.splitlines()
    if re.match(r"\| (?!clause|---)", line)
]
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)))
SHOWN = re.compile(r"`tests/|^does not apply|^by hand$|\b(?:looks|walks|keys)\b")
CRITERIA = {
    *("1.1.1", "1.2.1", "1.2.2", "1.2.3", "1.2.4", "1.2.5", "1.3.1", "1.3.2", "1.3.3", "1.3.4", "1.3.5"),
    *("1.4.1", "1.4.2", "1.4.3", "1.4.4", "1.4.5", "1.4.10", "1.4.11", "1.4.12", "1.4.13"),
    *("2.1.1", "2.1.2", "2.1.4", "2.2.1", "2.2.2", "2.3.1", "2.4.1", "2.4.2", "2.4.3", "2.4.4", "2.4.5", "2.4.6"),
    *("2.4.7", "2.5.1", "2.5.2", "2.5.3", "2.5.4", "3.1.1", "3.1.2", "3.2.1", "3.2.2", "3.2.3", "3.2.4"),
    *("3.3.1", "3.3.2", "3.3.3", "3.3.4", "4.1.1", "4.1.2", "4.1.3"),
}
"""Levels A and AA of WCAG 2.1, which are clauses 9.1.1.1 to 9.4.1.3 of EN 301 549 V3.2.1."""
OUGHT_NOT = re.compile(
    r"<(?:video|audio)\b|autoplay|@keyframes|\banimation:|\(orientation:|device(?:motion|orientation)"
    r"|\b(?:touch(?:start|move|end)|pointer(?:down|move)|mouse(?:down|move)|drag(?:start|over))\b"
)


def clauses() -> set[str]:
    """Every number in the first column, ranges written out."""
    found = set()
    for row in ROWS:
        for each in row[0].split(", "):
            first, _, last = each.partition("–")
            start, _, end = first.rpartition(".")
            to = last.rpartition(".")[2] if last else end
            found |= {f"{start}.{number}".lstrip(".") for number in range(int(end), int(to) + 1)}
    return found


def test_every_clause_is_shown_by_a_test_or_says_why_not() -> None:
    assert {each.removeprefix("9.") for each in clauses() if re.fullmatch(r"9(\.\d+){3}", each)} == CRITERIA
    assert {each.partition(".")[0] for each in clauses()} == {str(chapter) for chapter in range(5, 14)}
    assert [row[0] for row in ROWS if len(row) != 4 or not SHOWN.search(row[3])] == []


@pytest.mark.parametrize(("path", "name"), NAMED, ids=["::".join(each) for each in NAMED])
def test_a_test_that_the_page_names_is_there(path: str, name: str) -> None:
    assert re.search(rf"^def {name}\(", (ROOT / path).read_text(), re.MULTILINE)


def test_nothing_of_ours_plays_turns_shakes_or_drags() -> None:
    """Scripts, styles and pages that people meet; what others wrote is left out."""
    ours = ("plugin/web/", "static/", "widgets/", "extensions/", "wordpress/aftercare/")
    kinds = {".html", ".css", ".js", ".ts", ".tsx", ".liquid", ".php"}
    met = {
        path.relative_to(ROOT).as_posix(): found[0]
        for path in files()
        if path.suffix in kinds and path.relative_to(ROOT).as_posix().startswith(ours) and path.name != "htmx.min.js"
        if (found := OUGHT_NOT.search(text_of(path)))
    }
    assert met == {}
