"""What staff said of their shops' setup."""

from collections.abc import Sequence
from typing import Protocol

from plugin.domain.ids import ShopId
from plugin.domain.setup_word import SetupStep, SetupWord


class SetupWords(Protocol):
    """One merchant's, at most one a shop and step."""

    def save(self, word: SetupWord) -> None:
        """Insert, or put in the last one's place."""
        ...

    def of(self, shop: ShopId) -> Sequence[SetupWord]:
        """Everything said of a shop, by step."""
        ...

    def remove(self, shop: ShopId, step: SetupStep) -> None:
        """Take it back; what was never said is no error."""
        ...
