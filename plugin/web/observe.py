"""What operators see: one log line per request, numbers at /metrics, liveness and readiness.

No query string, body, cookie or address reaches a log line: they may hold personal data or tokens.
"""

import os
import time
from dataclasses import dataclass, field
from functools import partial
from hmac import compare_digest
from http import HTTPStatus
from pathlib import Path

import msgspec
from flask import Blueprint, Flask, Response, abort, current_app, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from plugin.web.deps import deps, deps_of
from plugin.web.limits import rate_limits
from plugin.web.measures import Measures
from plugin.web.observer import Observer
from plugin.web.readiness import readiness

blueprint = Blueprint("observe", __name__)
_METRICS = "aftercare.metrics"
_SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""Where prometheus_client adds up the processes of one machine; `gunicorn.conf.py` sets it where there are several."""


@dataclass(frozen=True, slots=True)
class _Metrics:
    """What is counted here, what is asked at a scrape, where files are kept, and the token of who may read it."""

    counted: CollectorRegistry
    measured: CollectorRegistry
    home: Path
    token: str | None = field(repr=False)


def observe(app: Flask, metrics_token: str | None = None, *, home: Path = Path()) -> Observer:
    """Count, time and log every request of `app`; who sends `metrics_token` may read the numbers, else nobody."""
    observer = Observer()
    measured = CollectorRegistry(auto_describe=False)
    measured.register(Measures(partial(deps_of, app), home))
    app.extensions[_METRICS] = _Metrics(observer.registry, measured, home, metrics_token)

    def start() -> None:
        g.started = time.perf_counter()

    def finish(response: Response) -> Response:
        took = time.perf_counter() - g.get("started", time.perf_counter())
        observer.answered(request.endpoint or "none", request.method, response.status_code, took)
        return response

    app.before_request(start)
    app.after_request(finish)
    app.register_blueprint(blueprint)
    return observer


@blueprint.get("/healthz")
def healthz() -> Response:
    """Alive: the process answers; nothing else is asked, so that a database that is away gets nobody restarted."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def readyz() -> Response:
    """Ready to be sent requests, and why not: in words that anybody may read."""
    found = readiness(deps().vitals, _kept().home, deps().clock.now())
    status = HTTPStatus.OK if found.is_ready else HTTPStatus.SERVICE_UNAVAILABLE
    away = {} if rate_limits(current_app).are_shared() else {"rate_limits": "redis_away"}  # no reason to send nobody
    body = msgspec.json.encode({"ready": found.is_ready, **found.facts, **away})
    return Response(body, status, mimetype="application/json", headers={"Cache-Control": "no-store"})


@blueprint.get("/metrics")
def metrics() -> Response:
    """Numbers in Prometheus' text format, for the bearer of the token; to everybody else there is no such page."""
    kept = _kept()
    given = request.authorization
    token = given.token if given and given.type == "bearer" else None
    if not kept.token or not token or not compare_digest(token.encode(), kept.token.encode()):
        abort(HTTPStatus.NOT_FOUND)
    told = generate_latest(_counted(kept)) + generate_latest(kept.measured)
    return Response(told, mimetype=CONTENT_TYPE_LATEST)


def _counted(kept: _Metrics) -> CollectorRegistry:
    """Of all processes of this machine, whichever of them answers."""
    if not os.environ.get(_SHARED):
        return kept.counted
    added_up = CollectorRegistry()
    MultiProcessCollector(added_up)  # type: ignore[no-untyped-call]  # the library's own
    return added_up


def _kept() -> _Metrics:
    kept: _Metrics = current_app.extensions[_METRICS]
    return kept
