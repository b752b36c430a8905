"""Virus scanners (`plugin.ports.scanner`): ClamAV's daemon, or nobody."""

from integrations.scanners.clamd import ClamdAddress, ClamdScanner
from integrations.scanners.nobody import NoScanner
from plugin.ports.scanner import Scanner


def open_scanner(address: str | None) -> Scanner:
    """ClamAV's daemon at this address (`host:port` or a socket's path), or nobody."""
    return NoScanner() if address is None else ClamdScanner(ClamdAddress.parse(address))
