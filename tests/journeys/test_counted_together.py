"""Several web processes and a worker as they really run: whichever answers the scrape tells what all have counted."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

import requests
from prometheus_client.parser import text_string_to_metric_families

from tests.support.local_server import free_port
from tests.support.processes import WEB, WORKER, Nursery, eventually

TOKEN = "scrape-me-if-you-can"
REQUESTS = 40
SILENT_SECONDS = 60


def counted(url: str) -> dict[str, float]:
    answer = requests.get(f"{url}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=60)
    families = text_string_to_metric_families(answer.text)
    samples = [sample for family in families for sample in family.samples]
    return {f"{s.name}{':'.join(['', *s.labels.values()])}": s.value for s in samples}


def test_the_counts_are_those_of_all_processes_and_of_the_worker(
    nursery: Nursery, postgres_url: str, tmp_path: Path
) -> None:
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AFTERCARE_")}
    environ = kept | {"AFTERCARE_HOME": str(tmp_path / "home"), "DATABASE_URL": postgres_url, "PORT": str(port)}
    environ |= {"METRICS_TOKEN": TOKEN, "WEB_CONCURRENCY": "2", "WEB_THREADS": "2", "TMPDIR": str(tmp_path)}
    url = f"http://127.0.0.1:{port}"
    with ExitStack() as running:
        for program in (WEB, WORKER):
            running.enter_context(nursery.running(program, environ))
        eventually(lambda: is_alive(url), "web and worker are there")
        for _ in range(REQUESTS):
            requests.get(f"{url}/healthz", timeout=60)  # a connection of its own each, so that all processes get some
        told = [counted(url) for _ in range(6)]
        assert {each["aftercare_requests_total:observe.healthz:200"] for each in told} == {REQUESTS}
        assert told[-1]["aftercare_jobs:queued"] == 0
        assert told[-1]["aftercare_worker_silent_seconds:w1"] < SILENT_SECONDS
        assert not [name for name, failed in told[-1].items() if name.startswith("aftercare_scrape_failed") and failed]
        assert len(list(tmp_path.glob("aftercare-counts-*/counter_*.db"))) == 2
    assert list(tmp_path.glob("aftercare-counts-*")) == []


def is_alive(url: str) -> bool:
    """Whether web and worker are there, as the probe says."""
    try:
        told = requests.get(f"{url}/readyz", timeout=60).json()
    except requests.ConnectionError:
        return False
    return bool(told["ready"]) and told["worker"] == "alive"
