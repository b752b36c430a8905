"""Many cases in one test: what is paid for each test is not paid for each case, and a failure still names its case."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def named(*case: object) -> Iterator[None]:
    """Add to what is raised in here which case it was; pytest shows it below the message."""
    try:
        yield
    except Exception as failed:
        failed.add_note(f"in the case of {', '.join(map(str, case))}")
        raise
