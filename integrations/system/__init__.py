"""The machine's own clock and source of randomness."""

from integrations.system.clock import SystemClock
from integrations.system.secrets import SystemSecrets

__all__ = ["SystemClock", "SystemSecrets"]
