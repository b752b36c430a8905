"""What operators see: one log line per request, counters at /metrics, liveness and readiness.

No query string, body, cookie or address reaches a log line: they may hold personal data or tokens.
"""

import time
from http import HTTPStatus

import structlog
from flask import Blueprint, Flask, Response, current_app, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest

from plugin.web.deps import deps

blueprint = Blueprint("observe", __name__)
_log = structlog.get_logger("aftercare.web")
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


def observe(app: Flask) -> None:
    """Count, time and log every request of `app`."""
    registry = CollectorRegistry()
    requests = Counter(
        "aftercare_requests", "Requests by endpoint and status", ["endpoint", "status"], registry=registry
    )
    seconds = Histogram(
        "aftercare_request_seconds", "Time to answer", ["endpoint"], registry=registry, buckets=_BUCKETS
    )
    app.extensions["aftercare.metrics"] = registry

    def start() -> None:
        g.started = time.perf_counter()

    def finish(response: Response) -> Response:
        endpoint = request.endpoint or "none"
        took = time.perf_counter() - g.get("started", time.perf_counter())
        requests.labels(endpoint, response.status_code).inc()
        seconds.labels(endpoint).observe(took)
        _log.info(
            "request", endpoint=endpoint, method=request.method, status=response.status_code, ms=round(took * 1000, 1)
        )
        return response

    app.before_request(start)
    app.after_request(finish)
    app.register_blueprint(blueprint)


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
    """Counters in Prometheus' text format; to this machine only, since they tell the store's traffic."""
    if request.remote_addr not in {"127.0.0.1", "::1"}:
        return Response(status=HTTPStatus.NOT_FOUND)
    return Response(generate_latest(current_app.extensions["aftercare.metrics"]), mimetype=CONTENT_TYPE_LATEST)
