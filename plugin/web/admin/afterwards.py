"""Work that nobody may notice by how long an answer takes: a thread of its own does it, one piece after the other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

import structlog
from flask import Flask, current_app

from plugin import log

KEY = "afterwards"


def prepare(app: Flask) -> None:
    """Give the app its thread, which ends what it was given before the process ends."""
    app.extensions[KEY] = ThreadPoolExecutor(1, KEY)


def do(work: Callable[[], None]) -> None:
    """Have it done; what it logs is about this request. Whoever is killed by SIGKILL takes what waits along."""
    current_app.extensions[KEY].submit(copy_context().run, _aloud, work)


def _aloud(work: Callable[[], None]) -> None:
    try:
        work()
    except Exception as error:  # noqa: BLE001 - nobody else would hear of it
        structlog.get_logger("aftercare.web").error("undone", error=log.told(error))
