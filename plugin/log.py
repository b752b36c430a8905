"""One JSON line per event, on standard error; never personal data, tokens or bodies."""

import logging
import sys

import structlog


def configure() -> None:
    """Set the process's log format; DBOS and gunicorn speak through the standard library at warning and above."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
