"""`aftercare doctor` finds what is wrong, with the parts really being wrong, and says nothing that is secret."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from werkzeug.serving import make_server

from plugin import VERSION
from plugin.app import create_app
from plugin.doctor import carriers, worker
from plugin.doctor.finding import State
from plugin.ports.vitals import Worker
from plugin.runtime import open_runtime
from plugin.settings import Settings
from plugin.storage.migrating import downgrade
from tests.build import MERCHANT
from tests.cli.conftest import Run
from tests.storage.conftest import settle
from tests.support.carrier_accounts import keep_accounts
from tests.support.local_server import free_port
from tests.support.mail_server import post_office
from tests.support.processes import Nursery, eventually
from tests.support.woocommerce_shop import WooCommerceShop, recorded_shop, serving
from tests.support.workers import working

SECRET = "hunter2-geheim"


def findings(run: Run, *, fails: bool) -> dict[str, tuple[str, str]]:
    """What each check says: its state and words; nothing secret is among them."""
    result = run("doctor", "--json")
    assert result.exit_code == int(fails), result.output
    assert SECRET not in result.output
    document = json.loads(result.stdout)
    assert document["state"] == "failed" or not fails
    assert all(each["advice"] for each in document["findings"] if each["state"] in {"failed", "warning"})
    return {each["check"]: (each["state"], each["told"]) for each in document["findings"]}


def connected(run: Run, shop: WooCommerceShop) -> None:
    keys = f"{shop.keys.key}\n{shop.keys.secret}\n".encode()
    assert run("connect", "--address", shop.address, stdin=keys).exit_code == 0


@contextmanager
def web(home: Path, port: int) -> Iterator[None]:
    """The real web application of a home, on this port."""
    server = make_server("127.0.0.1", port, create_app(Settings.from_env({"AFTERCARE_HOME": str(home)})), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def was_heard_of(home: Path) -> bool:
    with closing(sqlite3.connect(home / "aftercare.sqlite3")) as connection:
        return connection.execute("SELECT count(*) FROM worker_slots").fetchone() == (1,)


def test_an_installation_with_everything_in_order_has_nothing_but_ok(
    run: Run, home: Path, nursery: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    monkeypatch.setenv("ALLOW_PRIVATE_SHOPS", "yes")
    monkeypatch.setenv("MAIL_FROM", "Aftercare <mail@example.com>")
    with serving(recorded_shop()) as shop, post_office() as post:
        shop.ahead = timedelta()
        monkeypatch.setenv("SMTP_URL", f"smtp+plain://127.0.0.1:{post.port}")
        connected(run, shop)
        monkeypatch.setenv("PUBLIC_URL", f"http://localhost:{port}")
        with web(home, port), working(nursery, home, f"sqlite:///{home / 'aftercare.sqlite3'}"):
            eventually(lambda: was_heard_of(home), "the worker at work")
            found = findings(run, fails=False)
            assert run("keys", "rotate", "--signing").exit_code == 0
            rotated = findings(run, fails=False)
    assert {check: state for check, (state, _) in found.items() if state != "ok"} == {}
    assert {
        "shop Woo Test Store",
        "clock of a shop",
        "mail",
        "address",
        "worker w1",
        "integrity",
        "files",
    } <= found.keys()
    assert rotated["address"] == found["address"], "web publishes the key it started with"
    assert post.taken == [], "no mail leaves for being looked at"


def test_everything_that_is_wrong_is_told_at_once(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shop that revoked its keys and whose clock lies, mail that is off, an address that is another's, no worker."""
    port = free_port()
    monkeypatch.setenv("ALLOW_PRIVATE_SHOPS", "yes")
    monkeypatch.setenv("SMTP_URL", f"smtp+plain://someone:{SECRET}@127.0.0.1:{free_port()}")
    monkeypatch.setenv("MAIL_FROM", "Aftercare <mail@example.com>")
    with serving(recorded_shop()) as shop:
        connected(run, shop)
        shop.ahead = timedelta(hours=1)
        shop.keys = replace(shop.keys, is_revoked=True)
        monkeypatch.setenv("PUBLIC_URL", f"http://localhost:{port}")
        with web(home.parent / "another", port):
            found = findings(run, fails=True)
    assert {check for check, (state, _) in found.items() if state == "failed"} == {
        "shop Woo Test Store",
        "clock of a shop",
        "mail",
        "address",
        "worker",
    }
    seconds, _, said = found["clock of a shop"][1].partition(" ")
    assert (3500 < int(seconds) <= 3600, said) == (True, "s ahead of this machine's")
    assert "leads to something else" in found["address"][1]


def test_a_carrier_that_cannot_be_reached_and_an_account_that_does_not_answer_are_told(run: Run, home: Path) -> None:
    assert run("db", "upgrade").exit_code == 0
    runtime = open_runtime(Settings.from_env({"AFTERCARE_HOME": str(home)}))
    settle(runtime.deps.units)
    with runtime.deps.units(MERCHANT) as unit:
        keep_accounts(unit)
        unit.commit()
    found = list(carriers.look(runtime.deps, {"17track": f"http://127.0.0.1:{free_port()}"}))
    runtime.close()
    assert [(each.check, each.state) for each in found] == [
        ("carrier 17track", State.FAILED),
        ("carrier aftership", State.WARNING),
        ("carrier ups", State.WARNING),
    ]
    assert "nobody-sees" not in str(found)


def test_a_worker_that_is_silent_or_of_another_version_is_told(run: Run, home: Path) -> None:
    assert run("db", "upgrade").exit_code == 0
    runtime = open_runtime(Settings.from_env({"AFTERCARE_HOME": str(home)}))
    now = datetime.now(UTC)

    def heard(slot: str, ago: timedelta, runs: str) -> dict[str, State]:
        runtime.deps.vitals.beat(Worker(slot, now, now - ago, runs))
        return {each.check: each.state for each in worker.look(runtime.deps)}

    assert heard("w1", timedelta(minutes=9), VERSION) == {"worker w1": State.FAILED}
    assert heard("w2", timedelta(0), VERSION) == {"worker w1": State.WARNING, "worker w2": State.OK}
    assert heard("w1", timedelta(0), "0.0.1") == {"worker w1": State.WARNING, "worker w2": State.OK}
    runtime.close()


def test_a_configuration_that_is_wrong_is_all_there_is_to_say(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"mysql://root:{SECRET}@nowhere/x")
    assert findings(run, fails=True)["configuration"][0] == "failed"
    text = run("doctor")
    assert text.exit_code == 1
    assert text.stdout.startswith("failed   configuration: DATABASE_URL must be ")


@pytest.mark.usefixtures("no_home")
def test_nothing_is_made_where_there_is_nothing(run: Run, home: Path) -> None:
    assert findings(run, fails=True)["home"] == ("failed", f"there is no folder {home}")
    assert not home.exists()


def test_a_database_that_is_down_hides_nothing_else(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("db", "upgrade").exit_code == 0
    monkeypatch.setenv("DATABASE_URL", f"postgresql://someone:{SECRET}@127.0.0.1:{free_port()}/nowhere")
    found = findings(run, fails=True)
    assert found["database"][0] == "failed"
    assert found["secrets"][0] == found["files"][0] == "ok"
    assert found["shops"] == ("unknown", "not looked at: database has failed")


def test_postgresql_is_asked_for_its_clock_and_its_schema(
    run: Run, monkeypatch: pytest.MonkeyPatch, postgres_url: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", postgres_url)
    assert run("db", "upgrade").exit_code == 0
    found = findings(run, fails=True)
    assert {check for check, (state, _) in found.items() if state == "failed"} == {"worker"}
    assert found["clock of the database"][0] == "ok"
    engine = create_engine(postgres_url)
    downgrade(engine, "-1")
    engine.dispose()
    assert findings(run, fails=True)["schema"][0] == "failed"


def test_a_schema_that_newer_code_has_made_is_a_warning_and_looking_goes_on(run: Run, home: Path) -> None:
    assert run("db", "upgrade").exit_code == 0
    with closing(sqlite3.connect(home / "aftercare.sqlite3")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    found = findings(run, fails=True)
    assert {check for check, (state, _) in found.items() if state == "failed"} == {"worker"}
    assert found["schema"] == ("warning", "at 9999, newer than this version, which works on it")
    assert found["shops"][1] == "no shop is connected"


def test_secrets_for_all_to_read_and_a_broken_file_are_told(run: Run, home: Path) -> None:
    assert run("db", "upgrade").exit_code == 0
    (home / "secrets.json").chmod(0o644)
    database = home / "aftercare.sqlite3"
    content = bytearray(database.read_bytes())
    content[4096 * 20 : 4096 * 22] = bytes(4096 * 2)
    database.write_bytes(content)
    found = findings(run, fails=True)
    assert "can be read by others" in found["secrets"][1]
    assert found["integrity"] == ("failed", "SQLite's quick check fails")


@pytest.mark.usefixtures("no_home")
def test_a_disk_without_room_is_told(run: Run, home: Path) -> None:
    home.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(home)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("needs root to mount a small disk")
    try:
        assert findings(run, fails=True)["disk"][0] == "failed"
    finally:
        subprocess.run(["umount", str(home)], check=True)
