"""Two workers, each in a slot of its own, share the work of one PostgreSQL database."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text

from plugin.domain.effects import SendMail
from plugin.ports.mailer import Mail
from plugin.runtime import open_runtime
from plugin.settings import Settings
from tests.build import MERCHANT
from tests.storage.conftest import settle
from tests.support.processes import Nursery, eventually
from tests.support.slots import EACH, ONCE, striking
from tests.support.workers import apart, environment, start_worker, working

MAILS = 160
JOBS = text("SELECT executor_id, count(*) FROM dbos.workflow_status WHERE name = 'job' AND status = :status GROUP BY 1")


def test_two_slots_share_the_work_and_a_killed_one_finishes_its_own_when_it_returns(
    nursery: Nursery, postgres_url: str, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    runtime = open_runtime(Settings.from_env(environment(home, postgres_url)))
    settle(runtime.deps.units)
    engine = create_engine(postgres_url)

    def jobs(status: str) -> dict[str, int]:
        with engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(JOBS, {"status": status})}

    other = start_worker(nursery, home, postgres_url, "w2")
    with working(nursery, home, postgres_url, "w1"):
        wanted = [runtime.deps.ids.new() for _ in range(MAILS)]
        with runtime.deps.units(MERCHANT) as unit:
            for mail in wanted:
                unit.mails.add(mail, Mail("somebody@example.com", mail, "Text", "en"), runtime.deps.clock.now())
                unit.queue.add([SendMail(MERCHANT, mail)], key=mail)
            unit.commit()
        eventually(lambda: jobs("SUCCESS").keys() >= {"w1", "w2"}, "both slots finished something")
        other.kill()
        with working(nursery, home, postgres_url, "w2"):
            eventually(lambda: sum(jobs("SUCCESS").values()) == MAILS, "every job is finished")
    engine.dispose()
    assert sorted(kept.mail.subject for kept in runtime.deps.mailbox.newest()) == sorted(wanted)
    runtime.close()


def test_what_the_clock_strikes_for_runs_once_in_all_slots_and_what_each_is_to_do_in_each(
    nursery: Nursery, postgres_url: str, tmp_path: Path
) -> None:
    ran = tmp_path / "ran"

    def instants(job: str) -> Counter[str]:
        lines = [line.split() for line in ran.read_text().splitlines()] if ran.exists() else []
        return Counter(at for name, _slot, at in lines if name == job)

    def met() -> set[str]:
        return {at for at, slots in instants(EACH).items() if slots == 2}

    with two_slots(nursery, postgres_url, ran):
        eventually(lambda: len(met()) >= 2, "both slots did the same instant's part of each")
    assert {instants(ONCE)[at] for at in met()} == {1}


@contextmanager
def two_slots(nursery: Nursery, url: str, ran: Path) -> Iterator[None]:
    """One here, the other in a process of its own: DBOS is there once in a process."""
    with nursery.running(("-m", striking.__module__, url, "w2", str(ran)), os.environ) as other:
        engine = apart(striking, url, "w1", ran)
        apart(engine.start)
        try:
            yield
        finally:
            apart(engine.close)
    assert other.ended == 0
