"""No scanner: says so, and says nothing more."""

from collections.abc import Iterable

from plugin.domain.evidence import ScanState


class NoScanner:
    """`plugin.ports.scanner.Scanner` of an installation that named none."""

    def scan(self, content: Iterable[bytes]) -> ScanState:  # noqa: ARG002 - the port's signature
        """Nobody looked."""
        return ScanState.NOT_SCANNED
