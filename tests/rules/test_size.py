"""Hard stops: 300 lines a module, 40 lines a function. Data that is declared, not decided, may be longer."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support.repository import ROOT, python_files

MODULE_LINES = 300
FUNCTION_LINES = 40
MIGRATIONS = ROOT / "migrations"


def _lines(node: ast.AST) -> int:
    return (getattr(node, "end_lineno", 0) or 0) - (getattr(node, "lineno", 0) or 0) + 1


def _declared(tree: ast.Module) -> int:
    """Lines of module-level literals: tables, texts, sets of names."""
    literals = (ast.Dict, ast.List, ast.Tuple, ast.Set, ast.Constant, ast.Call)
    return sum(
        _lines(node)
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, literals) and _lines(node) > 1
    )


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The signature and the docstring do not decide anything."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def long_modules(path: Path) -> list[str]:
    text = path.read_text()
    length = len(text.splitlines())
    if length > MODULE_LINES:  # few are, and reading what is declared costs most of this rule's time
        length -= _declared(ast.parse(text))
    return [f"{path}: {length} lines"] if length > MODULE_LINES else []


def long_functions(path: Path) -> list[str]:
    found = _functions(ast.parse(path.read_text()))
    return [
        f"{path}:{each.lineno} {each.name}: {_body_lines(each)} lines"
        for each in found
        if _body_lines(each) > FUNCTION_LINES
    ]


def test_no_module_is_longer_than_a_person_reads_at_once() -> None:
    assert [fault for path in python_files() for fault in long_modules(path)] == []


def test_no_function_is_longer_than_a_screen() -> None:
    deciding = [path for path in python_files() if not path.is_relative_to(MIGRATIONS)]  # those declare tables
    assert [fault for path in deciding for fault in long_functions(path)] == []


def test_the_rule_sees_a_long_module_and_a_long_function(tmp_path: Path) -> None:
    module = tmp_path / "long.py"
    module.write_text("def f():\n" + "    g()\n" * 41 + "h()\n" * 260)
    assert long_functions(module) == [f"{module}:1 f: 41 lines"]
    assert long_modules(module) == [f"{module}: 302 lines"]


def test_a_long_table_of_data_is_allowed(tmp_path: Path) -> None:
    module = tmp_path / "table.py"
    module.write_text("TABLE = {\n" + "".join(f"    {number}: {number},\n" for number in range(400)) + "}\n")
    assert long_modules(module) == []
