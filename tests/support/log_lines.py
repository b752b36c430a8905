"""What is logged meanwhile, whichever way the process was set up before."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from structlog.testing import capture_logs
from structlog.typing import EventDict, Processor

from plugin.log import PROCESSORS


@contextmanager
def log_lines(*processors: Processor) -> Iterator[list[EventDict]]:
    """The events of this block. A logger that was used before keeps the app's processors, so they are listened at.

    `processors`: those of the app's that are to work meanwhile.
    """
    before = structlog.get_config()["processors"]
    structlog.configure(processors=PROCESSORS)
    try:
        with capture_logs(processors) as lines:
            yield lines
    finally:
        structlog.configure(processors=before)
