"""What the job tables lose, or what a new law leaves behind, is made up for by the clock; on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_engine

from plugin.domain.certificates import CertificateKind
from plugin.domain.clocks.engine import Law, entitlements
from plugin.domain.connection import Connection, Credentials
from plugin.domain.effects import RebuildEntitlements, SendMail
from plugin.domain.ids import OrderId
from plugin.domain.policy.scope import EVERYTHING
from plugin.domain.shop import Role
from plugin.jobs.schedule import periodic
from plugin.ports.deps import Deps
from plugin.ports.mailer import Mail
from plugin.runtime import Runtime, open_runtime
from plugin.settings import Settings
from plugin.storage.tables import metadata
from plugin.usecases.add_certificate import NewCertificate, add_certificate
from plugin.usecases.invite_staff import invite_staff
from plugin.usecases.rebuild_entitlements import rebuild_entitlements
from tests.build import MERCHANT, NOW, a_shop, a_stored_order, an_order
from tests.storage.conftest import settle
from tests.support.processes import eventually
from tests.support.workers import at_work, environment

MAILS = 12
ORDERS = 30


@pytest.fixture
def runtime(tmp_path: Path, database_url: str) -> Iterator[Runtime]:
    opened = open_runtime(Settings.from_env(environment(tmp_path / "home", database_url)))
    settle(opened.deps.units)
    yield opened
    opened.close()


def at_once(deps: Deps, job: str, scheduled: datetime) -> None:
    run = periodic(deps)[job].run
    run(scheduled)


def test_every_waiting_mail_is_delivered_once_though_all_job_tables_were_emptied(runtime: Runtime) -> None:
    deps, now = runtime.deps, runtime.deps.clock.now()
    wanted = {deps.ids.new(): f"Mail {number}" for number in range(MAILS)}
    with deps.units(MERCHANT) as unit:
        for mail_id, subject in wanted.items():
            unit.mails.add(mail_id, Mail("somebody@example.com", subject, "Text", "en"), now)
            unit.queue.add([SendMail(MERCHANT, mail_id)], key=mail_id)
        unit.commit()
    assert empty_job_tables(runtime) == MAILS
    later = now + timedelta(hours=2)
    assert deps.views.figures(MERCHANT, later).unsent == MAILS
    at_once(deps, "resend_unsent", later)
    at_once(deps, "resend_unsent", later)
    with at_work(runtime):
        eventually(lambda: deps.views.figures(MERCHANT, later).unsent == 0, "every mail is handed over")
    assert sorted(kept.mail.subject for kept in deps.mailbox.newest()) == sorted(wanted.values())


def test_projections_follow_a_new_rulebook_within_the_next_run(runtime: Runtime) -> None:
    with runtime.deps.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order(an_order(str(n)), order_id=f"order{n}") for n in range(ORDERS)])
        unit.commit()
    old = runtime.deps.law
    rebuild_entitlements((), merchant=MERCHANT, units=runtime.deps.units, law=old, now=NOW)
    new = replace(old, rulebook=replace(old.rulebook, version="next"))
    at_once(replace(runtime.deps, law=new), "rebuild_outdated", NOW)
    assert all_projections_are(new, runtime)


def test_projections_whose_jobs_were_lost_are_made_up_for_within_a_day(runtime: Runtime) -> None:
    with runtime.deps.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order(an_order(str(n)), order_id=f"order{n}") for n in range(ORDERS)])
        unit.queue.add([RebuildEntitlements(MERCHANT, tuple(OrderId(f"order{n}") for n in range(ORDERS)))])
        unit.commit()
    assert empty_job_tables(runtime) == 1
    at_once(runtime.deps, "rebuild_outdated", NOW)
    assert not all_projections_are(runtime.deps.law, runtime)
    at_once(runtime.deps, "rebuild_nightly", NOW)
    at_once(runtime.deps, "rebuild_nightly", NOW)
    assert empty_job_tables(runtime) == 1, "the same night is queued once"
    at_once(runtime.deps, "rebuild_nightly", NOW + timedelta(days=1))
    with at_work(runtime):
        eventually(lambda: all_projections_are(runtime.deps.law, runtime), "every projection is computed")


def test_every_projection_is_looked_at_once_a_day(runtime: Runtime) -> None:
    cron = periodic(runtime.deps)["rebuild_nightly"].cron
    second, minute, hour, *days = cron.split()
    assert all(part.isdecimal() for part in (second, minute, hour))
    assert days == ["*", "*", "*"]


def all_projections_are(law: Law, runtime: Runtime) -> bool:
    with runtime.deps.units.read(MERCHANT) as unit:
        stored = [unit.orders.get(OrderId(f"order{n}")) for n in range(ORDERS)]
        return all(tuple(unit.entitlements.of(s.id)) == entitlements(s, None, law) for s in stored)


def empty_job_tables(runtime: Runtime) -> int:
    """Delete every row the job engine keeps, its schema's version aside; how many jobs there were."""
    url = runtime.settings.database_url.reveal()
    engine, tables = create_engine(url), MetaData()
    kept = {*metadata.tables, "alembic_version", "dbos_migrations"}
    schema = None if url.startswith("sqlite") else "dbos"
    tables.reflect(engine, schema=schema, only=lambda name, _: name not in kept)
    with engine.begin() as connection:
        gone = {table.name: connection.execute(table.delete()).rowcount for table in reversed(tables.sorted_tables)}
    engine.dispose()
    return gone["workflow_status"]


def test_owners_get_one_mail_of_a_document_that_expires_and_of_a_shop_that_refuses_us(runtime: Runtime) -> None:
    deps, now = runtime.deps, runtime.deps.clock.now()
    people = {"units": deps.units, "ids": deps.ids, "secrets": deps.secrets, "now": now}
    invite_staff("anna@shop.example", Role.OWNER, "en", merchant=MERCHANT, **people)  # type: ignore[arg-type]  # its ports
    given = NewCertificate(CertificateKind.CE, "CE lamp", EVERYTHING, None, now.date() + timedelta(days=9), b"%PDF-1.7")
    add_certificate(given, merchant=MERCHANT, by=None, units=deps.units, ids=deps.ids, now=now)
    refused = Connection(a_shop().id, Credentials("ck", "cs"), now, failing_since=now, fault="shop_keys_refused")
    with deps.units(MERCHANT) as unit:
        unit.connections.save(refused)
        unit.commit()
    for job in ("alert_expiring", "alert_outages") * 2:
        at_once(deps, job, now)
    with at_work(runtime):
        eventually(lambda: len(deps.mailbox.newest()) == 2, "the owner is told")
    for job in ("alert_expiring", "alert_outages"):
        at_once(deps, job, now)
    assert deps.views.figures(MERCHANT, now).unsent == 0
    assert [kept.mail.to for kept in deps.mailbox.newest()] == ["anna@shop.example"] * 2
