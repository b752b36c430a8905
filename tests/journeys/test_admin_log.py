"""Web and worker as they really run: the mail arrives, the link opens, and the log tells no secret."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TypeVar

import pytest
import requests
from click.testing import CliRunner

from plugin.cli import main
from plugin.domain.shop import Role
from plugin.runtime import Runtime, open_runtime
from plugin.settings import Settings
from plugin.usecases.invite_staff import invite_staff
from tests.support.admin import LINK, TOKEN
from tests.support.local_server import free_port
from tests.support.processes import WEB, WORKER, Nursery
from tests.support.repository import ROOT

T = TypeVar("T")
STAFF = "anna.secret@shop.example"
SHOPPER = "customer196@example.de"
ORDERS = ROOT / "tests/payloads/woocommerce/orders.jsonl"


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("AFTERCARE_")}
    return {**inherited, "AFTERCARE_HOME": str(tmp_path / "home"), "PORT": str(free_port())}


@contextmanager
def processes(nursery: Nursery, environ: dict[str, str], log: Path) -> Iterator[str]:
    """Run web and worker, all they write kept in `log`; the web's address."""
    with ExitStack() as running:
        for program in (WEB, WORKER):
            running.enter_context(nursery.running(program, environ, log))
        yield f"http://127.0.0.1:{environ['PORT']}"


def eventually(what: str, ask: Callable[[], T]) -> T:
    """What `ask` gives once it gives something."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if found := ask():
            return found
        time.sleep(0.2)
    raise AssertionError(f"no {what} in 30 seconds")


def is_up(url: str) -> bool:
    try:
        return requests.get(f"{url}/readyz", timeout=60).ok
    except requests.ConnectionError:
        return False


def send(browser: requests.Session, url: str, form_at: str, **fields: str) -> requests.Response:
    found = TOKEN.search(browser.get(form_at, timeout=60).text)
    assert found
    return browser.post(url, data={"csrf_token": unescape(found[1]), **fields}, timeout=60)


@dataclass
class Day:
    """One browser's day at the admin: the secrets it handled."""

    url: str
    browser: requests.Session
    secrets: set[str]

    def sign_in(self, runtime: Runtime) -> None:
        door = f"{self.url}/admin/sign-in"
        send(self.browser, door, door, email=STAFF)
        (kept,) = eventually("mail", runtime.deps.mailbox.newest)
        link = LINK.search(kept.mail.text)
        assert link
        assert send(self.browser, self.url + link[1], self.url + link[1]).url == f"{self.url}/admin/"
        self.keep_secret(link[1].removeprefix("/admin/sign-in/"), self.browser.cookies["aftercare_admin"])

    def keep_secret(self, *tokens: str) -> None:
        self.secrets |= {part for token in tokens for part in (token, token.split(".")[2])}

    def work(self) -> None:
        found = self.browser.get(f"{self.url}/admin/orders?q={SHOPPER}", timeout=60).text
        order = re.search(r'<th scope="row"[^>]*><a href="([^"]+)"', found)
        assert order
        assert SHOPPER in self.browser.get(self.url + order[1], timeout=60).text
        send(self.browser, f"{self.url}{order[1]}/delivered", self.url + order[1], on="2026-11-20")
        for odd in (f"nowhere/{STAFF}?token=x.y.{STAFF}", f"sign-in/a.b%00.{STAFF}", f"orders/{SHOPPER}"):
            self.browser.get(f"{self.url}/admin/{odd}", timeout=60)

    def sign_out(self) -> None:
        send(self.browser, f"{self.url}/admin/sign-out", f"{self.url}/admin/account")


def test_a_day_at_the_admin_leaves_no_secret_in_the_log(
    nursery: Nursery, environ: dict[str, str], tmp_path: Path
) -> None:
    command = ["import", "--shop", "Nordkap", "--platform", "woocommerce", str(ORDERS)]
    assert CliRunner().invoke(main, command, env=environ).exit_code == 0
    runtime = open_runtime(Settings.from_env(environ))
    invite(runtime)
    log = tmp_path / "log"
    with processes(nursery, environ, log) as url:
        eventually("web", lambda: is_up(url))
        day = Day(url, requests.Session(), {STAFF, SHOPPER, "q=", "?token", "127.0.0.1"})
        day.sign_in(runtime)
        day.work()
        day.sign_out()
    runtime.close()
    text = log.read_text()
    assert {secret for secret in day.secrets if secret in text} == set()
    events = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    seen = {event.get("endpoint") for event in events}
    assert {"admin.send_link", "admin.enter", "admin.orders", "admin.order", "admin.mark", "admin.sign_out"} <= seen
    (asked,) = (event for event in events if event.get("endpoint") == "admin.send_link")
    (sent,) = (event for event in events if event.get("job") == "send_mail")
    assert sent["request"] == asked["request"]
    assert sent["job_id"]


def invite(runtime: Runtime) -> None:
    """Let somebody work here, without a letter."""
    deps = runtime.deps
    (merchant,) = deps.directory.merchants()
    invite_staff(
        STAFF,
        Role.OWNER,
        "en",
        merchant=merchant.id,
        units=deps.units,
        ids=deps.ids,
        secrets=deps.secrets,
        now=deps.clock.now(),
    )
