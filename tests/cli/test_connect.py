"""Connecting, watching and letting go of a shop by commands, and the worker that reads it meanwhile."""

from __future__ import annotations

import json
import logging
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result

from plugin.domain.shop_domain import ShopDomain
from plugin.domain.shop_token import Grant
from plugin.jobs.schedule import periodic
from plugin.runtime import cli_runtime
from plugin.usecases.shopify.take_in_shop import InstallMeans, take_in_shop
from tests.cli.conftest import Run, lines_of
from tests.support.processes import Nursery, eventually
from tests.support.woocommerce_auth import Reply
from tests.support.woocommerce_shop import WooCommerceShop, recorded_shop, serving


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Iterator[WooCommerceShop]:
    """Give a shop on this machine, which the operator allows."""
    monkeypatch.setenv("ALLOW_PRIVATE_SHOPS", "yes")
    with serving(recorded_shop()) as shop:
        yield shop


def connect(run: Run, shop: WooCommerceShop, *options: str, secret: str | None = None) -> Result:
    keys = f"{shop.keys.key}\n{secret or shop.keys.secret}\n".encode()
    return run("connect", "--address", shop.address, *options, stdin=keys)


STRIKES = """
import signal

from plugin.runtime import cli_runtime
from plugin.jobs.schedule import periodic

signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1, signal.SIGTERM})
runtime = cli_runtime()
print("at work", flush=True)
while signal.sigwait({signal.SIGUSR1, signal.SIGTERM}) == signal.SIGUSR1:
    periodic(runtime.deps)["poll_shops"].run(runtime.deps.clock.now())
    print("struck", flush=True)
runtime.close()
"""


def work() -> None:
    """Let a worker's clock strike once."""
    runtime = cli_runtime()
    periodic(runtime.deps)["poll_shops"].run(runtime.deps.clock.now())
    runtime.close()


class Worker:
    """A process of its own, whose clock strikes when it is told to; all it says is in a file."""

    def __init__(self, nursery: Nursery, log: Path) -> None:
        self._log, self._strikes = log, 0
        self._process = nursery.start(("-c", STRIKES), os.environ, log)
        eventually(lambda: self._said("at work") == 1, "the worker is at work")

    def work(self) -> None:
        """Let its clock strike."""
        os.kill(self._process.pid, signal.SIGUSR1)
        self._strikes += 1
        eventually(lambda: self._said("struck") == self._strikes, "its clock has struck")

    def _said(self, line: str) -> int:
        assert self._process.is_alive, self._log.read_text()
        return self._log.read_text().splitlines().count(line)

    def end(self) -> str:
        """Ask it to end, see that it ended well, and tell what it logged."""
        assert self._process.stop() == 0
        return self._log.read_text()


def logged(said: str) -> list[str]:
    """The lines of a worker's log."""
    return [line for line in said.splitlines() if line.startswith("{")]


def make_due(home: Path) -> None:
    """Let the waiting time pass."""
    runtime = cli_runtime()
    with runtime.storage.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE connections SET due_at = due_at - 3600000000")
    runtime.close()
    assert home.exists()


def test_a_connected_shop_is_read_whole_and_its_orders_are_answered(run: Run, shop: WooCommerceShop) -> None:
    result = connect(run, shop)
    assert result.exit_code == 0
    assert "Connected Woo Test Store (WooCommerce 10.5.0)" in result.stdout
    (before,) = lines_of(run("connections", "--json"))
    assert (before["state"], before["address"], before["polled_at"]) == ("reading", shop.address, None)
    work()
    (after,) = lines_of(run("connections", "--json"))
    newest = max(order["date_modified_gmt"] for order in shop.orders.values())
    assert (after["state"], after["read_until"]) == ("connected", f"{newest}Z")
    rows = lines_of(run("entitlements", "--shop", "Woo Test Store", "--json"))
    placed = [o for o in shop.orders.values() if o["status"] not in {"trash", "checkout-draft"}]
    assert {row["order"] for row in rows} == {order["number"] for order in placed if order["line_items"]}


def test_what_a_poll_reads_equals_what_an_import_of_the_same_records_stores(run: Run, shop: WooCommerceShop) -> None:
    connect(run, shop)
    work()
    polled = lines_of(run("entitlements", "--shop", "Woo Test Store", "--json"))
    payloads = Path(__file__).parents[1] / "payloads" / "woocommerce"
    for name in ("products.json", "orders.jsonl"):
        run("import", "--shop", "Copy", "--platform", "woocommerce", payloads / name)
    imported = lines_of(run("entitlements", "--shop", "Copy", "--json"))
    refunded = {order["number"] for order in shop.orders.values() if order["refunds"]}  # an import tells them in part
    assert len(polled) == len(imported) > 300

    def told(rows: list[dict]) -> list[tuple[object, ...]]:
        return sorted((r["order"], r["line"], str(r["clocks"])) for r in rows if r["order"] not in refunded)

    assert told(polled) == told(imported)


def test_a_change_in_the_shop_comes_in_once(run: Run, shop: WooCommerceShop, home: Path) -> None:
    connect(run, shop)
    work()
    number = next(o["number"] for o in shop.orders.values() if o["status"] == "processing")
    order = next(o["id"] for o in shop.orders.values() if o["number"] == number)
    shop.change(order, "2026-11-22T00:00:00", status="cancelled")
    make_due(home)
    work()
    rows = lines_of(run("entitlements", "--shop", "Woo Test Store", "--order", number, "--json"))
    (connection,) = lines_of(run("connections", "--json"))
    assert rows
    assert connection["read_until"] == "2026-11-22T00:00:00Z"
    assert len(shop.asked_of("orders")) < 10


def test_keys_revoked_later_stop_the_reading_and_say_what_to_do(run: Run, shop: WooCommerceShop, home: Path) -> None:
    connect(run, shop)
    work()
    shop.keys.is_revoked = True
    make_due(home)
    work()
    (row,) = lines_of(run("connections", "--json"))
    assert (row["state"], row["fault"], row["due_at"]) == ("stopped", "shop_keys_refused", None)
    assert "Make new ones in WooCommerce" in run("connections").stdout
    asked = len(shop.asked)
    work()
    assert len(shop.asked) == asked
    assert lines_of(run("entitlements", "--shop", "Woo Test Store", "--json"))


def test_a_refusal_is_one_sentence_and_stores_nothing(run: Run, shop: WooCommerceShop) -> None:
    result = connect(run, shop, secret="cs_" + "0" * 40)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: The shop refuses these keys.")
    shop.misbehave("", Reply(200, b"<html>", content_type="text/html"))
    assert "No WooCommerce answers there." in connect(run, shop).stderr
    assert "These are no API keys." in run("connect", "--address", shop.address, stdin=b"").stderr
    assert run("connections").stdout == "No shop is connected.\n"


def test_this_machine_is_refused_unless_the_operator_says_otherwise(
    run: Run, shop: WooCommerceShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ALLOW_PRIVATE_SHOPS")
    assert "Keys are sent over https only." in connect(run, shop).stderr
    keys = f"{shop.keys.key}\n{shop.keys.secret}\n".encode()
    refused = run("connect", "--address", shop.address.replace("http:", "https:"), stdin=keys)
    assert "private network" in refused.stderr
    assert shop.connections == 0


def test_a_shop_joins_by_an_owners_code(run: Run, shop: WooCommerceShop) -> None:
    run("owner", "invite", "mara@example.com")
    code = run("owner", "join-code", "mara@example.com").stdout.strip()
    assert connect(run, shop, "--join", code).exit_code == 0
    assert [row["merchant"] for row in lines_of(run("connections", "--json"))] == ["default"]
    assert connect(run, shop, "--join", code, "--merchant", "default").exit_code == 2


def test_who_lets_a_shop_go_hears_of_it_and_it_is_asked_no_more(run: Run, shop: WooCommerceShop) -> None:
    connect(run, shop)
    assert run("disconnect", "--shop", "Woo Test Store").exit_code == 0
    asked = len(shop.asked)
    work()
    assert len(shop.asked) == asked
    assert "not connected" in run("disconnect", "--shop", "Woo Test Store").stderr


def test_a_shop_that_granted_tokens_is_let_go_at_once_and_the_app_is_to_be_uninstalled_there(run: Run) -> None:
    runtime = cli_runtime()
    at = runtime.deps
    means = InstallMeans(at.directory, at.units, at.ids, at.secrets)
    take_in_shop(ShopDomain("some-shop.myshopify.com"), Grant("shpat_0", ("read_orders",)), means, at.clock.now())
    runtime.close()
    said = run("disconnect", "--shop", "some-shop").stdout
    assert "Uninstall the app in the shop's admin" in said
    assert "Delete the keys" not in said


def test_no_key_is_written_anywhere_as_it_is(
    run: Run, shop: WooCommerceShop, home: Path, nursery: Nursery,
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    said = connect(run, shop).output
    worker = Worker(nursery, home.parent / "worker.log")
    worker.work()
    said += run("connections").output + run("connections", "--json").output
    shop.keys.is_revoked = True
    make_due(home)
    worker.work()
    said += worker.end()
    polled, refused = (line for line in map(json.loads, logged(said)) if line.get("job") == "poll_shop")
    assert polled["stored"] > 200
    assert "shop_keys_refused" in str(refused)
    said += caplog.text + "".join(capfd.readouterr())
    kept = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    for key in (shop.keys.key, shop.keys.secret):
        assert key not in said
        assert key.encode() not in kept
