"""What an operator is told: numbers that agree with what was done, and probes that say what keeps a process away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample
from sqlalchemy import text, update

from plugin.app import create_app
from plugin.domain.clocks.engine import Law
from plugin.domain.connection import Connection, Credentials
from plugin.domain.effects import SendMail
from plugin.domain.failed_effect import FailedEffect
from plugin.domain.ids import InboxId, RefundId
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.order import Platform
from plugin.domain.refund.intent import STOPPED, RefundState
from plugin.domain.stored import InboxMessage
from plugin.domain.tracking.account import Breaker
from plugin.domain.tracking.push import PushId
from plugin.jobs.engine import open_queue
from plugin.ports.mailer import Mail
from plugin.ports.vitals import JobCount, Worker
from plugin.settings import Settings
from plugin.storage.tables import claims
from plugin.web.measures import HELP, JOB_FAILURES, JOB_SECONDS
from plugin.web.readiness import readiness
from tests.build import MERCHANT, NOW
from tests.support.admin import Installation, install
from tests.support.carrier_accounts import AFTERSHIP, PUSHED, SEVENTEEN_TRACK
from tests.support.claim_cases import a_bought, open_case, place
from tests.support.refunds import an_intent
from tests.support.repository import ROOT

TOKEN = "scrape-me-if-you-can"
ASKED = {"Authorization": f"Bearer {TOKEN}"}
OF_REQUESTS = {"aftercare_requests_total", "aftercare_request_seconds"}
OF_JOBS = {JOB_SECONDS, f"{JOB_FAILURES}_total"}


LAW = Law(load_rulebook(), HolidayCalendar())


@pytest.fixture
def running(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    installation = install(database_url, tmp_path, LAW, METRICS_TOKEN=TOKEN)
    yield installation
    installation.storage.close()


@pytest.fixture
def light(sqlite_url: str, tmp_path: Path) -> Iterator[Installation]:
    """Give the same on SQLite alone."""
    installation = install(sqlite_url, tmp_path, LAW, METRICS_TOKEN=TOKEN)
    yield installation
    installation.storage.close()


def scraped(running: Installation) -> list[Sample]:
    answer = running.app.test_client().get("/metrics", headers=ASKED)
    assert answer.status_code == HTTPStatus.OK
    return [sample for family in text_string_to_metric_families(answer.text) for sample in family.samples]


def told(samples: list[Sample], name: str, **labels: str) -> float:
    (found,) = (each.value for each in samples if each.name == name and labels.items() <= each.labels.items())
    return found


def do_everything(running: Installation) -> None:
    """Leave one of each thing that can be stuck, and a worker that says what it did."""
    shop, now = running.shop(MERCHANT), NOW
    hour, day = timedelta(hours=1), timedelta(days=1)
    running.park(b"not read")
    late = open_case(running, place(running))
    open_case(running, place(running, a_bought("7002")), draft="draft2")
    with running.storage.engine.begin() as connection:  # as if time had passed
        connection.execute(update(claims).where(claims.c.id == late.id).values(due_order=now - hour))
    failed = replace(an_intent(), order=late.order, state=RefundState.FAILED, code="declined")
    broken = Breaker(failures=5, failing_since=now - day, open_until=now + hour, fault="unavailable")
    with running.deps.units(MERCHANT) as unit:
        message = InboxMessage(
            InboxId("in1"), MERCHANT, shop, Platform.WOOCOMMERCE, "order.updated", (), b"{}", now - hour
        )
        unit.inbox.add(message, "delivery1")
        unit.inbox.add(replace(message, id=InboxId("in2"), received_at=now), "delivery2")
        for number in range(3):
            unit.mails.add(f"mail{number}", Mail("ida@example.com", "Subject", "Text", "de"), now - 2 * hour)
        unit.undelivered.failed("mail2", "recipient_refused", "550", now)
        unit.undelivered.park("mail2", now)
        unit.mails.sent("mail1", now)
        unit.connections.save(
            Connection(
                shop, Credentials("k", "s"), now - day, failing_since=now - 2 * day, fault="shop_away", due_at=now
            )
        )
        unit.carrier_accounts.save(replace(SEVENTEEN_TRACK, breaker=broken))
        unit.carrier_pushes.add(replace(PUSHED, received_at=now - hour, due_at=now))
        unit.carrier_pushes.add(replace(PUSHED, id=PushId("parked")))
        unit.refunds.save([failed, replace(failed, id=RefundId("refund2"), code=STOPPED)])
        unit.carrier_accounts.save(replace(AFTERSHIP, breaker=Breaker(fault="no_quota")))
        fields = '{"merchant":"merchant1","claim":"claim1"}'
        unit.failed_effects.add(FailedEffect("failed1", "stop_shipping", fields, "unavailable", now, now))
        unit.failed_effects.add(FailedEffect("failed2", "stop_shipping", fields, "unavailable", now, now))
        unit.failed_effects.dismiss(["failed2"], now)
        unit.commit()
    counts = {"send_mail": JobCount(done=7, failed=2, seconds=12.5, within=(5, 8, 9, 9))}
    running.deps.vitals.beat(Worker("w1", now - day, now - timedelta(seconds=40), "0.1.0", counts))


def test_the_numbers_are_those_of_what_was_done(running: Installation) -> None:
    do_everything(running)
    client = running.app.test_client()
    for _ in range(3):
        client.get("/healthz")
    client.get("/admin/orders/ida@example.com")
    found = scraped(running)
    expected = {
        ("aftercare_requests_total", "endpoint", "observe.healthz"): 3,
        ("aftercare_deliveries_waiting", "", ""): 2,
        ("aftercare_delivery_oldest_seconds", "", ""): 3600,
        ("aftercare_letters", "state", "waiting"): 1,
        ("aftercare_letters", "state", "parked"): 1,
        ("aftercare_letter_oldest_seconds", "", ""): 7200,
        ("aftercare_effects_failed", "", ""): 1,
        ("aftercare_shop_connections", "state", "silent"): 1,
        ("aftercare_worker_silent_seconds", "slot", "w1"): 40,
        ("aftercare_job_seconds_count", "job", "send_mail"): 9,
        ("aftercare_job_seconds_sum", "job", "send_mail"): 12.5,
        ("aftercare_job_failures_total", "job", "send_mail"): 2,
        ("aftercare_records_parked", "", ""): 1,
        ("aftercare_carrier_pushes_waiting", "", ""): 1,
        ("aftercare_carrier_push_oldest_seconds", "", ""): 3600,
        ("aftercare_refunds_failed", "", ""): 1,
        ("aftercare_claims_open", "state", "overdue"): 1,
        ("aftercare_claims_open", "state", "later"): 1,
    }
    for (name, label, value), number in expected.items():
        assert told(found, name, **({label: value} if label else {})) == number, name
    assert told(found, "aftercare_job_seconds_bucket", le="1.0") == 8
    if "postgresql" in str(running.storage.engine.url):
        most = told(found, "aftercare_database_connections_most")
        assert 0 < sum(each.value for each in found if each.name == "aftercare_database_connections") <= most
    assert told(found, "aftercare_carrier_accounts", kind="17track", state="resting") == 1
    assert told(found, "aftercare_carrier_quota", kind="aftership", quota="none") == 1
    assert told(found, "aftercare_disk_free_bytes") > 0
    parts = {each.labels["part"]: each.value for each in found if each.name == "aftercare_scrape_failed"}
    assert {part for part, failed in parts.items() if failed} == set()
    assert {"claims", "jobs", "disk", "workers"} <= parts.keys()


def test_what_waits_for_a_worker_is_counted_and_how_long_it_has_waited(running: Installation) -> None:
    url = running.storage.engine.url.render_as_string(hide_password=False)
    with running.storage.engine.begin() as connection:
        open_queue(url)(connection).add([SendMail(MERCHANT, "mail1"), SendMail(MERCHANT, "mail2")])
    found = running.deps.vitals.measure("jobs", datetime.now(UTC) + timedelta(minutes=10))
    numbers = {(each.name, each.labels.get("state")): each.value for each in found}
    assert numbers["aftercare_jobs", "queued"] == 2
    assert numbers["aftercare_jobs", "running"] == 0
    assert 600 <= numbers["aftercare_job_oldest_seconds", None] < 1200


def test_no_label_says_whose(light: Installation) -> None:
    do_everything(light)
    light.app.test_client().get("/storefront/v1/key-Nordkap/policy?email=ida@example.com")
    answer = light.app.test_client().get("/metrics", headers=ASKED).text
    for secret in (MERCHANT, light.shop(MERCHANT), "Nordkap", "ida@example.com", "mail1", "claim1"):
        assert secret not in answer


def test_one_part_that_fails_leaves_the_others(running: Installation) -> None:
    do_everything(running)
    with running.storage.engine.begin() as connection:
        connection.execute(text("DROP TABLE carrier_pushes"))
    found = scraped(running)
    assert told(found, "aftercare_scrape_failed", part="pushes") == 1
    assert told(found, "aftercare_scrape_failed", part="letters") == 0
    assert told(found, "aftercare_letters", state="waiting") == 1
    assert not [each for each in found if each.name.startswith("aftercare_carrier_push")]


def test_alerts_and_the_page_about_them_know_every_number_and_no_other(light: Installation) -> None:
    do_everything(light)
    given = {re.sub("_(bucket|count|sum|created)$", "", each.name) for each in scraped(light)}
    known = {*HELP, *OF_REQUESTS, *OF_JOBS}
    assert given - known == set()
    rules = yaml.safe_load((ROOT / "deploy/prometheus/alerts.yml").read_text())
    for rule in (rule for group in rules["groups"] for rule in group["rules"]):
        used = {re.sub("_(bucket|count|sum)$", "", name) for name in re.findall("aftercare_[a-z_]+", rule["expr"])}
        assert used, rule["alert"]
        assert used <= known, rule["alert"]
        assert rule["annotations"]["summary"]
        assert rule["annotations"]["action"]
    page = (ROOT / "docs/metrics.md").read_text()
    described = set(re.findall("`(aftercare_[a-z_]+)", page))
    assert known - described == set()
    assert described - known == set()


def ready(running: Installation) -> tuple[int, dict[str, object]]:
    answer = running.app.test_client().get("/readyz")
    return answer.status_code, answer.get_json()


def test_a_worker_that_died_is_told_and_keeps_nobody_away(light: Installation) -> None:
    assert ready(light) == (
        200,
        {"ready": True, "database": "ok", "schema": "current", "disk": "ok", "worker": "none"},
    )
    light.deps.vitals.beat(Worker("w1", NOW, light.clock.now(), "0.1.0"))
    assert ready(light)[1]["worker"] == "alive"
    light.clock.advance(timedelta(minutes=2))
    assert ready(light) == (
        200,
        {"ready": True, "database": "ok", "schema": "current", "disk": "ok", "worker": "silent"},
    )


def test_an_old_schema_keeps_requests_away_and_a_newer_does_not(running: Installation) -> None:
    with running.storage.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert ready(running)[0] == HTTPStatus.OK
    assert ready(running)[1]["schema"] == "newer"
    with running.storage.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0052'"))
    assert ready(running) == (503, {"ready": False, "database": "ok", "schema": "old", "disk": "ok", "worker": "none"})
    assert running.app.test_client().get("/healthz").status_code == HTTPStatus.OK


def test_a_database_that_is_away_is_told_without_saying_where_it_was(tmp_path: Path) -> None:
    url = "postgresql://anna:hush-hush@127.0.0.1:1/secret"
    app = create_app(Settings.from_env({"AFTERCARE_HOME": str(tmp_path), "DATABASE_URL": url, "METRICS_TOKEN": TOKEN}))
    client = app.test_client()
    answer = client.get("/readyz")
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert answer.get_json() == {"ready": False, "database": "away", "disk": "ok"}
    assert client.get("/healthz").status_code == HTTPStatus.OK
    found = [
        each
        for family in text_string_to_metric_families(client.get("/metrics", headers=ASKED).text)
        for each in family.samples
    ]
    assert told(found, "aftercare_requests_total", endpoint="observe.readyz") == 1
    failed = {each.labels["part"] for each in found if each.name == "aftercare_scrape_failed" and each.value}
    assert "deliveries" in failed
    assert "disk" not in failed


def test_a_full_disk_keeps_requests_away(light: Installation, tmp_path: Path) -> None:
    now = light.clock.now()
    assert readiness(light.deps.vitals, tmp_path, now).is_ready
    full = readiness(light.deps.vitals, tmp_path, now, least=10**18)
    assert not full.is_ready
    assert full.facts["disk"] == "full"
    assert readiness(light.deps.vitals, tmp_path / "unmounted", now).facts["disk"] == "full"
