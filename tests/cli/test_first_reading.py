"""The first reading of a shop is told by a command while it is under way, and goes on after a kill where it stood."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator

import pytest

from plugin.jobs.schedule import periodic
from plugin.runtime import cli_runtime
from tests.cli.conftest import Run, lines_of
from tests.support.processes import Nursery
from tests.support.woocommerce_shop import Asked, WooCommerceShop, recorded_shop, serving

STRIKE = """
from plugin.runtime import cli_runtime
from plugin.jobs.schedule import periodic

runtime = cli_runtime()
poll = periodic(runtime.deps)["poll_shops"].run
poll(runtime.deps.clock.now())
runtime.close()
"""
"""A worker whose clock strikes once."""
HELD = {"198", "297"}
"""Positions of the third and fourth page, which are asked for before the second is stored."""


@pytest.fixture
def held() -> Iterator[threading.Event]:
    """Give what lets go of the pages that are held back."""
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch, held: threading.Event) -> Iterator[WooCommerceShop]:
    monkeypatch.setenv("ALLOW_PRIVATE_SHOPS", "yes")

    def hold(asked: Asked) -> None:
        if asked.query.get("offset") in HELD:
            held.wait(60)

    shop = recorded_shop()
    shop.before = hold
    with serving(shop) as shop:
        yield shop


def work() -> None:
    """What another worker's clock strikes."""
    runtime = cli_runtime()
    periodic(runtime.deps)["poll_shops"].run(runtime.deps.clock.now())
    runtime.close()


def connection(run: Run) -> dict:
    (row,) = lines_of(run("connections", "--json"))
    return row


def wait_for(told: str) -> None:
    """Wait until a first reading has come so far."""
    runtime, until = cli_runtime(), time.monotonic() + 60
    with runtime.storage.engine.connect() as database:
        while time.monotonic() < until:
            if told in str(database.exec_driver_sql("SELECT first_reading FROM connections").scalar()):
                break
            database.rollback()
            time.sleep(0.1)
    runtime.close()


def stored() -> set[str]:
    """The orders on record, by the shop's own ids."""
    runtime = cli_runtime()
    with runtime.storage.engine.connect() as database:
        found = set(database.exec_driver_sql("SELECT external_id FROM orders").scalars())
    runtime.close()
    return found


def release() -> None:
    """Let the dead worker's lease run out."""
    runtime = cli_runtime()
    with runtime.storage.engine.begin() as database:
        database.exec_driver_sql("UPDATE connections SET leased_until = NULL")
    runtime.close()


def test_who_is_killed_in_the_middle_goes_on_there_and_another_process_tells_how_far_it_was(
    nursery: Nursery, run: Run, shop: WooCommerceShop, held: threading.Event
) -> None:
    run("connect", "--address", shop.address, stdin=f"{shop.keys.key}\n{shop.keys.secret}\n".encode())
    assert connection(run)["first_reading"] == {"pace": "starting", "orders": None, "of": None, "seconds_left": None}
    worker = nursery.start(("-c", STRIKE), os.environ)
    wait_for('"done":199')
    worker.kill()
    held.set()
    told = connection(run)["first_reading"]
    assert (told["orders"], told["of"]) == (199, 300)
    assert "Woo Test Store: Orders read: 199 of 300. How long it takes cannot be told yet." in run("connections").stdout
    release()
    shop.asked.clear()
    work()
    assert min(int(asked.query["offset"]) for asked in shop.asked_of("orders") if "offset" in asked.query) == 198
    after = connection(run)
    assert (after["state"], after["first_reading"]) == ("connected", None)
    assert stored() == {str(number) for number, order in shop.orders.items() if order["status"] != "checkout-draft"}
