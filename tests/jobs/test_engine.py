"""The job engine on both databases: what is committed runs once, what is rolled back never."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import pytest
from dbos import DBOS
from sqlalchemy import Engine as Database
from sqlalchemy import column, create_engine, func, select, table

from plugin.domain.effects import Effect, RebuildEntitlements, SendMail
from plugin.domain.ids import MerchantId, OrderId
from plugin.jobs import codec
from plugin.jobs.engine import JOB, ByClock, Engine, GaveUp, Pace, open_queue
from plugin.ports.errors import Rejected, Unavailable
from tests.support.processes import eventually
from tests.support.workers import QUICK, apart

ME = MerchantId("m1")
Jobs = Mapping[str, ByClock]
NONE: Jobs = MappingProxyType({})


class Recorder:
    """Carries out effects by writing them down; may fail first."""

    def __init__(self, *faults: Exception) -> None:
        self.done: list[Effect] = []
        self.attempts = 0
        self._faults = list(faults)

    def __call__(self, effect: Effect) -> None:
        self.attempts += 1
        if self._faults:
            raise self._faults.pop(0)
        self.done.append(effect)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    engine = create_engine(database_url)
    yield engine
    engine.dispose()


@contextmanager
def running(
    url: str,
    run: Callable[[Effect], None],
    periodic: Jobs = NONE,
    gave_up: GaveUp | None = None,
    pace: Pace = QUICK,
) -> Iterator[None]:
    engine = apart(Engine, url, "w1", run, periodic, gave_up, pace)
    apart(engine.start)
    try:
        yield
    finally:
        apart(engine.close)


def test_an_effect_runs_once_its_transaction_commits(database_url: str, database: Database) -> None:
    queue, recorder = open_queue(database_url), Recorder()
    with running(database_url, recorder):
        with database.begin() as connection:
            queue(connection).add([SendMail(ME, "1"), RebuildEntitlements(ME, (OrderId("o1"),))])
        eventually(lambda: len(recorder.done) == 2, "both effects run")
    assert set(recorder.done) == {SendMail(ME, "1"), RebuildEntitlements(ME, (OrderId("o1"),))}


def test_an_effect_of_a_transaction_that_is_rolled_back_never_runs(database_url: str, database: Database) -> None:
    queue, recorder = open_queue(database_url), Recorder()
    with running(database_url, recorder):
        with database.connect() as connection:
            queue(connection).add([SendMail(ME, "rolled back")])
            connection.rollback()
        with database.begin() as connection:
            queue(connection).add([SendMail(ME, "committed")])
        eventually(lambda: bool(recorder.done), "the committed effect runs")
    assert recorder.done == [SendMail(ME, "committed")]


def test_the_same_key_twice_runs_once(database_url: str, database: Database) -> None:
    queue, recorder = open_queue(database_url), Recorder()
    with running(database_url, recorder):
        for _ in range(2):
            with database.begin() as connection:
                queue(connection).add([SendMail(ME, "1")], key="one")
        with database.begin() as connection:
            queue(connection).add([SendMail(ME, "last")], key="two")
        eventually(lambda: SendMail(ME, "last") in recorder.done, "the last effect runs")
    assert sorted(codec.dump(effect) for effect in recorder.done) == sorted(
        codec.dump(SendMail(ME, mail)) for mail in ("1", "last")
    )


def test_what_is_unavailable_is_tried_again(database_url: str, database: Database) -> None:
    queue, recorder = open_queue(database_url), Recorder(Unavailable("not now"))
    with running(database_url, recorder):
        with database.begin() as connection:
            queue(connection).add([SendMail(ME, "1")])
        eventually(lambda: bool(recorder.done), "the effect runs in the end")
    assert recorder.attempts == 2


def test_eight_are_carried_out_at_once_and_the_others_as_soon_as_one_is_done(
    database_url: str, database: Database
) -> None:
    at_work, done, all_there = set[Effect](), list[int](), threading.Barrier(8)

    def run(effect: Effect) -> None:
        at_work.add(effect)
        done.append(len(at_work))
        all_there.wait(timeout=60)
        at_work.remove(effect)

    with database.begin() as connection:
        open_queue(database_url)(connection).add([SendMail(ME, str(number)) for number in range(32)])
    with running(database_url, run):
        eventually(lambda: len(done) == 32 and not at_work, "all are carried out, eight by eight")
    assert max(done) == 8
    begun = table("workflow_status", column("started_at_epoch_ms"), column("name"), schema=_schema(database_url))
    with database.begin() as connection:
        looks = select(begun.c.started_at_epoch_ms).where(begun.c.name == JOB).distinct()
        assert len(connection.execute(looks).all()) == 1, "one look at the queue took them all"


def test_those_that_wait_for_their_next_try_keep_no_other_waiting(database_url: str, database: Database) -> None:
    done, tried, is_back = list[Effect](), set[Effect](), threading.Event()

    def run(effect: Effect) -> None:
        tried.add(effect)
        if effect != SendMail(ME, "well") and not is_back.is_set():
            raise Unavailable("for minutes")
        done.append(effect)

    queue, slow = open_queue(database_url), Pace(poll=QUICK.poll, first_retry=2.0)
    with running(database_url, run, pace=slow):
        with database.begin() as connection:
            queue(connection).add([SendMail(ME, str(number)) for number in range(9)])
        eventually(lambda: len(tried) == 9, "each had its first try")
        with database.begin() as connection:
            queue(connection).add([SendMail(ME, "well")])
        eventually(lambda: done == [SendMail(ME, "well")], "who came later is served")
        is_back.set()
        eventually(lambda: len(done) == 10, "and so are they, at their next try")


def test_what_is_refused_is_not_tried_again(database_url: str, database: Database) -> None:
    queue, recorder = open_queue(database_url), Recorder(Rejected("no_such_address"))
    with running(database_url, recorder):
        with database.begin() as connection:
            queue(connection).add([SendMail(ME, "refused")])
        eventually(lambda: recorder.attempts == 1, "the first effect is tried")
        with database.begin() as connection:
            queue(connection).add([SendMail(ME, "next")])
        eventually(lambda: bool(recorder.done), "the next effect runs")
    assert recorder.done == [SendMail(ME, "next")]


def test_what_is_given_up_is_kept_though_the_database_was_away_at_that_moment(
    database_url: str, database: Database
) -> None:
    faults: list[Exception] = [Unavailable("database")]
    kept: list[tuple[Effect, str]] = []

    def gave_up(name: str, fields: str, error: Exception) -> None:
        if faults:
            raise faults.pop()
        kept.append((codec.load(name, fields), str(error)))

    with running(database_url, Recorder(Rejected("no_such_address")), gave_up=gave_up):
        with database.begin() as connection:
            open_queue(database_url)(connection).add([SendMail(ME, "refused")])
        eventually(lambda: bool(kept), "the failure is kept in the end")
    assert kept == [(SendMail(ME, "refused"), str(Rejected("no_such_address")))]


def test_what_was_enqueued_while_no_worker_ran_is_done_by_the_next(database_url: str, database: Database) -> None:
    with database.begin() as connection:
        open_queue(database_url)(connection).add([SendMail(ME, "early")])
    recorder = Recorder()
    with running(database_url, recorder):
        eventually(lambda: bool(recorder.done), "the waiting effect runs")
    assert recorder.done == [SendMail(ME, "early")]


def test_a_periodic_job_runs_by_the_clock(database_url: str) -> None:
    ticked = threading.Event()
    scheduled: list[datetime] = []

    def tick(at: datetime) -> None:
        scheduled.append(at)
        ticked.set()

    with running(database_url, Recorder(), {"tick": ByClock("* * * * * *", tick)}):
        assert ticked.wait(60)
    assert abs(scheduled[0] - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_periodic_job_runs_only_where_a_look_finds_something_to_do(database_url: str) -> None:
    looks, ran = threading.Semaphore(0), threading.Event()
    is_there = threading.Event()

    def look() -> bool:
        looks.release()
        return is_there.is_set()

    with running(database_url, Recorder(), {"tick": ByClock("* * * * * *", lambda _at: ran.set(), look)}):
        for _ in range(3):
            assert looks.acquire(timeout=60)
        assert not ran.is_set()
        assert _count(database_url, "workflow_status") == 0
        is_there.set()
        assert ran.wait(60)


def test_schedules_that_an_older_release_left_with_dbos_are_dropped(database_url: str) -> None:
    def left() -> None:
        old = DBOS.workflow(name="periodic.old")(_old)
        DBOS.create_schedule(schedule_name="old", workflow_fn=old, schedule="0 0 1 1 * *")

    with running(database_url, Recorder()):
        apart(left)
    assert _count(database_url, "workflow_schedules") == 1
    with running(database_url, Recorder()):
        pass
    assert _count(database_url, "workflow_schedules") == 0


def _old(_at: object, _context: object) -> None:
    pass


def test_finished_jobs_are_forgotten_and_waiting_ones_kept(database_url: str, database: Database) -> None:
    queue, recorder = open_queue(database_url), Recorder()
    with running(database_url, recorder):
        with database.begin() as connection:
            queue(connection).add([SendMail(ME, "1")])
        eventually(lambda: bool(recorder.done), "the effect runs")
        eventually(lambda: apart(Engine.prune, datetime.now(UTC) + timedelta(minutes=1)) == 1, "the job is forgotten")
    with database.begin() as connection:
        queue(connection).add([SendMail(ME, "2")])
    assert _count(database_url, "workflow_status") == 1


def test_job_rows_hold_ids_in_plain_json_and_nothing_to_execute(database_url: str, database: Database) -> None:
    with database.begin() as connection:
        open_queue(database_url)(connection).add([SendMail(ME, "mail-id")])
    inputs = table("workflow_input", schema=_schema(database_url))
    with database.connect() as connection:
        row = connection.execute(select("*").select_from(inputs)).mappings().one()
    name, fields = json.loads(row["inputs"])["args"]
    assert codec.load(name, fields) == SendMail(ME, "mail-id")


def _schema(url: str) -> str | None:
    return None if url.startswith("sqlite") else "dbos"


def _count(url: str, name: str) -> int:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = connection.execute(select(func.count()).select_from(table(name, schema=_schema(url)))).scalar_one()
    engine.dispose()
    return found
