"""What one of each costs on PostgreSQL: bytes, jobs, processor time; docs/operating/scaling.md is reckoned from it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from croniter import croniter
from sqlalchemy import text

from bench import postgres, processes
from bench.deliveries import arrivals, await_so, jobs, keep, unfinished, working
from bench.installations import Installation, installation
from bench.load import load, post
from bench.quiet import hush
from bench.result import Result, Size
from bench.server import serving
from bench.tracking.parcels import answers, parcels
from bench.webhooks.senders import WooCommerce
from plugin.domain.claim.vocabulary import ClaimTrack
from plugin.domain.ids import ClaimDraftId, LineId, OrderId
from plugin.domain.shop import Shop
from plugin.domain.tracking.account import CarrierAccount
from plugin.jobs.engine import ByClock
from plugin.jobs.schedule import periodic
from plugin.usecases.claim.desk import desk_of
from plugin.usecases.claim.open import ClaimForm, FormLine, open_from_form
from plugin.usecases.create_merchant import create_merchant
from plugin.usecases.tracking.apply_told import apply_told

_ORDERS = {Size.TINY: 8, Size.QUICK: 500, Size.FULL: 3_000}
_CLAIMS = {Size.TINY: 2, Size.QUICK: 50, Size.FULL: 300}
_MERCHANTS = {Size.TINY: 2, Size.QUICK: 300, Size.FULL: 1_000}
_CONNECTIONS = 8
_IDLE_SECONDS = {Size.TINY: 0.5, Size.QUICK: 15.0, Size.FULL: 60.0}
_SIZES = """
SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname <> 'dbos' AND n.nspname !~ '^pg_|^information'
"""
_OF_PARCELS = "SELECT pg_total_relation_size('shipments') + pg_total_relation_size('shipment_numbers')"
_DAY = timedelta(days=1)


@dataclass(slots=True)
class _Spent:
    """Processor seconds of our process and of the database's, bytes on disk that were added, and jobs."""

    ours: float = 0.0
    database: float = 0.0
    bytes: float = 0.0
    jobs: int = 0


def cost(size: Size) -> Iterator[Result]:
    """An order from its webhook to its last job, a withdrawal, an answer about a parcel, an idle merchant."""
    with postgres.database() as address, installation(address) as installed:
        installed.promise(installed.shop())
        yield from _orders(installed, size)
        yield from _claims(installed, size)
    with postgres.database() as address, installation(address) as installed:
        yield from _parcels(installed, size)
        yield from _merchants(installed, size)


def _orders(installed: Installation, size: Size) -> Iterator[Result]:
    count, sender = _ORDERS[size], WooCommerce()
    path, bodies = sender.expect(installed), list(sender.bodies(2 * _ORDERS[size]))
    with serving("plugin.wsgi:app", "/healthz", installed.environ) as web:
        asked = [post(web.port, path, sender.headers(body), body) for body in bodies[count:]]
        load(web.port, asked[:_CONNECTIONS], connections=_CONNECTIONS)
        with _spending(installed, lambda: processes.cpu_seconds(web.process)) as taken:
            load(web.port, asked[_CONNECTIONS:], connections=_CONNECTIONS)
    each = len(asked) - _CONNECTIONS
    yield from _cpu("a webhook that is kept", taken, max(each, 1))
    with _drained(installed, size) as spent:
        keep(installed, arrivals(installed, bodies[:count], sender))
    yield from _cpu("a new order, applied, and what follows", spent, count)
    yield Result("cost: jobs of a new order", spent.jobs / count, "jobs")
    yield Result("cost: bytes of an order, its clocks and its person", spent.bytes / count, "bytes")


def _claims(installed: Installation, size: Size) -> Iterator[Result]:
    shop, deps, count = installed.shop(), installed.runtime.deps, _CLAIMS[size]
    with deps.units.read(shop.merchant) as unit:
        claimed = [(each.id, each.order.lines[0].id) for each in unit.orders.batch(shop.id, None, count)]
    with _spending(installed, time.process_time) as spent:
        for order, line in claimed:
            _withdraw(installed, shop, order, line)
    yield from _cpu("a withdrawal that is submitted", spent, len(claimed))
    yield Result("cost: bytes of a withdrawal", spent.bytes / len(claimed), "bytes")


def _withdraw(installed: Installation, shop: Shop, order: OrderId, line: LineId) -> None:
    deps, now = installed.runtime.deps, installed.runtime.deps.clock.now()
    lines = (FormLine(line, 1, words="It came in pieces."),)
    form = ClaimForm(ClaimDraftId(order), order, lines, "de", ClaimTrack.WITHDRAWAL, "signed_in", now)
    open_from_form(form, desk=desk_of(deps, shop.merchant), now=now)


def _parcels(installed: Installation, size: Size) -> Iterator[Result]:
    shop, deps, count = installed.shop(), installed.runtime.deps, _ORDERS[size]
    now = deps.clock.now()
    place = {each: number for number, each in enumerate(parcels(installed, shop, count, now))}
    account, spent = CarrierAccount("bench", {}, "token", now), _Spent()
    while due := deps.shipment_lease.lease(now, now + timedelta(minutes=5), 500):
        told = answers([place[each.shipment] for each in due], now)
        with _spending(installed, time.process_time) as taken:
            apply_told(told, account, merchant=shop.merchant, units=deps.units, now=now)
        spent.ours, spent.database = spent.ours + taken.ours, spent.database + taken.database
    yield from _cpu("an answer about a parcel", spent, count)
    with installed.runtime.storage.engine.connect() as connection:
        held = float(connection.execute(text(_OF_PARCELS)).scalar_one())
    yield Result("cost: bytes of a parcel", held / count, "bytes")


def _merchants(installed: Installation, size: Size) -> Iterator[Result]:
    """What is done by the clock for merchants who have nothing to do, a day: every job once, times its turns."""
    deps, count = installed.runtime.deps, _MERCHANTS[size]
    named = {"units": deps.units, "ids": deps.ids, "now": deps.clock.now()}
    work = {name: job for name, job in periodic(deps).items() if name != "prune_jobs"}
    hush()
    _a_day(work, named["now"])  # what is done but once in a process is not the merchants'
    empty = _a_day(work, named["now"])
    for number in range(count):
        create_merchant(f"Merchant {number}", **named)
    full = _a_day(work, named["now"])
    yield Result("cost: an idle merchant, CPU of the worker", max(full - empty, 0.0) / count, "s/day")


def _a_day(work: Mapping[str, ByClock], now: datetime) -> float:
    """Processor seconds of our process; the database's are too few in one turn to be told from nothing."""
    used = 0.0
    for job in work.values():
        begun = time.process_time()
        if job.is_wanted():
            job.run(now)
        used += (time.process_time() - begun) * _turns(job.cron)
    return used


def _turns(cron: str) -> int:
    """How often a day."""
    begun = datetime(2026, 6, 1, tzinfo=UTC)
    found = croniter(cron, begun - timedelta(seconds=1), second_at_beginning=True)
    turns = 0
    while found.get_next(datetime) < begun + _DAY:
        turns += 1
    return turns


def _cpu(what: str, spent: _Spent, count: int) -> Iterator[Result]:
    if processes.is_known():
        yield Result(f"cost: {what}, CPU of ours", spent.ours / count * 1e3, "ms")
        yield Result(f"cost: {what}, CPU of the database", spent.database / count * 1e3, "ms")


@contextmanager
def _drained(installed: Installation, size: Size) -> Iterator[_Spent]:
    """A worker does what comes within, and all that follows; what it takes when there is nothing to do is taken off."""
    with working(installed, "w1") as worker:
        await_so(lambda: not unfinished(installed), "what was waiting is done")
        begun = time.monotonic()
        with _spending(installed, lambda: processes.cpu_seconds(worker)) as spent:
            yield spent
            await_so(lambda: not unfinished(installed), "everything is done")
        seconds = time.monotonic() - begun
        with _spending(installed, lambda: processes.cpu_seconds(worker)) as idle:
            time.sleep(_IDLE_SECONDS[size])
    spent.ours = max(spent.ours - idle.ours * seconds / _IDLE_SECONDS[size], 0.0)
    spent.database = max(spent.database - idle.database * seconds / _IDLE_SECONDS[size], 0.0)


@contextmanager
def _spending(installed: Installation, ours: Callable[[], float]) -> Iterator[_Spent]:
    """What is spent within."""
    spent, before = _Spent(), (ours(), postgres.cpu_seconds(), _bytes(installed), jobs(installed))
    yield spent
    spent.ours, spent.database = ours() - before[0], postgres.cpu_seconds() - before[1]
    spent.bytes, spent.jobs = _bytes(installed) - before[2], jobs(installed) - before[3]


def _bytes(installed: Installation) -> float:
    """Of all our tables and indexes; the job engine forgets its own after six hours."""
    with installed.runtime.storage.engine.connect() as connection:
        return float(connection.execute(text(_SIZES)).scalar_one())
