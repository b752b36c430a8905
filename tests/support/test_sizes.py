"""Every property is a long suite when the full size is asked for, and none is otherwise."""

import os
import subprocess
import sys

import pytest

from tests.support.repository import ROOT
from tests.support.sizes import EXAMPLES, examples, is_long

PROPERTIES = "tests/domain/service_clock/test_deadline.py"
"""Properties with a size of their own and without, beside plain tests."""


def chosen(*arguments: str) -> list[str]:
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:randomly", "-m", "long", *arguments]
    done = subprocess.run([*command, PROPERTIES], capture_output=True, text=True, check=False, cwd=ROOT)
    return [line.partition("::")[2] for line in done.stdout.splitlines() if "::" in line]


def test_every_property_of_a_file_is_chosen_in_the_full_size() -> None:
    named = chosen("--hypothesis-profile=long")
    assert "test_pauses_neither_lose_nor_gain_any_of_the_time" in named
    assert len(named) == (ROOT / PROPERTIES).read_text().count("@given(")


def test_none_is_chosen_otherwise() -> None:
    assert chosen() == []


@pytest.mark.skipif(is_long(), reason="this is a run of the full size")
def test_a_size_of_its_own_holds_in_a_short_run() -> None:
    assert examples(40) == 40


def test_a_size_of_its_own_grows_with_the_full_size() -> None:
    program = (
        "from hypothesis import settings\nfrom tests.support import sizes\n"
        "sizes.register()\nsettings.load_profile(sizes.LONG)\nprint(sizes.examples(40))"
    )
    environment = os.environ | {EXAMPLES: "123"}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT, env=environment
    )
    assert done.stdout == "123\n"
