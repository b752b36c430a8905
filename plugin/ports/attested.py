"""The legal texts a merchant attested, and the record of which legal words were shown to whom."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from plugin.domain.ids import OrderId
from plugin.domain.legal_documents import AttestedText
from plugin.domain.shown import ShownText


class AttestedTexts(Protocol):
    """Append-only: a text that was shown once can always be shown again as it was."""

    def add(self, text: AttestedText) -> None:
        """Record a text; `Conflict` when this version of it is on record already."""
        ...

    def all(self) -> Sequence[AttestedText]:
        """Every text and version, oldest first."""
        ...


class ShownTexts(Protocol):
    """Append-only proof."""

    def add(self, shown: Iterable[ShownText]) -> None:
        """Record what was shown; the same words of an order are recorded once a moment."""
        ...

    def of(self, order: OrderId) -> Sequence[ShownText]:
        """What was shown for an order, oldest first."""
        ...
