"""Asking once whose turn it is leaves nobody out for whom the clock's job would do something; on both databases."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import Boolean, Connection, LargeBinary, Numeric, Table, insert

from plugin.domain.connection import Connection as ShopConnection
from plugin.domain.connection import Credentials
from plugin.domain.data_request import AskedThrough
from plugin.domain.ids import MerchantId, ShopId
from plugin.domain.order import Platform
from plugin.domain.outage import SILENT_AFTER, outage
from plugin.domain.posting import Posting
from plugin.domain.shop import Merchant
from plugin.ports.due_merchants import DueMerchants
from plugin.ports.unit_of_work import Units
from plugin.storage import Storage
from plugin.storage.column_types import Blob, Instant
from plugin.storage.tables import (
    alert_watches,
    claims,
    data_requests,
    disconnections,
    kept_returns,
    key_requests,
    labels,
    orders,
    people,
    refund_intents,
    shipments,
)
from plugin.usecases.claim.queue_returns import KEEPS_RETURNS, LATE, LOOK_BACK, queue_due_returns
from plugin.usecases.prove_keys import queue_unproven
from plugin.usecases.publish_promises import queue_due_postings
from plugin.usecases.remove_hooks import queue_unremoved
from plugin.usecases.sweep_labels import KEPT
from tests.build import NOW, a_policy, a_shop
from tests.storage.plans import planned

MERCHANTS = 40
BOARDS = frozenset({Platform.SHOPIFY})
WINDOW = timedelta(minutes=15)
_SOON = timedelta(minutes=5)
MOMENTS = (None, NOW - timedelta(days=2), NOW - timedelta(hours=1), NOW, NOW + _SOON)
BEGAN = NOW - timedelta(days=100)
_FAULT: Mapping[str, Any] = {"fault": "shop_unreachable", "failing_since": NOW - _SOON}
CONNECTIONS: Sequence[Mapping[str, Any]] = (
    {},
    _FAULT,
    _FAULT | {"due_at": None},
    _FAULT | {"failing_since": NOW - SILENT_AFTER},
    _FAULT | {"failing_since": None, "polled_at": BEGAN},
    _FAULT | {"failing_since": None, "connected_at": BEGAN},
)
POSTINGS: Sequence[Mapping[str, Any]] = (
    {},
    {"due_at": NOW},
    {"posted_at": None},
    {"asked_at": NOW - _SOON},
    {"policy": None},
    {"policy": "old"},
    {"policy": None, "failures": 1},
)

Job = Callable[[MerchantId, Units], object]
"""Whether the clock's job would do something for one merchant."""
Question = Callable[[DueMerchants], Sequence[MerchantId]]


def _reads(look: Callable[[Any], object]) -> Job:
    def job(merchant: MerchantId, units: Units) -> object:
        with units.read(merchant) as unit:
            return look(unit)

    return job


def _sweeps_labels(merchant: MerchantId, units: Units) -> object:
    with units(merchant) as unit:  # never committed
        return unit.labels.drop_due(NOW - KEPT) or unit.labels.dropped(1)


QUESTIONS: Mapping[str, tuple[Job, Question]] = {
    "refunds": (_reads(lambda unit: unit.refunds.due(NOW, 1)), lambda due: due.refunds(NOW)),
    "labels": (
        _reads(lambda unit: unit.labels.due(NOW, 1) or unit.labels.run_out(NOW, 1)),
        lambda due: due.labels(NOW),
    ),
    "label_files": (_sweeps_labels, lambda due: due.label_files(NOW - KEPT)),
    "keys": (lambda m, units: queue_unproven(merchant=m, units=units, now=NOW), lambda due: due.keys(NOW)),
    "removals": (lambda m, units: queue_unremoved(merchant=m, units=units, now=NOW), lambda due: due.removals(NOW)),
    "postings": (
        lambda m, units: queue_due_postings(merchant=m, platforms=BOARDS, units=units, now=NOW),
        lambda due: due.postings(BOARDS, NOW),
    ),
    "claims": (_reads(lambda unit: unit.claims.due(NOW, 1)), lambda due: due.claims(NOW)),
    "returns": (
        lambda m, units: queue_due_returns(merchant=m, units=units, now=NOW),
        lambda due: due.returns(KEEPS_RETURNS, NOW - LOOK_BACK, NOW - LATE, NOW),
    ),
    "policies": (
        _reads(lambda unit: unit.policies.in_force(NOW) != unit.policies.in_force(NOW - WINDOW)),
        lambda due: due.policies(NOW - WINDOW, NOW),
    ),
    "outages": (
        _reads(lambda unit: any(outage(each, NOW) for each in unit.connections.all())),
        lambda due: due.outages(NOW),
    ),
    "data_requests": (_reads(lambda unit: unit.data_requests.open()), lambda due: due.data_requests()),
    "parcels": (_reads(lambda unit: unit.alerts.due(NOW, 1)), lambda due: due.parcels(NOW)),
}


def test_nobody_is_left_out_for_whom_a_job_would_do_something(storage: Storage) -> None:
    random = Random(59)  # noqa: S311 - the same merchants in every run
    everybody = {_merchant(number, storage, random) for number in range(MERCHANTS)}
    for name, (job, question) in QUESTIONS.items():
        named = question(storage.due_merchants)
        busy = {merchant for merchant in everybody if job(merchant, storage.units)}
        assert busy <= set(named), name
        assert len(named) == len(set(named)), name
        assert busy, f"{name}: nobody was there to be left out"
        assert set(named) < everybody, f"{name}: those with nothing to do are asked as well"


@pytest.mark.parametrize("name", [name for name in QUESTIONS if name not in {"postings", "returns"}])
def test_each_question_walks_an_index_of_what_waits(sqlite_storage: Storage, name: str) -> None:
    with planned(sqlite_storage) as plan:
        QUESTIONS[name][1](sqlite_storage.due_merchants)
    steps = [step for step in plan[-1] if step.startswith(("SCAN", "SEARCH"))]
    assert steps
    assert all("_of_all" in step for step in steps), steps


@pytest.mark.parametrize("name", ["postings", "returns"])
def test_what_hangs_on_a_shop_is_looked_up_by_its_key_and_no_table_is_read_through(
    sqlite_storage: Storage, name: str
) -> None:
    with planned(sqlite_storage) as plan:
        QUESTIONS[name][1](sqlite_storage.due_merchants)
    assert not [step for step in plan[-1] if step.startswith("SCAN")], plan[-1]


def _merchant(number: int, storage: Storage, random: Random) -> MerchantId:
    """A merchant in whose rows everything that a question may go by is drawn."""
    merchant = MerchantId(f"drawn{number}")
    platform = random.choice([Platform.SHOPIFY, Platform.SHOPIFY, Platform.WOOCOMMERCE])
    shop = replace(a_shop(f"s{number}", platform=platform, is_demo=random.random() < 0.2), merchant=merchant)
    with storage.units(merchant) as unit:
        unit.shops.add_merchant(Merchant(merchant, "Drawn", BEGAN))
        unit.shops.add(shop)
        unit.policies.add(a_policy("old", effective_from=NOW - timedelta(days=1)))
        effective = NOW + random.choice([-WINDOW, -_SOON, _SOON])
        unit.policies.add(a_policy("new", effective_from=effective))
        if random.random() < 0.8:
            unit.connections.save(_connection(shop.id, random))
        if random.random() < 0.8:
            unit.postings.save(_posting(shop.id, "new" if effective <= NOW else "old", random))
        unit.commit()
    with storage.means.lock.held(is_incoming=False), storage.engine.begin() as connection:
        _draw_rows(Rows(connection, merchant, shop.id), random)
    return merchant


def _connection(shop: ShopId, random: Random) -> ShopConnection:
    """One that is read, or differs from that in one way."""
    read = ShopConnection(shop, Credentials("ck", "cs"), NOW - _SOON, due_at=NOW)
    return replace(read, **random.choice(CONNECTIONS))


def _posting(shop: ShopId, in_force: str, random: Random) -> Posting:
    """One with nothing to be written, or that differs from that in one way."""
    written = Posting(shop, NOW + _SOON, asked_at=BEGAN, posted_at=NOW - _SOON, policy=in_force)
    return replace(written, **random.choice(POSTINGS))


class Rows:
    """Rows of one merchant, with what a column must have where nothing is said of it."""

    def __init__(self, connection: Connection, merchant: MerchantId, shop: ShopId) -> None:
        self._connection = connection
        self._known = {"merchant_id": merchant, "shop_id": shop}

    def add(self, table: Table, **said: object) -> None:
        needed = {column.name: _anything(column.type) for column in table.c if not column.nullable}
        known = {name: value for name, value in self._known.items() if name in table.c}
        self._connection.execute(insert(table).values(**needed | known | said))


def _anything(kind: object) -> object:
    if isinstance(kind, Instant):
        return BEGAN
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, Blob | LargeBinary):
        return b""
    return 0 if getattr(kind, "python_type", str) is int or isinstance(kind, Numeric) else "x"


def _draw_rows(rows: Rows, random: Random) -> None:
    for parent in (people, orders, claims, shipments):
        rows.add(parent, **_parent(parent, random))
    rows.add(refund_intents, due_at=random.choice(MOMENTS))
    for number in range(2):
        rows.add(
            labels,
            id=str(number),
            state=random.choice(["requested", "issued", "expired", "closed", "failed"]),
            due_at=random.choice(MOMENTS),
            valid_until=random.choice(MOMENTS),
            changed_at=random.choice([BEGAN, NOW]),
            object=random.choice([None, "file"]),
            is_dropped=random.random() < 0.2,
        )
    rows.add(key_requests, shop_id=None, due_at=random.choice(MOMENTS))
    rows.add(disconnections, due_at=random.choice(MOMENTS))
    if random.random() < 0.6:
        rows.add(kept_returns, seen=random.choice([1, 2]), due_at=random.choice([None, NOW, NOW + _SOON]))
    handed = random.choice([None, NOW])
    rows.add(data_requests, through=AskedThrough.DESK.value, handed_over_at=handed, sought=None, person_id=None)
    rows.add(alert_watches, look_at=random.choice(MOMENTS[1:]))


def _parent(table: Table, random: Random) -> Mapping[str, datetime | int | str | None]:
    if table is not claims:
        return {}
    changed = random.choice([NOW - LOOK_BACK, NOW - LATE - _SOON, NOW - LATE, NOW, BEGAN])
    return {"wakes_at": random.choice(MOMENTS), "changed_at": changed, "version": 2}
