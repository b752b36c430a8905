"""One JSON line per event, on standard error; never personal data, tokens or bodies."""

import atexit
import json
import logging
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from traceback import extract_tb
from types import MappingProxyType, TracebackType
from typing import IO, Any

import structlog

_SECONDS = 0.05
_EVENTS = 10_000
_FRAMES = 8
_IDS: ContextVar[Mapping[str, str]] = ContextVar("ids", default=MappingProxyType({}))
"""Our own and not structlog's, which keeps a variable for each name: every request would pay several times as much."""


@contextmanager
def about(**ids: str) -> Iterator[None]:
    """Within the block, every line carries these ids (`request`, `merchant`, `shop`, `job_id`); nothing personal."""
    before = _IDS.set({**_IDS.get(), **ids})
    try:
        yield
    finally:
        _IDS.reset(before)


def begin(request: str) -> None:
    """What is told from here on is about this request alone, until `forget`."""
    _IDS.set({"request": request})


def note(**ids: str) -> None:
    """And about these, as has just been found out."""
    _IDS.set({**_IDS.get(), **ids})


def forget() -> None:
    """A thread that goes on to somebody else's request begins with nothing."""
    _IDS.set({})


def request_id() -> str | None:
    """The request that all this began with; None: nobody's, the clock's."""
    return _IDS.get().get("request")


def with_ids(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """The ids of what it is about, unless the line says other ones."""
    return {**_IDS.get(), **event}


_JSON = json.JSONEncoder(default=repr)  # one for good: `json.dumps` would make one for each line
PROCESSORS: list[structlog.typing.Processor] = [
    with_ids,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.JSONRenderer(lambda event, **_: _JSON.encode(event)),
]
"""The same list each time it is configured: a logger keeps the one it was made with, and who listens listens there."""


def configure() -> None:
    """Set the process's log format; DBOS and gunicorn speak through the standard library at warning and above."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    for handler in logging.getLogger().handlers:
        handler.setFormatter(Quiet(logging.BASIC_FORMAT))
    sys.excepthook = _crashed
    threading.excepthook = lambda thread: _crashed(thread.exc_type, thread.exc_value, thread.exc_traceback)
    logging.getLogger("urllib3").setLevel(logging.CRITICAL)  # it tells whole addresses, with keys in their queries
    structlog.configure(
        processors=PROCESSORS,
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=_factory(Lines(sys.stderr)),
        cache_logger_on_first_use=True,
    )


class Quiet(logging.Formatter):
    """Tells kinds and places of an error, not its message, which may name somebody."""

    def formatException(self, ei: Any) -> str:  # noqa: ANN401, N802 - the standard library's
        """On one line."""
        return told(ei[1]) if ei[1] is not None else ""


def told(error: BaseException) -> str:
    """Kinds of an error and of what it came from, and where it was raised, innermost last."""
    kinds: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(kinds) < _FRAMES:
        kinds.append(type(cause).__qualname__)
        cause = cause.__cause__ or cause.__context__
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(error.__traceback__)[-_FRAMES:]]
    return f"{' from '.join(kinds)} at {', '.join(places)}"


def _crashed(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    """What nobody caught, of this process or a thread of it. Whoever sits at a terminal sees it whole."""
    if sys.stderr.isatty() or error is None or isinstance(error, KeyboardInterrupt):
        sys.__excepthook__(kind, error or kind(), trace)
    else:
        structlog.get_logger("aftercare").error("crashed", error=told(error))


class Lines:
    """Writes lines in order: warnings and worse at once, the rest together 50 ms later, or when the process ends.

    A write per request would make sixteen threads wait for each other at every one of them. Whoever is killed by
    SIGKILL takes the informing lines of the last 50 ms along. Where nothing can be written, on a full disk for
    instance, lines are lost: whoever works goes on without a log.
    """

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._waiting: deque[str] = deque()
        self._is_filled = threading.Event()
        self._writing = threading.Lock()
        self._thread: threading.Thread | None = None
        atexit.register(self.flush)

    def info(self, line: str) -> None:
        """Write this line soon."""
        self._waiting.append(line)
        if len(self._waiting) > _EVENTS:
            self.flush()
        elif not self._is_filled.is_set():
            self._wake()

    debug = msg = info

    def warning(self, line: str) -> None:
        """Write this line now, after those that wait."""
        self._waiting.append(line)
        self.flush()

    error = critical = exception = warn = warning

    def flush(self) -> None:
        """Write what waits."""
        with self._writing:
            self._is_filled.clear()
            lines = [self._waiting.popleft() for _ in range(len(self._waiting))]
            if lines:
                with suppress(OSError):
                    self._file.write("\n".join([*lines, ""]))
                    self._file.flush()

    def _wake(self) -> None:
        self._is_filled.set()
        if self._thread is None or not self._thread.is_alive():  # after a fork it is not
            self._thread = threading.Thread(target=self._write_often, name="log", daemon=True)
            self._thread.start()

    def _write_often(self) -> None:
        while self._is_filled.wait():
            time.sleep(_SECONDS)
            self.flush()


def _factory(lines: Lines) -> Callable[..., Lines]:
    return lambda *_names: lines
