"""What operators see: one log line per request, counters at /metrics, liveness and readiness.

No query string, body, cookie or address reaches a log line: they may hold personal data or tokens.
"""

import time
from dataclasses import dataclass, field
from hmac import compare_digest
from http import HTTPStatus

from flask import Blueprint, Flask, Response, abort, current_app, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from plugin.web.deps import deps
from plugin.web.observer import Observer

blueprint = Blueprint("observe", __name__)
_METRICS = "aftercare.metrics"


@dataclass(frozen=True, slots=True)
class _Metrics:
    """What is counted, and the token of who may read it."""

    registry: CollectorRegistry
    token: str | None = field(repr=False)


def observe(app: Flask, metrics_token: str | None = None) -> Observer:
    """Count, time and log every request of `app`; who sends `metrics_token` may read the counters, else nobody."""
    observer = Observer()
    app.extensions[_METRICS] = _Metrics(observer.registry, metrics_token)

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
    """Alive: the process answers."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def readyz() -> Response:
    """Ready: the database answers too."""
    deps().directory.merchants()
    return Response("ready\n", mimetype="text/plain")


@blueprint.get("/metrics")
def metrics() -> Response:
    """Counters in Prometheus' text format, for the bearer of the token; to everybody else there is no such page."""
    kept: _Metrics = current_app.extensions[_METRICS]
    given = request.authorization
    token = given.token if given and given.type == "bearer" else None
    if not kept.token or not token or not compare_digest(token.encode(), kept.token.encode()):
        abort(HTTPStatus.NOT_FOUND)
    return Response(generate_latest(kept.registry), mimetype=CONTENT_TYPE_LATEST)
