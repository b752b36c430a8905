"""What a mutant meets: the tests that reach its function, each mutant in a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.repository import ROOT
from tools.mutation.__main__ import PACKAGES, asked, chosen

RULES = """
def is_open(day, last):
    return day <= last


def is_last(day, last):
    return day == last


def never_called(day):
    return day + 1
"""
TESTS = """
import pytest
from toy.rules import is_last, is_open


@pytest.fixture(scope="module")
def known():
    return is_last(2, 2)


def test_before_and_after():
    assert is_open(1, 2)
    assert not is_open(3, 2)


def test_nothing():
    pass


def test_the_last_day(known):
    assert known
"""
PROGRAM = """
import sys
from pathlib import Path
from tools.mutation.trial import try_package

trial = try_package("toy", ["test_toy.py"], lambda names: names, Path("made"))
for name, verdict in sorted(trial.verdicts.items()):
    print("verdict", name, verdict)
print(trial.mutants.difference("toy.rules.x_is_open__mutmut_1"))
"""


def tried(folder: Path) -> list[str]:
    (folder / "toy").mkdir()
    (folder / "toy" / "__init__.py").touch()
    (folder / "toy" / "rules.py").write_text(RULES)
    (folder / "test_toy.py").write_text(TESTS)
    (folder / "pyproject.toml").write_text('[tool.mutmut]\nsource_paths = ["toy"]\n[tool.pytest.ini_options]\n')
    command = [sys.executable, "-c", f"import sys; sys.path[:0] = ['.', {str(ROOT)!r}]\n{PROGRAM}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout.splitlines()


def test_a_mutant_is_killed_by_a_test_that_fails_alive_without_one_and_told_apart_where_none_looks(
    tmp_path: Path,
) -> None:
    told = tried(tmp_path)
    assert [line for line in told if line.startswith("verdict")] == [
        "verdict toy.rules.x_is_last__mutmut_1 killed",
        "verdict toy.rules.x_is_open__mutmut_1 alive",
        "verdict toy.rules.x_never_called__mutmut_1 without a test",
        "verdict toy.rules.x_never_called__mutmut_2 without a test",
    ]
    assert "-    return day <= last" in told
    assert "+    return day < last" in told


def test_the_options_that_the_documents_show_are_there(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        asked(["--help"])
    helped = capsys.readouterr().out
    shown = [
        line for line in (ROOT / "docs" / "proof.md").read_text().splitlines() if line.startswith("$ ./script/mutate")
    ]
    assert [re.findall(r"--[a-z]+", line) for line in shown] == [["--sample", "--minutes", "--seed", "--again"]]
    assert all(option in helped for option in re.findall(r"--[a-z]+", shown[0]))
    assert all((ROOT / "plugin" / "domain" / name).is_dir() and name in helped for name in PACKAGES)


def test_the_same_seed_draws_the_same_mutants_and_all_are_drawn_where_nobody_says_how_many() -> None:
    names = [str(number) for number in range(100)]
    drawn = chosen(asked(["law", "--sample", "10"]), names)
    assert drawn == chosen(asked(["law", "--sample", "10", "--seed", "1"]), names)
    assert len(set(drawn)) == 10
    assert drawn != chosen(asked(["law", "--sample", "10", "--seed", "2"]), names)
    assert sorted(chosen(asked(["law", "--sample", "1000"]), names)) == sorted(names)
    assert sorted(chosen(asked(["law", "--minutes", "5"]), names)) == sorted(names)
