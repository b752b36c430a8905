"""One installation at work: web, worker, database, a store that is connected, one that only tells, a post office."""

from __future__ import annotations

import itertools
import os
import time
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Engine, create_engine, select

from plugin.domain.connection import Connection, Credentials
from plugin.domain.order import Platform
from plugin.domain.refund.intent import RefundState
from plugin.domain.shop import Shop
from plugin.jobs.schedule import periodic
from plugin.ports.deps import Deps
from plugin.runtime import open_runtime
from plugin.settings import Settings
from plugin.storage.tables import refund_intents
from plugin.usecases.connect_shop import connect_shop
from plugin.usecases.open_shop import open_shop
from tests.build import a_market, a_policy
from tests.faults.processes import Crew, SetClock
from tests.faults.rounds import MAIL, POLLS, WITHDRAWALS, Rounds, Strike, ahead
from tests.faults.store import Store, open_store
from tests.support.local_server import free_port
from tests.support.mail_server import Post, post_office
from tests.support.processes import HANGS_AFTER, Running, eventually
from tests.support.woocommerce_shop import serving

PUBLIC = "https://aftercare.example"
TOLD_SECRET = "c0ffee"
_LEASES = timedelta(minutes=11)
"""Longer than a worker that died keeps anything from the next one."""
_PATIENCE = timedelta(hours=8)
"""By the clock of the processes: what nobody answered for an hour is tried again within another, a letter hourly."""
_AT_ONCE = {"jobs", "inbox", "poll"}
"""What waits for a worker alone."""


@dataclass(slots=True)
class World:
    """Everything there is, and what has been promised to whom so far."""

    deps: Deps
    database: Engine
    environ: dict[str, str]
    crew: Crew
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
    interrupted: Counter[str] = field(default_factory=Counter)
    """How often the worker was killed while it was sending a letter, by the letter's id."""
    crashes: int = 0
    """Of the database: each may come between a letter's leaving and its being noted, which it then does again."""

    @property
    def rounds(self) -> Rounds:
        """What the worker has done."""
        return Rounds(self.database)

    @property
    def clock(self) -> SetClock:
        """That of the processes, and of what the test does itself."""
        return self.crew.clock

    def start(self) -> None:
        """Have both processes up."""
        if self.web is None or not self.web.is_alive:
            self.web = self.crew.start("web", self.environ)
        if self.worker is None or not self.worker.is_alive:
            self.worker = self.crew.start("worker", self.environ)

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
        self.pass_time(ahead(POLLS, self.clock.now(), after))

    def settle(self) -> None:
        """Let everything come to its end: leases run out, the clock's jobs strike, until nothing waits."""
        self.start()
        began = self.clock.right()
        while True:
            self._comes_to_rest()
            if not (waiting := self.waiting()):
                return
            passed = self.clock.right() - began
            assert passed < _PATIENCE, f"never: nothing waits any more; after {passed}: {waiting}"
            if "jobs" in waiting:  # between two attempts, for minutes of this machine's own time
                self.kill(self.worker)
            self._strike(next((_LOST[kind] for kind in waiting if kind in _LOST), POLLS), self._until_read())

    def kill(self, *victims: Running | None) -> None:
        """Kill these where they stand."""
        killed = [each for each in victims if each is not None and each.is_alive]
        for each in killed:
            each.kill()
        if self.worker in killed:
            self.interrupted.update(self.rounds.letters())

    def waiting(self) -> dict[str, object]:
        """What has not come to its end, by kind."""
        now, merchant, deps = self.clock.now(), self.live.merchant, self.deps
        figures = deps.views.figures(merchant, now)
        with deps.units.read(merchant) as unit:
            connection = unit.connections.get(self.live.id)
            found: dict[str, object] = {
                "jobs": self.rounds.under_way(),
                "inbox": figures.inbox_waiting,
                "declarations": len(unit.declarations.unopened(now, 100)),
                "mails": len(unit.mails.unsent(now - timedelta(days=30), now + timedelta(days=1), 1000)),
                "refunds": self._unsettled(),
                "poll": connection is not None and (connection.due_at is None or connection.due_at <= now),
            }
        return {name: value for name, value in found.items() if value}

    def _unsettled(self) -> list[str]:
        """Refunds, straight from their table: reading every order for them would cost more than what is tested."""
        is_open = refund_intents.c.state.in_([RefundState.INTENT, RefundState.SENT])
        with self.database.connect() as connection:
            rows = connection.execute(select(refund_intents.c.id, refund_intents.c.state).where(is_open))
            return [f"{row.id} {row.state}" for row in rows]

    def _comes_to_rest(self) -> None:
        """Wait while anything changes; not at all where only time is missing."""
        before, since, until = self.waiting(), self.crew.turns, time.monotonic() + HANGS_AFTER
        while _AT_ONCE & before.keys() and self.crew.turns < since + _turns(before):
            assert self.worker
            assert self.worker.is_alive, f"the worker ended by itself: {before}"
            assert time.monotonic() < until, f"the worker does nothing: {before}"
            time.sleep(0.25)
            if (now := self.waiting()) != before:
                before, since, until = now, self.crew.turns, time.monotonic() + HANGS_AFTER

    def _until_read(self) -> timedelta:
        """From now until leases have run out, and the store is read as well: it tells what it has paid back."""
        with self.deps.units.read(self.live.merchant) as unit:
            known = unit.connections.get(self.live.id)
        due = known.due_at if known else None
        return max(_LEASES, due - self.clock.now()) if due else _LEASES

    def _strike(self, strike: Strike, after: timedelta) -> None:
        """Let time pass until the clock has the worker do this, and wait until it has.

        A machine that is busy at that moment misses what is done hourly: then there is more time before the next.
        """
        for tries in itertools.count(1):
            now = self.clock.now()
            by = ahead(strike, now, after, tries)
            due = strike.after(now + by)
            self.pass_time(by)
            self.start()
            eventually(partial(self._is_past, strike, due), f"the worker does {strike.jobs} or what comes after it")
            if self.rounds.has_done(strike.jobs, due):
                return

    def _is_past(self, strike: Strike, due: datetime) -> bool:
        return self.rounds.has_done(strike.jobs, due) or self.rounds.has_done(POLLS.jobs, due + POLLS.every)


def _turns(waiting: Collection[str]) -> int:
    """That a worker has while nothing changes, before it is believed to do nothing at once: it looks every two seconds.

    More where effects are under way: if they are between two attempts it is killed, and not while it is at one.
    """
    return 100 if "jobs" in waiting else 40


_LOST = {"mails": MAIL, "declarations": WITHDRAWALS}
"""What queues it again where its job was lost."""


@contextmanager
def opened(crew: Crew, database_url: str, **settings: str) -> Iterator[World]:
    """A world for the length of a block, its processes up, its store connected and read once."""
    with ExitStack() as stack:
        post = stack.enter_context(post_office())
        stack.callback(crew.clear)
        store = open_store(crew.clock.right)
        stack.enter_context(serving(store.shop))
        environ = _environ(crew.folder, database_url, post) | settings
        runtime = open_runtime(Settings.from_env(environ))
        stack.callback(runtime.close)
        deps = replace(runtime.deps, clock=crew.clock)
        told = _told(deps, crew.clock.now())
        live = _connected(deps, store, told)
        database = create_engine(database_url)
        stack.callback(database.dispose)
        world = World(deps, database, environ, crew, store, live, told, post)
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
    periodic(world.deps)["poll_shops"].run(now)
    with world.deps.units(world.live.merchant) as unit:
        unit.shops.switch_withdrawal(world.live.id, now)
        unit.senders.save(world.post.sender(), now)
        unit.senders.tested(now)
        unit.commit()
