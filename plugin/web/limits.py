"""How often one address may ask, and how much all of a shop's visitors together: above that a request answers 429.

Counted in Redis where several processes share it, else by each process alone; and by each alone while Redis is away,
because nobody is turned away for want of a counter. Whoever comes from this machine or its own network is not counted
among visitors: that is a proxy which TRUSTED_PROXIES does not tell of, and all its visitors would count as one.

Not counted: policies that `ReadyAnswers` keeps ready, which cost less than counting; and signed deliveries, because
platforms cut off who refuses them. What may be guessed (claims, orders, links) is counted in the database besides.
"""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import ip_address
from typing import Final, cast

import structlog
from flask import Flask, Response, current_app, g, request
from flask.typing import RouteCallable
from flask_limiter import ApplicationLimit, Limiter

from plugin.domain.shop import Shop
from plugin.web.callers import caller
from plugin.web.deps import deps

_ASKING, _ENTERING, _SHOWING = "5 per minute; 30 per hour", "10 per minute; 60 per hour", "60 per minute"
GUESSED: Final = {
    "admin.send_link": _ASKING,
    "admin.enter": _ENTERING,
    "admin.passkey_enter": _ENTERING,
    "admin.passkey_ask": _SHOWING,
    "admin.try_mail": "6 per minute; 30 per hour",
    "companion.connect": _ENTERING,
}
"""What somebody guessing or flooding would repeat: counted for every address, from wherever."""
_EXTENSION: Final = "aftercare.limits"
_AWAY_SECONDS: Final = 0.3
"""A visitor waits no longer for Redis."""
_PURPOSE: Final = "rate limit v1"
_log = structlog.get_logger("aftercare.web")


@dataclass(frozen=True, slots=True)
class Share:
    """What one address may ask of these endpoints, and all who visit one shop together (None: as much as they like)."""

    begins: str
    address: str
    shop: str | None = None


SHARES: Final = (
    Share("storefront.api.", "600 per minute", "12000 per minute"),
    Share("aftersales.", "300 per minute", "6000 per minute"),
    Share("documents.", "60 per minute", "600 per minute"),
    Share("portal.", "180 per minute", "3000 per minute"),
    Share("withdrawal.", "120 per minute"),
    Share("evidence.", "600 per minute", "6000 per minute"),
    *(Share(f"extensions.{each}", "300 per minute") for each in ("withdrawal", "check", "declare")),
    Share("extensions.", "300 per minute", "12000 per minute"),
    Share("companion.", "1200 per minute", "12000 per minute"),
    Share("install_", "30 per minute"),
    Share("admin.", "1800 per minute"),
    Share("case_file_key.", "60 per minute"),
    Share("docs.", "120 per minute"),
    Share("front_door.", "60 per minute"),
    Share("demo.", "300 per minute"),
    Share("observe.readyz", "120 per minute"),
    Share("observe.metrics", "120 per minute"),
)
"""Endpoints that begin so count together. Generous: behind one address may be a company, or a town.

No shop's visitors together are kept from its withdrawal function, which has rows of its own: it has to be there all
the time (Directive 2011/83/EU, article 11a(1)), and ten addresses could take it from all the others. Nor is a shop kept
from being installed: who it is has not been shown by then, and a stranger could say its name.
"""


@dataclass(frozen=True, slots=True)
class RateLimits:
    """The counters of one application."""

    limiter: Limiter
    is_shared: bool
    count: Callable[[], None]
    """Count this request for the shop in `g`. Raises `RateLimitExceeded`."""

    def are_shared(self) -> bool:
        """Whether the counters are where they ought to be; asks Redis, when there is one."""
        return not self.is_shared or bool(self.limiter.storage.check())


def limit_repeats(app: Flask, redis_url: str | None = None) -> None:
    """Count what is asked of `app`; called once all its routes are there."""
    waits = {"socket_timeout": _AWAY_SECONDS, "socket_connect_timeout": _AWAY_SECONDS} if redis_url else {}
    limiter = Limiter(
        _who,
        app=app,
        application_limits=list(_floods()),
        storage_uri=redis_url or "memory://",
        storage_options=cast("dict[str, str | int]", waits),
        in_memory_fallback_enabled=redis_url is not None,
        swallow_errors=redis_url is not None,
        key_prefix="aftercare",
    )
    for endpoint, limit in GUESSED.items():
        app.view_functions[endpoint] = cast("RouteCallable", limiter.limit(limit)(app.view_functions[endpoint]))
    if not any(isinstance(each, _Told) for each in limiter.logger.handlers):  # one logger for all of a process
        limiter.logger.addHandler(_Told())
        limiter.logger.setLevel(logging.INFO)  # that Redis is back is told so
        limiter.logger.propagate = False
    app.extensions[_EXTENSION] = RateLimits(limiter, redis_url is not None, _counting_shops(limiter))

    def say_when(answer: Response) -> Response:
        breached = limiter.current_limit if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS else None
        if breached is not None and breached.breached and "Retry-After" not in answer.headers:
            answer.headers["Retry-After"] = str(max(1, round(breached.reset_at - time.time())))
        return answer

    app.after_request(say_when)


def count_shop(shop: Shop) -> None:
    """Count a request that shows by what it signed which shop it is of: an address that names one is counted before.

    Never by what is merely said, or strangers could use up a shop's share. Raises `RateLimitExceeded`.
    """
    g.counted_shop = shop.key
    limits: RateLimits | None = current_app.extensions.get(_EXTENSION)
    if limits is not None:
        limits.count()


def _counting_shops(limiter: Limiter) -> Callable[[], None]:
    @limiter.shared_limit(
        lambda: _share().shop or "1 per minute",
        scope="signed",
        key_func=lambda: f"{_share().begins}{g.counted_shop}",
        exempt_when=lambda: _is_free() or not _share().shop,
    )
    def counted() -> None:
        """Nothing to do where nothing is breached."""

    return counted


def rate_limits(app: Flask) -> RateLimits:
    """The counters of an app."""
    return cast("RateLimits", app.extensions[_EXTENSION])


def _floods() -> Iterator[ApplicationLimit]:
    yield ApplicationLimit(
        limit_provider=lambda: _share().address,
        key_function=lambda: f"{_share().begins}{_who()}",
        exempt_when=lambda: _is_free() or not _share().begins,
        scope="address",
    )
    yield ApplicationLimit(
        limit_provider=lambda: _share().shop or "1 per minute",
        key_function=lambda: f"{_share().begins}{_shop()}",
        exempt_when=lambda: _is_free() or not _share().shop or not _shop(),
        scope="shop",
    )


UNCOUNTED: Final = ("static", "storefront.widgets.file", "webhooks.", "carrier_pushes.", "observe.healthz")
"""Endpoints that begin so are asked as often as anybody likes: docs/operating/rate-limits.md says why."""
_NONE: Final = Share("", "1 per minute")


def _share() -> Share:
    return next((each for each in SHARES if (request.endpoint or "").startswith(each.begins)), _NONE)


def _shop() -> str:
    return str((request.view_args or {}).get("shop_key", ""))


def _is_free() -> bool:
    if request.method == "OPTIONS":
        return True
    try:
        return ip_address(request.remote_addr or "").is_private  # loopback too
    except ValueError:
        return True


def _who() -> str:
    """Whose requests count together, without telling an address to Redis or a log."""
    return deps().secrets.sign(_PURPOSE, caller()).hex()[:24]


class _Told(logging.Handler):
    """Says in our own log when Redis went away and came back; what the package logs of single visitors goes nowhere."""

    def emit(self, record: logging.LogRecord) -> None:
        """One line, without what the package says: it may name an address."""
        if "recovered" in record.msg:
            _log.info("rate_limits_shared_again")
        elif record.levelno >= logging.WARNING:
            _log.warning("rate_limits_counted_alone")
