"""Whether the merchant's order list and its searches stay as quick as a shop grows."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from html import unescape

from flask.testing import FlaskClient

from bench import postgres
from bench.installations import Installation, installation
from bench.quiet import hush
from bench.result import Result, Size
from bench.seeds import project_alike, seed, send_alike
from bench.stopwatch import Stopwatch
from bench.varied_orders import FIRST_ID, email_of
from plugin.app import build_app
from plugin.domain.shop import Role, Shop
from plugin.usecases.invite_staff import invite_staff
from plugin.usecases.sign_in import sign_in
from plugin.usecases.tracking.score_carriers import keep_scores
from plugin.web.admin.auth import COOKIE

_TARGET = 1.5
_MOST_MILLISECONDS = 100.0
_FEW = {Size.TINY: 60, Size.QUICK: 1_000, Size.FULL: 10_000}
_MANY = {Size.TINY: 120, Size.QUICK: 30_000, Size.FULL: 1_000_000}
_MANY_ON_SQLITE = {**_MANY, Size.FULL: 300_000}
_ROUNDS = {Size.TINY: 1, Size.QUICK: 40, Size.FULL: 60}
_BLOCKS = {Size.TINY: 1, Size.QUICK: 5, Size.FULL: 5}
"""p95 is taken in each block of rounds; the median of the blocks is told."""
_WARM_UP = {Size.TINY: 0, Size.QUICK: 5, Size.FULL: 5}
_NEXT = re.compile(r'href="([^"]*cursor=[^"]*)"')


@dataclass(slots=True)
class _Admin:
    """A browser that is signed in to a shop of so many orders."""

    client: FlaskClient
    orders: int
    watch: Stopwatch = field(default_factory=Stopwatch)

    def ask(self, what: str, query: str) -> str:
        return self.open(what, f"orders{query}")

    def open(self, what: str, page: str) -> str:
        with self.watch.timing(what):
            response = self.client.get(f"/admin/{page}")
        assert response.status_code == 200, response.status  # noqa: PLR2004 - HTTP's own number
        return response.get_data(as_text=True)


def admin(size: Size) -> Iterator[Result]:
    """Few and many orders side by side, on either database; their pages are asked for in turn."""
    most = {"SQLite": _MANY_ON_SQLITE[size], "PostgreSQL": _MANY[size]}
    for kind, database in postgres.either(size):
        with database() as few, database() as many:
            yield from _compare(kind, size, (few, many), most[kind])


def _compare(kind: str, size: Size, urls: tuple[str | None, str | None], most: int) -> Iterator[Result]:
    with ExitStack() as stack:
        counts = (_FEW[size], most)
        admins = [
            _signed_in(stack.enter_context(installation(url)), count) for url, count in zip(urls, counts, strict=True)
        ]
        hush()
        chance = random.Random(7)
        for each in admins:
            for _ in range(_WARM_UP[size]):
                _round(each, chance)
            each.watch.took.clear()
        for _ in range(_BLOCKS[size]):
            for _ in range(_ROUNDS[size]):
                for each in admins:
                    _round(each, chance)
            for each in admins:
                each.watch.close_block()
    yield from _told(kind, *admins)


def _told(kind: str, few: _Admin, many: _Admin) -> Iterator[Result]:
    """How much longer each took in the large shop; and the slowest of all that have to be quick."""
    slowest = 0.0
    for what in many.watch.p95:
        name = f"admin: {what}, {many.orders:,} orders, {kind}, p95"
        slow, quick = (each.watch.milliseconds(what) for each in (many, few))
        yield Result(name, slow, "ms", quick, _TARGET, is_lower_better=True)
        slowest = max(slowest, slow)
    name = f"admin: the slowest list, search or board, {many.orders:,} orders, {kind}, p95"
    yield Result(name, slowest, "ms", target=_MOST_MILLISECONDS, is_lower_better=True)


def _signed_in(installed: Installation, count: int) -> _Admin:
    shop = installed.shop()
    seed(installed, shop, count, is_alike=True)
    project_alike(installed, shop)
    send_alike(installed, shop)
    deps = installed.runtime.deps
    keep_scores(merchant=shop.merchant, units=deps.units, views=deps.views, now=deps.clock.now())
    client = build_app(installed.runtime.settings, deps).test_client()
    client.set_cookie(COOKIE, session_of(installed, shop), path="/admin")
    return _Admin(client, count)


def session_of(installed: Installation, shop: Shop) -> str:
    """The token of an owner who has signed in."""
    deps = installed.runtime.deps
    now = deps.clock.now()
    invitation = invite_staff(
        "owner@example.com",
        Role.OWNER,
        "en",
        merchant=shop.merchant,
        units=deps.units,
        ids=deps.ids,
        secrets=deps.secrets,
        now=now,
    )
    entered = sign_in(str(invitation.token), "bench", units=deps.units, ids=deps.ids, secrets=deps.secrets, now=now)
    return str(entered.token)


def _round(here: _Admin, chance: random.Random) -> None:
    number = chance.randrange(here.orders)
    here.open("home", "")
    here.open("carriers' scores", "insights/carriers")
    here.open("parcels", "shipments")
    first = here.ask("first page", "")
    following = _NEXT.search(first)
    assert following is not None
    here.ask("second page", unescape(following[1]).removeprefix("/admin/orders"))
    assert str(FIRST_ID + number) in here.ask("exact e-mail", f"?q={email_of(number)}")
    assert str(FIRST_ID + number) in here.ask("whole number", f"?q={FIRST_ID + number}")
    here.ask("number's beginning, 10 match", f"?q={str(FIRST_ID + number)[:-1]}")
    here.ask("number's beginning, all match", f"?q={str(FIRST_ID)[:1]}")
    here.ask("number's beginning, the oldest 10,000", f"?q={str(FIRST_ID)[:3]}")
