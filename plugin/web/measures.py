"""What /metrics tells beside requests: each number with what it means; `docs/metrics.md` says what to do about it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import groupby
from pathlib import Path
from shutil import disk_usage
from typing import Final, TypeVar

import structlog
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from plugin import VERSION
from plugin.ports.deps import Deps
from plugin.ports.vitals import BOUNDS, Measure, Vitals, Worker

HELP: Final = {
    "aftercare_build": "Always 1; the release that answers",
    "aftercare_scrape_failed": "1 where a part could not be asked just now: its numbers are missing, not 0",
    "aftercare_disk_free_bytes": "What is left where AFTERCARE_HOME is",
    "aftercare_disk_bytes": "The size of the disk where AFTERCARE_HOME is",
    "aftercare_worker_silent_seconds": "Since a worker slot was last heard of; each tells of itself every 15 seconds",
    "aftercare_jobs": "Effects that wait for a worker or run",
    "aftercare_job_oldest_seconds": "How long the oldest effect waits for a worker",
    "aftercare_effects_failed": "Effects that ran out of tries and wait for somebody",
    "aftercare_deliveries_waiting": "Webhooks that are kept and not applied yet",
    "aftercare_delivery_oldest_seconds": "How long ago the delivery came that is next in line",
    "aftercare_records_parked": "Records that could not be read, and wait for somebody",
    "aftercare_carrier_pushes_waiting": "What carriers pushed and is not applied yet",
    "aftercare_carrier_push_oldest_seconds": "How long ago the push came that is next in line",
    "aftercare_carrier_accounts": "Accounts with carriers by how their breaker stands",
    "aftercare_carrier_quota": "Accounts with carriers by whether their quota is used up",
    "aftercare_shop_connections": "Connected shops by whether they can be read",
    "aftercare_claims_open": "Open claims by tier, and whether something is due within a day, overdue or later",
    "aftercare_letters": "Letters that are to be sent, and those that were parked",
    "aftercare_letter_oldest_seconds": "How long the oldest letter waits that is still tried",
    "aftercare_refunds_failed": "Refunds that came to nothing, or whose outcome nobody knows: a person has to look",
    "aftercare_database_connections": "Connections to PostgreSQL by state, of all processes",
    "aftercare_database_connections_most": "How many connections PostgreSQL takes",
}
JOB_SECONDS: Final = "aftercare_job_seconds"
JOB_FAILURES: Final = "aftercare_job_failures"
T = TypeVar("T")
Ask = Callable[[], Sequence[Measure]]
_log = structlog.get_logger("aftercare.web")


class Measures(Collector):
    """Asked anew at each scrape, part by part: one that fails leaves the others as they are."""

    def __init__(self, at: Callable[[], Deps], home: Path) -> None:
        self._at = at
        self._home = home

    def describe(self) -> Iterable[Metric]:
        """Nothing: registering asks no database."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """What is true just now."""
        vitals, now = self._at().vitals, self._at().clock.now()
        workers: list[Worker] = []
        found = [Measure("aftercare_build", 1, {"version": VERSION})]
        is_there = _tried("database", lambda: bool(vitals.schema())) is not None
        asked: dict[str, Ask] = {"disk": lambda: _disk(self._home)}
        asked |= {part: partial(vitals.measure, part, now) for part in vitals.parts}
        asked["workers"] = lambda: _silences(workers, vitals, now)
        for part, ask in asked.items():
            told = _tried(part, ask) if is_there or part == "disk" else None
            found += told or ()
            found.append(Measure("aftercare_scrape_failed", int(told is None), {"part": part}))
        yield from _families(found)
        yield from _of_jobs(workers)


def _tried(part: str, ask: Callable[[], T]) -> T | None:
    """None: it could not be asked; whatever the reason, the rest is told."""
    try:
        return ask()
    except Exception as error:  # noqa: BLE001 - told as failed, and in the log
        _log.warning("scrape_failed", part=part, error=type(error).__name__)
        return None


def _disk(home: Path) -> Sequence[Measure]:
    usage = disk_usage(home)
    return (Measure("aftercare_disk_free_bytes", usage.free), Measure("aftercare_disk_bytes", usage.total))


def _silences(workers: list[Worker], vitals: Vitals, now: datetime) -> Sequence[Measure]:
    workers += vitals.workers()
    told = "aftercare_worker_silent_seconds"
    return [Measure(told, (now - each.beat_at).total_seconds(), {"slot": each.slot}) for each in workers]


def _families(measures: Iterable[Measure]) -> Iterator[Metric]:
    by_name = groupby(sorted(measures, key=lambda each: each.name), lambda each: each.name)
    for name, group in by_name:
        rows = list(group)
        family = GaugeMetricFamily(name, HELP[name], labels=list(rows[0].labels))
        for row in rows:
            family.add_metric(list(row.labels.values()), row.value)
        yield family


def _of_jobs(workers: Sequence[Worker]) -> Iterator[Metric]:
    """Counted by each worker since it started: a restart is a reset, as Prometheus expects of counters."""
    labels = ["slot", "job"]
    took = HistogramMetricFamily(JOB_SECONDS, "How long attempts of jobs took", labels=labels)
    failed = CounterMetricFamily(JOB_FAILURES, "Attempts of jobs that failed", labels=labels)
    for worker in workers:
        for job, count in sorted(worker.counts.items()):
            every = count.done + count.failed
            buckets = [(str(bound), within) for bound, within in zip(BOUNDS, count.within, strict=True)]
            took.add_metric([worker.slot, job], [*buckets, ("+Inf", every)], count.seconds)
            failed.add_metric([worker.slot, job], count.failed)
    yield took
    yield failed
