"""The inbox as those meet it who bring something, whichever merchant it is for."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from plugin.domain.stored import Arrival

Keep = Callable[[Sequence[Arrival]], None]
"""Keeps all in one commit, or raises and has kept none; a delivery that waits already is not kept twice."""


class Arrivals(Protocol):
    """Across merchants: keeps what platforms send, many messages at once."""

    @property
    def writers(self) -> int:
        """How many commits side by side are quicker than one after the other."""
        ...

    def turn(self) -> AbstractContextManager[Keep]:
        """Wait until it is one's turn to write; within it, what keeps."""
        ...
