"""The inbox as those meet it who bring something, whichever merchant it is for."""

from collections.abc import Sequence
from typing import Protocol

from plugin.domain.stored import Arrival


class Arrivals(Protocol):
    """Across merchants: keeps what platforms send, many messages at once."""

    @property
    def writers(self) -> int:
        """How many commits side by side are quicker than one after the other."""
        ...

    def keep(self, arrivals: Sequence[Arrival]) -> None:
        """Keep all in one commit, or none; a delivery that waits already is not kept twice."""
        ...
