"""Log lines are no part of what is measured in this process."""

from __future__ import annotations

import structlog
from structlog.typing import EventDict

from plugin.log import PROCESSORS


def hush() -> None:
    """Log nothing from here on, whichever logger was used before; `speak` ends it."""
    structlog.configure(processors=PROCESSORS)
    if _drop not in PROCESSORS:
        PROCESSORS.insert(0, _drop)


def speak() -> None:
    """Log again."""
    if _drop in PROCESSORS:
        PROCESSORS.remove(_drop)


def _drop(_logger: object, _method: str, _event: EventDict) -> EventDict:
    raise structlog.DropEvent
