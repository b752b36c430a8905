"""Errors as a job may let them out: the engine logs and stores them whole, and a message may name somebody."""

from collections.abc import Iterator
from contextlib import contextmanager

from plugin import log
from plugin.ports.errors import Rejected, Unavailable


class JobFailed(Exception):
    """A job met an error that nobody foresaw: the kinds of error and where they came from, innermost last."""


@contextmanager
def quiet() -> Iterator[None]:
    """What ports raise passes without what it came from; of anything else kind and place are told, never the words."""
    try:
        yield
    except (Rejected, Unavailable) as error:
        error.__cause__ = None
        error.__suppress_context__ = True
        raise
    except Exception as error:  # noqa: BLE001 - raised as what may be told
        raise JobFailed(log.told(error)) from None
