"""A worker killed in the middle of its work loses and doubles nothing, on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from plugin.domain.effects import SendMail
from plugin.domain.order import Platform
from plugin.domain.shop import Shop
from plugin.ports.mailer import Mail
from plugin.ports.platform import Message
from plugin.runtime import Runtime, open_runtime
from plugin.settings import Settings
from plugin.usecases.accept_delivery import accept_delivery
from plugin.usecases.open_shop import open_shop
from tests.support.woocommerce import an_order_record
from tests.support.workers import environment, eventually, kill, start_worker, working

MESSAGES = 400
MAILS = 60
KILLS = 3


@pytest.fixture
def runtime(tmp_path: Path, database_url: str) -> Iterator[Runtime]:
    opened = open_runtime(Settings.from_env(environment(tmp_path / "home", database_url)))
    yield opened
    opened.close()


@pytest.fixture
def shop(runtime: Runtime) -> Shop:
    deps = runtime.deps
    return open_shop(
        "Shop",
        Platform.WOOCOMMERCE,
        None,
        directory=deps.directory,
        units=deps.units,
        ids=deps.ids,
        secrets=deps.secrets,
        now=deps.clock.now(),
    )


def test_every_message_is_applied_once_though_the_worker_is_killed_again_and_again(
    runtime: Runtime, shop: Shop
) -> None:
    for number in range(MESSAGES):
        _accept(runtime, shop, number)
    deps = runtime.deps
    _kill_in_the_middle(runtime, lambda: _waiting(runtime, shop))
    with working(runtime.settings.home, runtime.settings.database_url.reveal()):
        eventually(lambda: _waiting(runtime, shop) == 0, "the inbox is drained")
    figures = deps.views.figures(shop.merchant, deps.clock.now())
    assert (figures.orders, figures.parked) == (MESSAGES, 0)
    with deps.units.read(shop.merchant) as unit:
        stored = unit.orders.batch(shop.id, None, MESSAGES + 1)
    assert {order.order.number for order in stored} == {str(number + 1) for number in range(MESSAGES)}


def test_every_mail_is_sent_once_though_the_worker_is_killed_again_and_again(runtime: Runtime, shop: Shop) -> None:
    deps = runtime.deps
    wanted = {deps.ids.new(): f"Mail {number}" for number in range(MAILS)}
    with deps.units(shop.merchant) as unit:
        for mail_id, subject in wanted.items():
            unit.mails.add(mail_id, Mail("somebody@example.com", subject, "Text", "en"), deps.clock.now())
            unit.queue.add([SendMail(shop.merchant, mail_id)], key=mail_id)
        unit.commit()
    _kill_in_the_middle(runtime, lambda: _unsent(runtime, shop, wanted))
    with working(runtime.settings.home, runtime.settings.database_url.reveal()):
        eventually(lambda: _unsent(runtime, shop, wanted) == 0, "every mail is handed over")
    assert sorted(kept.mail.subject for kept in deps.mailbox.newest()) == sorted(wanted.values())


def _accept(runtime: Runtime, shop: Shop, number: int) -> None:
    deps = runtime.deps
    body = json.dumps(an_order_record(id=number + 1, number=str(number + 1))).encode()
    message = Message("order.updated", body, {})
    accept_delivery(message, f"key-{number}", shop=shop, units=deps.units, ids=deps.ids, now=deps.clock.now())


def _kill_in_the_middle(runtime: Runtime, left: Callable[[], int]) -> None:
    """A few times: start a worker, wait until some of the work is done, and kill it while some is left."""
    for _ in range(KILLS):
        before = left()
        worker = start_worker(runtime.settings.home, runtime.settings.database_url.reveal())
        eventually(partial(_is_less, left, before), "some of the work is done")
        kill(worker)
    assert left() > 0, "the worker was too quick to be killed in the middle"


def _is_less(left: Callable[[], int], before: int) -> bool:
    return left() < before


def _waiting(runtime: Runtime, shop: Shop) -> int:
    return runtime.deps.views.figures(shop.merchant, runtime.deps.clock.now()).inbox_waiting


def _unsent(runtime: Runtime, shop: Shop, wanted: dict[str, str]) -> int:
    with runtime.deps.units.read(shop.merchant) as unit:
        return sum(unit.mails.get(mail_id) is not None for mail_id in wanted)
