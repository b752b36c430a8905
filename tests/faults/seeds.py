"""The seed of a test that draws its own chances: another one each time, told when the test fails, and taken again."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

SEED = "FAULTS_SEED"
"""The variable that names one to take again. It draws the same acts; the machine's own pace is drawn by nobody."""


@contextmanager
def seeded() -> Iterator[Random]:
    """Chance, for the length of a block."""
    seed = int(os.environ.get(SEED) or secrets.randbits(32))
    try:
        yield Random(seed)  # noqa: S311 - chance that can be taken again, and nothing secret
    except BaseException as error:
        error.add_note(f"Again, with the same acts: {SEED}={seed}")
        raise
