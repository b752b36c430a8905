"""What a merchant has set for returns, on record; sealed, keys and all."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from plugin.domain.returning.points import DropOffPoint
from plugin.domain.returning.settings import ReturnSettings


class ReturnDesk(Protocol):
    """The settings of one merchant, and the list of points where parcels can be handed in."""

    def settings(self) -> ReturnSettings:
        """`NOTHING_SET` while nothing was."""
        ...

    def save(self, settings: ReturnSettings, at: datetime) -> None:
        """Put them in the place of the last."""
        ...

    def points(self) -> Sequence[DropOffPoint]:
        """Empty while no list was uploaded."""
        ...

    def save_points(self, points: Sequence[DropOffPoint], at: datetime) -> None:
        """Put a list in the place of the last."""
        ...
