"""Nobody but `plugin.domain.decoding` has msgspec make a type ready: two threads that do so at once end the process."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.repository import ROOT

HERE = ROOT / "plugin" / "domain" / "decoding.py"
FOLDERS = ("plugin", "integrations")


def sources() -> Iterator[tuple[Path, str]]:
    """Every module that speaks of msgspec."""
    paths = (path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py")))
    yield from ((path, text) for path in paths if "msgspec" in (text := path.read_text("utf-8")))


def makes_ready(source: str) -> Iterator[int]:
    """The lines where a type is handed to msgspec to read by, or where what does so is given another name."""
    yield from (node.lineno for node in ast.walk(ast.parse(source)) if _names_a_type(node) or _renames(node))


def _names_a_type(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    called, is_typed = ast.unparse(node.func), any(each.arg == "type" for each in node.keywords)
    return called.startswith("msgspec.") and (is_typed or called.endswith((".Decoder", ".convert")))


def _renames(node: ast.AST) -> bool:
    if not isinstance(node, ast.ImportFrom):
        return False
    reads = {"convert", "json", "msgpack"} & {each.name for each in node.names}
    return node.module in {"msgspec.json", "msgspec.msgpack"} or (node.module == "msgspec" and bool(reads))


def test_types_are_made_ready_in_one_place_alone() -> None:
    assert {path for path, text in sources() if any(makes_ready(text))} == {HERE}


@pytest.mark.parametrize(
    "source",
    [
        "a = msgspec.json.Decoder(A)",
        "msgspec.convert(a, A)",
        "msgspec.json.decode(a, type=A, strict=False)",
        "from msgspec.json import decode",
        "from msgspec import json",
    ],
)
def test_the_rule_sees_every_way(source: str) -> None:
    assert list(makes_ready(source)) == [1]


def test_the_rule_lets_be_what_names_no_type() -> None:
    assert list(makes_ready("import msgspec\nfrom msgspec import Struct\nmsgspec.json.decode(a)")) == []
