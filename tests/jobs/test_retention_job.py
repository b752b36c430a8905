"""What nobody needs any more goes by itself, by the jobs the worker is given; what is younger stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from plugin.jobs.schedule import periodic
from plugin.runtime import Runtime, open_runtime
from plugin.settings import Settings
from plugin.storage.tables import (
    key_requests,
    left_notices,
    parked,
    personal_data_views,
    sign_in_links,
    spent_challenges,
)
from tests.build import NOW
from tests.fakes.sources import FakeClock
from tests.storage.conftest import settle
from tests.storage.victim import fill
from tests.support.workers import environment

OF_THE_DESK = (key_requests, left_notices, spent_challenges)
OF_MERCHANTS = (personal_data_views, parked, sign_in_links)


@pytest.fixture
def runtime(tmp_path: Path, database_url: str) -> Iterator[Runtime]:
    opened = open_runtime(Settings.from_env(environment(tmp_path / "home", database_url)))
    settle(opened.deps.units)
    fill(opened.storage)
    yield opened
    opened.close()


def left(runtime: Runtime, job: str, at: datetime) -> dict[str, int]:
    """Rows of each table once the worker has run the job then."""
    periodic(replace(runtime.deps, clock=FakeClock(at)))[job].run(at)
    tables = OF_THE_DESK if job == "sweep_admin" else OF_MERCHANTS
    with runtime.storage.engine.connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables
        }


@pytest.mark.parametrize("job", ["sweep_admin", "keep_no_longer"])
def test_what_is_older_than_its_time_goes_by_the_workers_own_job(runtime: Runtime, job: str) -> None:
    young = left(runtime, job, NOW - timedelta(minutes=1))
    assert all(young.values())
    assert not any(left(runtime, job, NOW + timedelta(days=20 * 365)).values())
