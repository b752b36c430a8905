"""Two workers, each in a slot of its own, share the work of one PostgreSQL database."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_engine, text

from plugin.domain.effects import SendMail
from plugin.ports.mailer import Mail
from plugin.runtime import open_runtime
from plugin.settings import Settings
from tests.build import MERCHANT
from tests.storage.conftest import settle
from tests.support.workers import environment, eventually, kill, start_worker, working

MAILS = 160
JOBS = text("SELECT executor_id, count(*) FROM dbos.workflow_status WHERE name = 'job' AND status = :status GROUP BY 1")


def test_two_slots_share_the_work_and_a_killed_one_finishes_its_own_when_it_returns(
    postgres_url: str, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    runtime = open_runtime(Settings.from_env(environment(home, postgres_url)))
    settle(runtime.deps.units)
    engine = create_engine(postgres_url)

    def jobs(status: str) -> dict[str, int]:
        with engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(JOBS, {"status": status})}

    other = start_worker(home, postgres_url, "w2")
    with working(home, postgres_url, "w1"):
        wanted = [runtime.deps.ids.new() for _ in range(MAILS)]
        with runtime.deps.units(MERCHANT) as unit:
            for mail in wanted:
                unit.mails.add(mail, Mail("somebody@example.com", mail, "Text", "en"), runtime.deps.clock.now())
                unit.queue.add([SendMail(MERCHANT, mail)], key=mail)
            unit.commit()
        eventually(lambda: jobs("SUCCESS").keys() >= {"w1", "w2"}, "both slots finished something")
        kill(other)
        with working(home, postgres_url, "w2"):
            eventually(lambda: sum(jobs("SUCCESS").values()) == MAILS, "every job is finished")
    engine.dispose()
    assert sorted(kept.mail.subject for kept in runtime.deps.mailbox.newest()) == sorted(wanted)
    runtime.close()
