"""What only the worker loads: karrio, and how each carrier is asked and read.

Importing anything of this package imports karrio first, with what that does to the whole process undone (`sdk`).
"""

from integrations.carriers.karrio.worker import sdk

__all__ = ["sdk"]
