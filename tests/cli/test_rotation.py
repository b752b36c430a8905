"""Secrets are rotated while requests and jobs go on: nothing fails meanwhile, and retired secrets open nothing."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path

import pytest
from click import ClickException

from plugin.app import create_app
from plugin.cli import keys
from plugin.domain.errors import NotFound
from plugin.domain.ids import MerchantId, OrderId
from plugin.domain.shop import Role, Shop
from plugin.domain.stored import StoredOrder
from plugin.runtime import Runtime, open_runtime
from plugin.settings import Secret, Secrets, Settings, SettingsError, change_secrets
from plugin.storage.keys import KeyRing
from plugin.usecases.companion_secret import companion_secret, companion_secrets
from plugin.usecases.invite_staff import invite_staff
from plugin.web.storefront import order_token
from tests.build import NOW, a_shopper, an_order
from tests.cli.conftest import Run
from tests.cli.test_operations import FIRST, take_in
from tests.support.admin import TOKEN, Browser
from tests.support.processes import eventually


@contextmanager
def at_work(*jobs: Callable[[int], None]) -> Iterator[list[BaseException]]:
    """Have each done over and over, from before the block until after it; what went wrong."""
    faults: list[BaseException] = []
    stop = threading.Event()

    def go_on(job: Callable[[int], None]) -> None:
        number = 0
        while not stop.is_set() or number < 3:
            try:
                job(number)
            except BaseException as error:  # noqa: BLE001 - told by the test
                faults.append(error)
                return
            number += 1

    threads = [threading.Thread(target=go_on, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    time.sleep(0.3)
    yield faults
    time.sleep(0.3)
    stop.set()
    for thread in threads:
        thread.join()


def saved(home: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((home / "secrets.json").read_text())
    return found


class Shopkeeper:
    """A web process, and somebody signed in there."""

    def __init__(self, settings: Settings, worker: Runtime, merchant: MerchantId) -> None:
        deps = worker.deps
        means = {"units": deps.units, "ids": deps.ids, "secrets": deps.secrets, "now": deps.clock.now()}
        invited = invite_staff("anna@shop.example", Role.OWNER, "en", merchant=merchant, **means)  # type: ignore[arg-type]  # gathered for brevity
        self.browser = Browser(create_app(settings).test_client())
        link = f"/admin/sign-in/{invited.token}"
        assert self.browser.send(link, form_at=link).status_code == HTTPStatus.SEE_OTHER
        found = TOKEN.search(self.browser.get("/admin/account").text)
        assert found
        self.form_token = found[1]

    def work(self, number: int) -> None:
        """Reads a page, and sends a form of one that was opened before all this."""
        assert self.browser.get("/admin/orders").status_code == HTTPStatus.OK
        sent = {"csrf_token": self.form_token, "language": ("en", "de")[number % 2]}
        answer = self.browser.client.post("/admin/account/language", data=sent)
        assert answer.status_code == HTTPStatus.SEE_OTHER


def test_everything_goes_on_while_secrets_rotate_and_old_ones_end_with_their_retirement(run: Run, home: Path) -> None:
    take_in(run, FIRST)
    settings = Settings.from_env({"AFTERCARE_HOME": str(home)})
    worker = open_runtime(settings)
    (merchant,) = (each.id for each in worker.deps.directory.merchants())
    with worker.deps.units.read(merchant) as unit:
        shop = replace(unit.shops.all()[0], companion_since=NOW)
    keeper = Shopkeeper(settings, worker, merchant)
    before = saved(home)
    link = order_token.issue(worker.deps.secrets, shop.id, OrderId("order1"))
    plugin_s = companion_secret(shop, worker.deps.secrets)

    def take_orders(number: int) -> None:
        """As the worker does: each brings a person with a key of their own."""
        order = an_order(f"N{number}", shopper=a_shopper(f"person{number}@example.com"))
        with worker.deps.units(merchant) as unit:
            unit.orders.save([StoredOrder(OrderId(worker.deps.ids.new()), shop.id, order, None)])
            unit.commit()
        time.sleep(0.01)

    with at_work(keeper.work, take_orders) as faults:
        for again in ("first", "second"):
            assert run("keys", "rotate").exit_code == 0, again
            assert run("keys", "rotate", "--signing").exit_code == 0, again
        assert order_token.read(worker.deps.secrets, shop.id, link) == "order1"
        assert plugin_s in companion_secrets(shop, worker.deps.secrets)
        assert run("keys", "retire", "--yes", "--wait", "1").stdout.endswith("keys left 1\n")
        keeper.browser.get("/admin/account")  # its cookie and forms are signed anew from here on
    assert faults == []

    assert run("keys", "retire", "--signing", "--yes").exit_code == 0
    after = saved(home)
    assert len(after["keys"]["keys"]) == 1  # type: ignore[index, arg-type]  # as `to_json` writes it
    assert "older_sessions" not in after
    assert not {str(before["session"]), *before["keys"]["keys"].values()} & set(json.dumps(after).split('"'))  # type: ignore[index, call-overload]  # as above
    with pytest.raises(NotFound):
        order_token.read(worker.deps.secrets, shop.id, link)
    assert plugin_s not in companion_secrets(shop, worker.deps.secrets)
    assert emails(worker, merchant, shop) >= {FIRST["billing"]["email"], "person0@example.com", "person2@example.com"}
    assert keeper.browser.get("/admin/orders").status_code == HTTPStatus.OK, "nobody was signed out"
    worker.close()


def test_keys_that_are_rotated_at_once_all_stay_until_they_are_retired(run: Run, home: Path) -> None:
    take_in(run, FIRST)
    rotate = keys.rotate.callback
    assert rotate
    with ThreadPoolExecutor(3) as pool:
        for each in [pool.submit(rotate, signing=False, webhooks=False) for _ in range(3)]:
            each.result()
    assert len(ring(home).keys) == 4
    assert run("keys", "retire", "--yes", "--wait", "0").stdout.endswith("keys left 1\n")
    assert person_key(home) == ring(home).current


def test_keys_that_are_rotated_while_older_ones_are_retired_all_stay(run: Run, home: Path) -> None:
    take_in(run, FIRST)
    settings = Settings.from_env({"AFTERCARE_HOME": str(home)})
    rotate_unwrapped(settings)
    retire = keys.retire.callback
    assert retire
    with ThreadPoolExecutor(1) as pool:
        retiring = pool.submit(retire, signing=False, wait=2)
        eventually(lambda: person_key(home) == ring(home).current, "its first wrapping")
        rotate_unwrapped(settings)
        with pytest.raises(ClickException, match="the keys were rotated meanwhile, and all are kept: run"):
            retiring.result()
    assert len(ring(home).keys) == 3


def test_a_key_that_still_wraps_anything_is_not_retired(run: Run, home: Path) -> None:
    take_in(run, FIRST)
    settings = Settings.from_env({"AFTERCARE_HOME": str(home)})
    rotate_unwrapped(settings)
    runtime, current = open_runtime(settings), ring(home).current
    with pytest.raises(SettingsError, match="an older key was used meanwhile"):
        change_secrets(settings, lambda known: keys.without_old(known, current, runtime.storage))
    assert len(ring(home).keys) == 2
    runtime.storage.rotate_keys()
    change_secrets(settings, lambda known: keys.without_old(known, current, runtime.storage))
    assert ring(home).keys.keys() == {current}
    runtime.close()


def ring(home: Path) -> KeyRing:
    return KeyRing.parse(json.dumps(saved(home)["keys"]))


def rotate_unwrapped(settings: Settings) -> None:
    """A fresh key is current, and nothing is wrapped under it yet."""

    def rotated(known: Secrets) -> Secrets:
        return replace(known, keys=Secret(KeyRing.parse(known.keys.reveal()).rotated().to_json()))

    change_secrets(settings, rotated)


def person_key(home: Path) -> str:
    with closing(sqlite3.connect(home / "aftercare.sqlite3")) as connection:
        (found,) = {*connection.execute("SELECT key_id FROM people")}
    return str(found[0])


def emails(runtime: Runtime, merchant: MerchantId, shop: Shop) -> set[str | None]:
    with runtime.deps.units.read(merchant) as unit:
        return {stored.order.shopper.email for stored in unit.orders.batch(shop.id, None, 500)}
