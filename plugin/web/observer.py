"""What is known of one answered request: a counter, a duration and a log line; no more, since more may be personal."""

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram

_log = structlog.get_logger("aftercare.web")
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Observer:
    """Counts, times and logs the requests that one application answers."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "aftercare_requests", "Requests by endpoint and status", ["endpoint", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "aftercare_request_seconds", "Time to answer", ["endpoint"], registry=self.registry, buckets=_BUCKETS
        )

        self._kept: dict[tuple[str, int], tuple[Counter, Histogram]] = {}

    def answered(self, endpoint: str, method: str, status: int, seconds: float) -> None:
        """One request of this endpoint was answered with this HTTP status, `seconds` after it came in."""
        count, duration = self._kept.get((endpoint, status)) or self._keep(endpoint, status)
        count.inc()
        duration.observe(seconds)
        _log.info("request", endpoint=endpoint, method=method, status=status, ms=round(seconds * 1000, 1))

    def _keep(self, endpoint: str, status: int) -> tuple[Counter, Histogram]:
        """Found once: the library looks labels up under a lock, each time."""
        kept = self._requests.labels(endpoint, status), self._seconds.labels(endpoint)
        self._kept[endpoint, status] = kept
        return kept
