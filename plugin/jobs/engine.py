"""The job engine: DBOS Transact, its tables in the app's own database; the only module that imports dbos.

Facts behind the settings (DBOS 3.4): the executor id must be stable per worker slot and never shared, or a second
worker re-runs the first one's live jobs; recovery runs when the same id starts again; the default application version
is a hash of the sources, so old jobs would not be picked up after a deploy; drain rate is bounded by what a look at the
queue may take over polling interval; finished workflows stay until pruned.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from random import uniform
from threading import BoundedSemaphore, Event, Thread
from typing import Any

import structlog
from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions, Serializer, SetWorkflowID
from dbos._error import DBOSMaxStepRetriesExceeded  # exported nowhere else
from sqlalchemy import Connection

from plugin import log
from plugin.domain.effects import Effect
from plugin.jobs import codec
from plugin.jobs.quiet import quiet
from plugin.jobs.strikes import Strikes
from plugin.ports.errors import Rejected, Unavailable

QUEUE = "effects"
CLOCK = "aftercare-clock"
"""The thread that starts what the clock strikes for."""
JOB = "job"
_APPLICATION = "aftercare"
_APPLICATION_VERSION = "1"
_SCHEMA = "dbos"
_TAKEN = 64
"""Of the queue, at the most."""
_THREADS = 16
"""For those that are carried out and those that wait for their next try."""
_AT_ONCE = 8
"""Effects that are carried out: each may want connections to the database, and a place at a shop's or a mail server."""
_MAX_ATTEMPTS = 6
_BACKOFF = 4.0
_PRUNE_BATCH = 500
_DRAIN_SECONDS = 20
_CLOCK_SECONDS = 5
"""It may sleep in DBOS for longer where the database is away, and whoever stops us does not wait for ever."""
_log = structlog.get_logger("aftercare.jobs")

Run = Callable[[Effect], None]
GaveUp = Callable[[str, str, Exception], None]
"""Told of an effect that ran out of tries: its job's name and fields, and why the last try came to nothing."""
Periodic = Callable[[datetime], None]


@dataclass(frozen=True, slots=True)
class ByClock:
    """A job of the clock: it gets the instant it was due at (aware UTC)."""

    cron: str
    """In UTC, with seconds."""
    run: Periodic
    is_wanted: Callable[[], bool] = lambda: True
    """Asked first, at each instant; a look costs far less than a run that finds nothing."""
    in_each_worker: bool = False
    """Not once in all of them: what it works on is leased."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How soon work is seen and tried again, in seconds."""

    poll: float = 1.0
    first_retry: float = 2.0
    """Six attempts, then, within eleven minutes: 2, 8, 32, 128 and 512 seconds apart."""


AT_WORK = Pace()


class _Json(Serializer):
    """Job rows hold JSON, not pickles: nothing in the database is executed when read."""

    def serialize(self, data: Any) -> str:  # noqa: ANN401 - DBOS's own signature
        return json.dumps(data, default=str)

    def deserialize(self, serialized_data: str) -> Any:  # noqa: ANN401 - DBOS's own signature
        return json.loads(serialized_data)

    def name(self) -> str:
        return "json"


class JobQueue:
    """Enqueues effects in the caller's transaction (`plugin.ports.queue.Queue`)."""

    def __init__(self, client: DBOSClient, connection: Connection) -> None:
        self._client = client
        self._connection = connection

    def add(self, effects: Iterable[Effect], *, key: str | None = None) -> None:
        """Enqueue each effect; with a `key`, an effect of that key that is already known is not enqueued again."""
        for position, effect in enumerate(effects):
            options: EnqueueOptions = {
                "workflow_name": JOB,
                "queue_name": QUEUE,
                "app_version": _APPLICATION_VERSION,
                "application_name": _APPLICATION,
            }
            if key is not None:
                options["workflow_id"] = f"{codec.name_of(effect)}:{key}:{position}"
            fields = codec.dump(effect, log.request_id())
            self._client.enqueue_in_transaction(self._connection, options, codec.name_of(effect), fields)

    def again(self, name: str, fields: str, *, key: str) -> None:
        """Enqueue an effect that failed, under a key of this try."""
        self.add([codec.load(name, fields)], key=key)


def open_queue(database_url: str) -> Callable[[Connection], JobQueue]:
    """A factory of queues bound to a connection; the client itself connects only when asked to read."""
    client = DBOSClient(
        system_database_url=database_url,
        dbos_system_schema=_SCHEMA,
        serializer=_Json(),
        application_name=_APPLICATION,
        lazy=True,
    )
    return lambda connection: JobQueue(client, connection)


def migrate(database_url: str) -> None:
    """Create or upgrade the engine's own tables."""
    DBOS.migrate(database_url, schema=_SCHEMA)


class Engine:
    """A running worker slot: carries out effects and periodic jobs until closed."""

    def __init__(
        self,
        database_url: str,
        slot: str,
        run: Run,
        periodic: Mapping[str, ByClock],
        gave_up: GaveUp | None = None,
        pace: Pace = AT_WORK,
    ) -> None:
        """`slot` is stable and unique per worker; `periodic` are the jobs of the clock by name."""
        config: DBOSConfig = {
            "name": _APPLICATION,
            "system_database_url": database_url,
            "dbos_system_schema": _SCHEMA,
            "application_version": _APPLICATION_VERSION,
            "executor_id": slot,
            "serializer": _Json(),
            "log_level": "WARNING",
            "run_migrations": False,
            "use_listen_notify": False,
            "enable_otlp": False,
            "max_executor_threads": _THREADS,
            "sys_db_pool_size": _AT_ONCE,
            "notification_listener_polling_interval_sec": pace.poll,
        }
        DBOS(config=config)
        _register_job(run, gave_up, pace.first_retry)
        self._poll_seconds = pace.poll
        self._periodic = periodic
        self._workflows = {name: _workflow(name, job.run) for name, job in periodic.items()}
        self._slot = slot
        self._strikes = Strikes({name: job.cron for name, job in periodic.items()}, datetime.now(UTC))
        self._is_over = Event()
        self._clock = Thread(target=self._follow_clock, name=CLOCK, daemon=True)

    def start(self) -> None:
        """Recover this slot's unfinished jobs and begin; returns at once, the work runs in threads."""
        DBOS.launch()
        DBOS.register_queue(QUEUE, worker_concurrency=_TAKEN, polling_interval_sec=self._poll_seconds)
        for stale in DBOS.list_schedules():  # an older release's: it had DBOS look at the clock
            DBOS.delete_schedule(stale["schedule_name"])
        self._clock.start()

    def clock_was_set(self, now: datetime) -> None:
        """Go by the clock as it is now (aware UTC): after an hour back nothing would happen for an hour."""
        self.forget_later(now)
        self._strikes.clock_was_set(now)

    @staticmethod
    def forget_later(now: datetime) -> None:
        """Forget what ran by the clock at instants that have yet to come: DBOS runs nothing twice for one instant."""
        while _forget(completed_after=now.isoformat(), workflow_id_prefix="sched-"):
            pass

    def close(self) -> None:
        """Stop taking work, let what runs finish for a while, and leave the rest to the slot's next start."""
        self._is_over.set()
        if self._clock.is_alive():
            self._clock.join(_CLOCK_SECONDS)
        DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=_DRAIN_SECONDS)

    def _follow_clock(self) -> None:
        """Start what the clock strikes for, once in all workers: each run is named by its instant.

        No worker looks in the same part of each second, so that none is always the first.
        Not by DBOS's own schedules: they take three times the processor, which was half of what an idle worker takes.
        """
        while not self._is_over.wait(self._poll_seconds * uniform(0.5, 1)):  # noqa: S311 - nothing to guess
            for name, at in self._strikes.due(datetime.now(UTC)):
                try:
                    self._begin(name, at)
                except Exception as error:  # noqa: BLE001 - whatever it was, the clock goes on
                    self._strikes.again(name, at)
                    _log.warning("job_not_started", job=name, error=type(error).__name__)

    def _begin(self, name: str, at: datetime) -> None:
        job = self._periodic[name]
        if job.is_wanted():
            run = f"{name}-{self._slot}" if job.in_each_worker else name
            with SetWorkflowID(f"sched-{run}-{at.isoformat()}"):
                DBOS.start_workflow(self._workflows[name], at.isoformat())

    @staticmethod
    def prune(before: datetime) -> int:
        """Forget finished jobs older than `before` (aware UTC); how many."""
        return _forget(completed_before=before.isoformat())


def _forget(**which: str) -> int:
    """Forget some finished jobs of these; how many."""
    found = DBOS.list_workflows(
        status=["SUCCESS", "CANCELLED", "ERROR"],
        limit=_PRUNE_BATCH,
        load_input=False,
        load_output=False,
        **which,  # type: ignore[arg-type]  # instants and a prefix, as text
    )
    if found:
        DBOS.delete_workflows([workflow.workflow_id for workflow in found])
    return len(found)


def _register_job(run: Run, gave_up: GaveUp | None, first_retry_seconds: float) -> None:
    place = BoundedSemaphore(_AT_ONCE)

    @DBOS.step(
        name="perform",
        retries_allowed=True,
        interval_seconds=first_retry_seconds,
        max_attempts=_MAX_ATTEMPTS,
        backoff_rate=_BACKOFF,
        should_retry=lambda error: not isinstance(error, Rejected),
    )
    def perform(name: str, fields: str) -> None:
        effect = codec.load(name, fields)
        with place, log.about(job_id=str(DBOS.workflow_id), **_ids(effect, fields)), quiet():
            run(effect)

    @DBOS.step(
        name="keep",
        retries_allowed=True,
        interval_seconds=first_retry_seconds,
        max_attempts=_MAX_ATTEMPTS,
        backoff_rate=_BACKOFF,
        should_retry=lambda error: isinstance(error, Unavailable),
    )
    def keep(name: str, fields: str, error: Exception) -> None:
        if gave_up is not None:
            with log.about(job_id=str(DBOS.workflow_id)), quiet():
                gave_up(name, fields, error)

    @DBOS.workflow(name=JOB)
    def job(name: str, fields: str) -> None:
        try:
            perform(name, fields)
        except (Rejected, DBOSMaxStepRetriesExceeded, TypeError) as error:  # TypeError: recovered, its error now a text
            keep(name, fields, _last(error))
            raise


def _last(error: Exception) -> Exception:
    """Why the last attempt came to nothing."""
    errors = error.errors if isinstance(error, DBOSMaxStepRetriesExceeded) else []
    return errors[-1] if errors else error


def _ids(effect: Effect, fields: str) -> dict[str, str]:
    """Whom the job is about, and the request that asked for it: then one search tells the story of both."""
    found = {"merchant": effect.merchant, "shop": getattr(effect, "shop", None), "request": codec.request_of(fields)}
    return {name: str(value) for name, value in found.items() if value}


def _workflow(name: str, job: Periodic) -> Callable[..., None]:
    @DBOS.workflow(name=f"periodic.{name}")
    def periodic(scheduled_at: str, _context: object = None) -> None:  # an older release's runs have a context
        with log.about(job_id=str(DBOS.workflow_id)), quiet():
            job(datetime.fromisoformat(scheduled_at))

    return periodic
