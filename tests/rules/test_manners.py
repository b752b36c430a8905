"""What no file of this repository may contain, and what every exception from a rule must say."""

from __future__ import annotations

import io
import re
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.repository import ROOT, files, python_files, text_of

# Written so that the patterns do not match themselves.
PLACES = {
    "a home folder": r"/(?:root|home/[a-z]\w*|Users/[A-Za-z]\w*)/",
    "a build machine's folder": r"/(?:work|opt/(?:wheels|pypi))\b/",
    "a package registry": r"\b(?:pypi|pythonhosted|npmjs)\.(?:org|com)\b",
}
UNFINISHED = re.compile(r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME")) + r")\b")
RECORDED = (ROOT / "tests" / "payloads", ROOT / "package-lock.json", ROOT / "LICENSE", ROOT / "static" / "admin")
REASON = re.compile(r"#\s*(?:noqa: [A-Z]+\d+(?:, [A-Z]+\d+)*|type: ignore\[[a-z-]+(?:, ?[a-z-]+)*\])\s+(?:- |# ?)\S")
EXCEPTION = re.compile(r"#\s*(?:noqa|type:\s*ignore)", re.IGNORECASE)
NOSEC = re.compile(r"#\s*nosec", re.IGNORECASE)
NOSEC_REASON = re.compile(r"#\s*nosec B\d{3}(?:, B\d{3})* # (?:noqa: [A-Z]+\d+ - )?\w")


def ours() -> Iterator[tuple[Path, str]]:
    for path in files():
        if not any(path.is_relative_to(recorded) for recorded in RECORDED):
            yield path, text_of(path)


def comments(text: str) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def unexplained(text: str) -> list[int]:
    """Return the lines whose exception from a rule lacks its code or its reason."""
    if not EXCEPTION.search(text) and not NOSEC.search(text):  # most of all files: reading their tokens costs seconds
        return []
    rules = ((EXCEPTION, REASON), (NOSEC, NOSEC_REASON))
    said = [(line, comment, rule) for line, comment in comments(text) for rule in rules]
    return [line for line, comment, (taken, told) in said if taken.search(comment) and not told.search(comment)]


@pytest.mark.parametrize("place", PLACES)
def test_no_file_names_a_place_that_other_machines_do_not_have(place: str) -> None:
    pattern = re.compile(PLACES[place])
    assert [f"{path.relative_to(ROOT)}: {found[0]}" for path, text in ours() if (found := pattern.search(text))] == []


def test_nothing_is_left_for_later_in_a_comment() -> None:
    assert [
        f"{path.relative_to(ROOT)}: {found[0]}" for path, text in ours() if (found := UNFINISHED.search(text))
    ] == []


def test_every_exception_from_a_rule_has_its_code_and_its_reason() -> None:
    assert [
        f"{path.relative_to(ROOT)}:{line}" for path in python_files() for line in unexplained(path.read_text())
    ] == []


@pytest.mark.parametrize(
    "comment",
    [
        "# noqa",
        "# noqa: E501",
        "# type: ignore",
        "# type: ignore[arg-type]",
        "# NOQA - because",
        "# nosec",
        "# nosec B608",
    ],
)
def test_the_rule_sees_an_exception_without_code_or_reason(comment: str) -> None:
    assert unexplained(f"x = 1  {comment}\n") == [1]


@pytest.mark.parametrize(
    "comment",
    [
        *("# noqa: E501 - a link", "# type: ignore[arg-type] - the stub is wrong", "# a remark"),
        *("# nosec B608 # our own names", "# nosec B608 # noqa: S608 - our own names"),
    ],
)
def test_the_rule_accepts_an_exception_that_explains_itself(comment: str) -> None:
    assert unexplained(f"x = 1  {comment}\n") == []


def test_every_lint_rule_we_opt_out_of_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    lint = tomllib.loads(text)["tool"]["ruff"]["lint"]
    listed = re.findall(r'^  "([A-Z]+\d*)",(.*)$', text, re.MULTILINE)
    assert {code for code, _ in listed} >= set(lint["ignore"])
    assert [code for code, comment in listed if not comment.strip().startswith("# ")] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        path
        for path in python_files()
        if path.is_relative_to(ROOT / "plugin") and not re.match(r'\s*"""', path.read_text())
    ]
    assert [str(path.relative_to(ROOT)) for path in silent if path.stat().st_size] == []


def test_a_page_changes_nothing_but_through_a_use_case_its_own_notices_aside() -> None:
    pages = (path for path in python_files() if path.is_relative_to(ROOT / "plugin" / "web"))
    committing = {str(path.relative_to(ROOT)) for path in pages if ".commit()" in path.read_text()}
    assert committing == {"plugin/web/admin/notices.py"}
