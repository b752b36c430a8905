"""What `gunicorn.conf.py` makes goes with it, and nothing else does."""

from __future__ import annotations

import os
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.repository import ROOT

NAMES = ("PROMETHEUS_MULTIPROC_DIR", "COUNTS_MADE_HERE")


@pytest.fixture(autouse=True)
def several(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two processes, on a home of their own."""
    monkeypatch.setenv("AFTERCARE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("WEB_CONCURRENCY", "2")
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    yield
    for name in NAMES:
        os.environ.pop(name, None)


def test_a_folder_of_counts_that_the_operator_named_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    runpy.run_path(str(ROOT / "gunicorn.conf.py"))["on_exit"](None)
    assert tmp_path.exists()


def test_a_folder_of_counts_that_was_made_goes_after_a_reload_too() -> None:
    runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    made = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])
    assert made.exists()
    runpy.run_path(str(ROOT / "gunicorn.conf.py"))["on_exit"](None)
    assert not made.exists()
