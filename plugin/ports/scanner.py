"""Looks for viruses in what strangers send."""

from collections.abc import Iterable
from typing import Protocol

from plugin.domain.evidence import ScanState


class Scanner(Protocol):
    """Says what it found; `NOT_SCANNED` where nobody looks."""

    def scan(self, content: Iterable[bytes]) -> ScanState:
        """Look at a whole file, once through. Raises `Unavailable`."""
        ...
