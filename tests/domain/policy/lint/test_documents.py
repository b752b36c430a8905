"""The page about policy files names every field there is, and its examples are policies nothing is wrong with."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from plugin.domain.policy.document import schema
from plugin.domain.policy.lint import Finding, Severity
from tests.domain.policy.lint.format_tables import tables

FOLDER = Path(__file__).parents[4] / "docs" / "policies"
EXAMPLES = sorted(FOLDER.glob("*.json"))
Check = Callable[..., tuple[Finding, ...]]


def documented() -> dict[str, list[tuple[str, ...]]]:
    """The first three columns of the table under each heading."""
    text = (FOLDER / "README.md").read_text("utf-8")
    sections = re.findall(r"^### (\w+)\n(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL)
    rows = {
        name: re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \| (.+?) \|$", body, re.MULTILINE) for name, body in sections
    }
    return {name: [row[:3] for row in found] for name, found in rows.items()}


def test_every_field_is_documented_as_the_schema_has_it() -> None:
    assert documented() == tables(schema())


def test_there_are_examples_and_the_page_names_each() -> None:
    text = (FOLDER / "README.md").read_text("utf-8")
    assert len(EXAMPLES) >= 3
    assert all(f"({path.name})" in text for path in EXAMPLES)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_an_example_breaks_no_law_and_promises_nothing_vague(path: Path, check: Check) -> None:
    found = check(json.loads(path.read_text("utf-8")), is_live=True)
    assert [finding for finding in found if finding.severity is Severity.ERROR or finding.code == "vague_promise"] == []
