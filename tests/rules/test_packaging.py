"""The names we install under are ours, and the layers hold."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from plugin import VERSION

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["plugin", "integrations"])
def test_nobody_else_owns_a_name_as_plain_as_ours(name: str) -> None:
    assert set(packages_distributions()[name]) == {"aftercare"}


def test_the_release_is_the_same_in_code_and_project() -> None:
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == VERSION


def test_imports_go_one_way() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
