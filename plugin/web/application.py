"""The Flask application, with a log that tells what broke without telling about whom, and made in little time."""

from collections.abc import Callable
from traceback import extract_tb
from types import CodeType, TracebackType
from typing import Any

import structlog
from flask import Flask, request
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

_FRAMES = 12


class _Route(Rule):
    """Werkzeug writes and compiles two functions for every route when it is added; here when an address is first built.

    Of 300 routes a process needs few, and the rest was nine tenths of what making the application took.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:  # noqa: FBT001, FBT002 - theirs
        return _Route._first_unknown if append_unknown else _Route._first

    def _first(self, **values: Any) -> tuple[str, str]:  # noqa: ANN401 - whatever the address is built of
        self._build = super()._compile_builder(append_unknown=False).__get__(self)
        return self._build(**values)

    def _first_unknown(self, **values: Any) -> tuple[str, str]:  # noqa: ANN401 - likewise
        self._build_unknown = super()._compile_builder(append_unknown=True).__get__(self)
        return self._build_unknown(**values)


class _CompiledTemplates(BytecodeCache):
    """Keeps them for all applications of a process, which are many in tests."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key, bucket.checksum] = bucket.code


class Application(Flask):
    """Flask's own log line names the path, which may hold a token, and the error's message, which may hold a name."""

    url_rule_class = _Route
    jinja_options: dict[str, Any] = {"bytecode_cache": _CompiledTemplates()}  # noqa: RUF012 - as Flask declares it

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
