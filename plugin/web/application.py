"""The Flask application, with a log that tells what broke without telling about whom."""

from traceback import extract_tb
from types import TracebackType

import structlog
from flask import Flask, request

_FRAMES = 12


class Application(Flask):
    """Flask's own log line names the path, which may hold a token, and the error's message, which may hold a name."""

    def log_exception(self, exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None]) -> None:
        """Log the endpoint, the kinds of error and where they came from, innermost last."""
        _, error, trace = exc_info
        structlog.get_logger("aftercare.web").error(
            "failed",
            endpoint=request.endpoint or "none",
            method=request.method,
            error=[type(each).__qualname__ for each in _causes(error)],
            at=[f"{frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(trace)[-_FRAMES:]],
        )


def _causes(error: BaseException | None) -> list[BaseException]:
    """The error and what it came from."""
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found
