"""Web and worker as they really run: the mail arrives, the link opens, and the log tells no secret."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path

import pytest
import requests

from plugin.app import open_runtime
from plugin.domain.ids import MerchantId
from plugin.domain.shop import Role
from plugin.settings import Settings
from plugin.usecases.invite_staff import invite_staff
from tests.support.admin import LINK, TOKEN
from tests.support.repository import ROOT

STAFF = "anna.secret@shop.example"
ORDERS = ROOT / "tests/payloads/woocommerce/orders.jsonl"


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("AFTERCARE_")}
    return {**inherited, "AFTERCARE_HOME": str(tmp_path / "home"), "PORT": str(port)}


@contextmanager
def processes(environ: dict[str, str], log: Path) -> Iterator[str]:
    """Run web and worker, all they write kept in `log`; the web's address."""
    commands = [["-m", "gunicorn"], ["-m", "plugin.worker"]]
    with log.open("wb") as file:
        running = [
            subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environ, stdout=file, stderr=file)
            for command in commands
        ]
        try:
            yield f"http://127.0.0.1:{environ['PORT']}"
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(30)


def eventually(what: str, ask: object) -> object:
    """What `ask` gives once it gives something."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if found := ask():  # type: ignore[operator]  # a function without arguments
            return found
        time.sleep(0.1)
    raise AssertionError(f"no {what} in 30 seconds")


def is_up(url: str) -> bool:
    try:
        return requests.get(f"{url}/readyz", timeout=5).ok
    except requests.ConnectionError:
        return False


def send(browser: requests.Session, url: str, form_at: str, **fields: str) -> requests.Response:
    found = TOKEN.search(browser.get(form_at, timeout=10).text)
    assert found
    return browser.post(url, data={"csrf_token": unescape(found[1]), **fields}, timeout=10)


def test_a_day_at_the_admin_leaves_no_secret_in_the_log(environ: dict[str, str], tmp_path: Path) -> None:
    aftercare = [str(Path(sys.executable).with_name("aftercare"))]
    command = ["import", "--shop", "Nordkap", "--platform", "woocommerce", str(ORDERS)]
    subprocess.run([*aftercare, *command], cwd=ROOT, env=environ, check=True, capture_output=True)
    runtime = open_runtime(Settings.from_env(environ))
    (merchant,) = runtime.deps.directory.merchants()
    invite(runtime, merchant.id)
    log = tmp_path / "log"
    with processes(environ, log) as url:
        eventually("web", lambda: is_up(url))
        browser = requests.Session()
        send(browser, f"{url}/admin/sign-in", f"{url}/admin/sign-in", email=STAFF)
        (kept,) = eventually("mail", runtime.deps.mailbox.newest)  # type: ignore[misc]  # one message
        link = LINK.search(kept.mail.text)
        assert link
        assert send(browser, f"{url}{link[1]}", f"{url}{link[1]}").url == f"{url}/admin/"
        session = browser.cookies["aftercare_admin"]
        found = browser.get(f"{url}/admin/orders?q=customer196@example.de", timeout=10).text
        order = re.search(r'<th scope="row"[^>]*><a href="([^"]+)"', found)
        assert order
        assert "customer196@example.de" in browser.get(url + order[1], timeout=10).text
        send(browser, f"{url}{order[1]}/delivered", url + order[1], on="2026-11-20")
        browser.get(f"{url}/admin/nowhere/{STAFF}?token={session}", timeout=10)
        browser.get(f"{url}/admin/sign-in/a.b%00{STAFF}", timeout=10)
        send(browser, f"{url}/admin/sign-out", f"{url}/admin/account")
    runtime.close()
    text = log.read_text()
    token = link[1].removeprefix("/admin/sign-in/")
    for secret in (
        STAFF,
        "customer196",
        token,
        token.split(".")[2],
        session,
        session.split(".")[2],
        "q=",
        "?token",
        "127.0.0.1",
    ):
        assert secret not in text, secret
    events = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    assert {"admin.send_link", "admin.enter", "admin.orders", "admin.order", "admin.mark"} <= {
        e.get("endpoint") for e in events
    }
    assert any(event.get("job") == "send_mail" for event in events)


def invite(runtime: object, merchant: MerchantId) -> None:
    """Let somebody work here, without a letter."""
    deps = runtime.deps  # type: ignore[attr-defined]  # a Runtime
    invite_staff(
        STAFF,
        Role.OWNER,
        "en",
        merchant=merchant,
        units=deps.units,
        ids=deps.ids,
        secrets=deps.secrets,
        now=deps.clock.now(),
    )
