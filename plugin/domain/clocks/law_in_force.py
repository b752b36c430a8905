"""The law the clocks are set by."""

from plugin.domain.law.in_force import Law

__all__ = ["Law"]
