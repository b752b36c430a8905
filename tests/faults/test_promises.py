"""What `docs/faults.md` promises is held by tests of that name."""

from __future__ import annotations

import re

from tests.support.repository import ROOT

_NAMED = re.compile(r"`(test_\w+)` \|$", re.MULTILINE)
_DEFINED = re.compile(r"^def (test_\w+)\(", re.MULTILINE)

_ABOUT_THE_SUITE = {"test_invariants.py", "test_promises.py"}
"""Every other file is about faults."""


def test_each_promise_names_a_test_and_each_fault_that_is_tested_is_promised_about() -> None:
    files = [file for suite in ("faults", "soak") for file in (ROOT / "tests" / suite).glob("test_*.py")]
    defined = {
        name for file in files if file.name not in _ABOUT_THE_SUITE for name in _DEFINED.findall(file.read_text())
    }
    assert set(_NAMED.findall((ROOT / "docs" / "faults.md").read_text())) == defined
