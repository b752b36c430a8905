"""Redis, where several hosts share their counters: without it each counts for itself."""

from collections.abc import Iterator
from importlib import import_module

from plugin.doctor.finding import Finding, ok, warning
from plugin.settings import Settings

_CHECK = "rate limits"
_PATIENCE = 2.0


def look(settings: Settings) -> Iterator[Finding]:
    """Ask it whether it is there; nothing is told where none is named, for then one host counts alone."""
    if settings.redis_url is None:
        return
    redis = import_module("redis")  # optional; the settings have seen that it is installed
    try:
        with redis.Redis.from_url(
            settings.redis_url.reveal(), socket_timeout=_PATIENCE, socket_connect_timeout=_PATIENCE
        ) as client:
            client.ping()
    except (redis.RedisError, OSError) as error:
        told = f"Redis does not answer ({type(error).__name__}), so every process counts for itself"
        yield warning(_CHECK, told, "check that it runs, and REDIS_URL")
    else:
        yield ok(_CHECK, "Redis keeps the counters of all processes")
