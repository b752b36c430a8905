"""Errors as a job may let them out: the engine logs and stores them whole, and a message may name somebody."""

from collections.abc import Iterator
from contextlib import contextmanager
from traceback import extract_tb
from typing import Final

from plugin.ports.errors import Rejected, Unavailable

_FRAMES: Final = 8


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
        raise JobFailed(_told(error)) from None


def _told(error: Exception) -> str:
    kinds: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(kinds) < _FRAMES:
        kinds.append(type(cause).__qualname__)
        cause = cause.__cause__ or cause.__context__
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(error.__traceback__)[-_FRAMES:]]
    return f"{' from '.join(kinds)} at {', '.join(places)}"
