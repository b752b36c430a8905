"""One installation at work: web, worker, database, a store that is connected, one that only tells, a post office."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, column, create_engine, func, select, table

from plugin.domain.connection import Connection, Credentials
from plugin.domain.order import Platform
from plugin.domain.refund.intent import RefundState
from plugin.domain.shop import Shop
from plugin.jobs.schedule import periodic
from plugin.ports.deps import Deps
from plugin.runtime import open_runtime
from plugin.settings import Settings
from plugin.usecases.connect_shop import connect_shop
from plugin.usecases.open_shop import open_shop
from tests.build import a_market, a_policy
from tests.faults.processes import HANGS_AFTER, Nursery, Running, SetClock
from tests.faults.store import Store, open_store
from tests.support.local_server import free_port
from tests.support.mail_server import Post, post_office
from tests.support.woocommerce_shop import serving

PUBLIC = "https://aftercare.example"
TOLD_SECRET = "c0ffee"
_POLLS = timedelta(seconds=20)
_BEFORE = timedelta(seconds=3.5)
_LEASES = timedelta(minutes=11)
"""Longer than a worker that died keeps anything from the next one."""
_QUIET_SECONDS = 6.0
"""Longer than a worker takes to see that the clock was set, to find what is due and to begin with it."""
_AT_ONCE = {"jobs", "inbox", "poll"}
"""What waits for a worker alone."""
_HOURLY = timedelta(minutes=22, seconds=57)
"""Past the hour: a moment before mail is looked after."""


@dataclass(slots=True)
class World:
    """Everything there is, and what has been promised to whom so far."""

    deps: Deps
    database: Engine
    environ: dict[str, str]
    nursery: Nursery
    store: Store
    live: Shop
    """Connected by keys: polled, read again, paid back at."""
    told: Shop
    """Not connected: what is known of it came by webhook or not at all."""
    post: Post
    web: Running | None = None
    worker: Running | None = None
    accepted: dict[int, list[int]] = field(default_factory=dict)
    """Of each of `told`'s orders the versions whose delivery was answered with 2xx, in the order of the answers."""
    declared: dict[int, str] = field(default_factory=dict)
    """Of each order of `live` that was withdrawn from, what the page that confirmed it was named."""
    kills: int = 0

    @property
    def clock(self) -> SetClock:
        """That of the processes, and of what the test does itself."""
        return self.nursery.clock

    def start(self) -> None:
        """Have both processes up."""
        if self.web is None or not self.web.is_alive:
            self.web = self.nursery.start("web", self.environ)
        if self.worker is None or not self.worker.is_alive:
            self.worker = self.nursery.start("worker", self.environ)

    def pass_time(self, by: timedelta) -> None:
        """Let time pass for everybody, the store too."""
        self.clock.go_on(by)

    def reconnect(self) -> None:
        """Have the store read from its beginning, as for a merchant who connects it anew."""
        now = self.clock.now()
        with self.deps.units(self.live.merchant) as unit:
            known = unit.connections.get(self.live.id)
            assert known
            unit.connections.save(Connection(self.live.id, known.credentials, connected_at=now, due_at=now))
            unit.commit()

    def secret(self, shop: Shop) -> str:
        """What the shop signs its webhooks with."""
        with self.deps.units.read(shop.merchant) as unit:
            hooks = unit.hooks.get(shop.id)
        assert hooks
        return hooks.secret

    def to_next_poll(self, after: timedelta = _LEASES) -> None:
        """Let so much time pass, until a moment before shops are polled."""
        self.pass_time(self._next(after))

    def settle(self) -> None:
        """Let everything come to its end: leases run out, the clock's jobs strike, until nothing waits."""
        self.start()
        deadline = time.monotonic() + 2 * HANGS_AFTER
        for patience in itertools.count(1):  # a busy machine may miss the instant of a poll, not for ever
            self._comes_to_rest(_QUIET_SECONDS * patience)
            if not (waiting := self.waiting()):
                return
            assert time.monotonic() < deadline, f"never: nothing waits any more: {waiting}"
            if "jobs" in waiting:  # between two attempts, for minutes of this machine's own time
                self.kill(self.worker)
            self.pass_time(self._next_hour() if "mails" in waiting else self._next(_LEASES))
            self.start()

    def kill(self, *victims: Running | None) -> None:
        """Kill these where they stand."""
        for each in victims:
            if each is not None and each.is_alive:
                each.kill()
        self.kills += 1

    def waiting(self) -> dict[str, object]:
        """What has not come to its end, by kind."""
        now, merchant, deps = self.clock.now(), self.live.merchant, self.deps
        figures = deps.views.figures(merchant, now)
        with deps.units.read(merchant) as unit:
            connection = unit.connections.get(self.live.id)
            orders = unit.orders.batch(self.live.id, None, 10_000)
            refunds = unit.refunds.of([order.id for order in orders])
            found: dict[str, object] = {
                "jobs": self._jobs(),
                "inbox": figures.inbox_waiting,
                "declarations": len(unit.declarations.unopened(now, 100)),
                "mails": len(unit.mails.unsent(now - timedelta(days=30), now + timedelta(days=1), 1000)),
                "refunds": [each.id for each in refunds if each.state in {RefundState.INTENT, RefundState.SENT}],
                "poll": connection is not None and (connection.due_at is None or connection.due_at <= now),
            }
        return {name: value for name, value in found.items() if value}

    def _jobs(self) -> int:
        """Effects that nobody has carried out to their end, straight from the engine's table."""
        schema = None if self.database.dialect.name == "sqlite" else "dbos"
        jobs = table("workflow_status", column("name"), column("status"), schema=schema)
        under_way = jobs.c.status.in_(["ENQUEUED", "PENDING"]) & (jobs.c.name == "job")
        with self.database.connect() as connection:
            return connection.execute(select(func.count()).select_from(jobs).where(under_way)).scalar_one()

    def _comes_to_rest(self, quiet: float) -> None:
        """Wait while anything changes; not at all where only time is missing."""
        before, since = self.waiting(), time.monotonic()
        while _AT_ONCE & before.keys() and time.monotonic() - since < quiet:
            time.sleep(0.1)
            if (now := self.waiting()) != before:
                before, since = now, time.monotonic()

    def _next(self, after: timedelta) -> timedelta:
        """From now until shops are polled, a moment before that, after so long."""
        then = self.clock.now() + after
        seconds = timedelta(seconds=then.timestamp() % _POLLS.total_seconds())
        return after - seconds + _POLLS - _BEFORE

    def _next_hour(self) -> timedelta:
        now = self.clock.now()
        hour = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=2)
        return hour + _HOURLY - now


@contextmanager
def opened(nursery: Nursery, database_url: str, **settings: str) -> Iterator[World]:
    """A world for the length of a block, its processes up, its store connected and read once."""
    with ExitStack() as stack:
        post = stack.enter_context(post_office())
        stack.callback(nursery.clear)
        store = open_store(nursery.clock.right)
        stack.enter_context(serving(store.shop))
        environ = _environ(nursery.folder, database_url, post) | settings
        runtime = open_runtime(Settings.from_env(environ))
        stack.callback(runtime.close)
        deps = replace(runtime.deps, clock=nursery.clock)
        told = _told(deps, nursery.clock.now())
        live = _connected(deps, store, told)
        database = create_engine(database_url)
        stack.callback(database.dispose)
        world = World(deps, database, environ, nursery, store, live, told, post)
        _take_up_business(world)
        world.start()
        yield world


def _environ(folder: Path, database_url: str, post: Post) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
    return kept | {
        "AFTERCARE_HOME": str(folder / "home"),
        "DATABASE_URL": database_url,
        "PORT": str(free_port()),
        "PUBLIC_URL": PUBLIC,
        "TRUSTED_PROXIES": "1",
        "ALLOW_PRIVATE_SHOPS": "yes",
        "WEB_CONCURRENCY": "1",
        "WEB_THREADS": "8",
        "SMTP_URL": f"smtp+plain://127.0.0.1:{post.port}",
        "MAIL_FROM": "Aftercare <post@aftercare.example>",
    }


def _told(deps: Deps, now: datetime) -> Shop:
    shop = open_shop(
        "Told", Platform.WOOCOMMERCE, None,
        directory=deps.directory, units=deps.units, ids=deps.ids, secrets=deps.secrets, now=now,
    )  # fmt: skip
    with deps.units(shop.merchant) as unit:
        unit.hooks.open(shop.id, TOLD_SECRET)
        unit.policies.add(a_policy(markets=(a_market("DE", frozenset({"DE"})),), home_country="DE"))
        unit.commit()
    return shop


def _connected(deps: Deps, store: Store, beside: Shop) -> Shop:
    keys = store.shop.keys
    made = connect_shop(
        store.shop.address, Credentials(keys.key, keys.secret), owner=beside.merchant, join_code=None,
        sources=deps.sources, directory=deps.directory, units=deps.units, ids=deps.ids, secrets=deps.secrets,
        now=deps.clock.now(),
    )  # fmt: skip
    return made.shop


def _take_up_business(world: World) -> None:
    """Read the store once, which makes its webhooks too, and let shoppers withdraw."""
    now = world.clock.now()
    periodic(world.deps)["poll_shops"][1](now)
    with world.deps.units(world.live.merchant) as unit:
        unit.shops.switch_withdrawal(world.live.id, now)
        unit.senders.save(world.post.sender(), now)
        unit.senders.tested(now)
        unit.commit()
