"""What `docs/faults.md` promises is held by tests of that name."""

from __future__ import annotations

import re

from tests.support.repository import ROOT

_NAMED = re.compile(r"`(test_\w+)` \|$", re.MULTILINE)
_DEFINED = re.compile(r"^def (test_\w+)\(", re.MULTILINE)


def test_each_promise_names_a_test_and_each_fault_that_is_tested_is_promised_about() -> None:
    suites = [ROOT / "tests" / "soak" / "test_soak.py", *(ROOT / "tests" / "faults").glob("test_[ko]*.py")]
    defined = {name for suite in suites for name in _DEFINED.findall(suite.read_text())}
    assert set(_NAMED.findall((ROOT / "docs" / "faults.md").read_text())) == defined
