"""Whether the queue of claims and the submitting of one stay as quick as claims pile up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from html import unescape

from flask.testing import FlaskClient

from bench import postgres
from bench.admin import session_of
from bench.claim_seeds import number_of, orders_of, seed_claims
from bench.installations import Installation, installation
from bench.quiet import hush
from bench.result import Result, Size
from bench.seeds import seed
from bench.stopwatch import Stopwatch
from plugin.app import build_app
from plugin.domain.claim.vocabulary import ClaimTrack
from plugin.domain.ids import ClaimDraftId, LineId, OrderId
from plugin.usecases.claim.desk import Desk, desk_of
from plugin.usecases.claim.open import ClaimForm, FormLine, open_from_form
from plugin.web.admin.auth import COOKIE

_TARGET = 1.5
_FEW = {Size.TINY: 60, Size.QUICK: 1_000, Size.FULL: 1_000}
_MANY = {Size.TINY: 120, Size.QUICK: 20_000, Size.FULL: 200_000}
_ROUNDS = {Size.TINY: 1, Size.QUICK: 20, Size.FULL: 40}
_BLOCKS = {Size.TINY: 1, Size.QUICK: 5, Size.FULL: 5}
_WARM_UP = {Size.TINY: 0, Size.QUICK: 5, Size.FULL: 5}
_NEXT = re.compile(r'href="([^"]*cursor=[^"]*)"')


@dataclass(slots=True)
class _Queue:
    """An agent's browser, and shoppers of orders that nobody has claimed yet."""

    client: FlaskClient
    desk: Desk
    claims: int
    unclaimed: list[OrderId]
    line: LineId
    watch: Stopwatch = field(default_factory=Stopwatch)

    def ask(self, what: str, query: str) -> str:
        with self.watch.timing(what):
            response = self.client.get(f"/admin/claims{query}")
        assert response.status_code == 200, response.status  # noqa: PLR2004 - HTTP's own number
        return response.get_data(as_text=True)

    def submit(self, installed: Installation) -> None:
        order, now = self.unclaimed.pop(), installed.runtime.deps.clock.now()
        lines = (FormLine(self.line, 1, words="It came in pieces."),)
        form = ClaimForm(ClaimDraftId(order), order, lines, "de", ClaimTrack.WITHDRAWAL, "signed_in", now)
        with self.watch.timing("submit"):
            open_from_form(form, desk=self.desk, now=now)


def claims(size: Size) -> Iterator[Result]:
    """Few and many claims side by side, on either database; pages are asked for and claims submitted in turn."""
    for kind, database in postgres.either(size):
        with database() as few, database() as many:
            yield from _compare(kind, size, (few, many))


def _compare(kind: str, size: Size, urls: tuple[str | None, str | None]) -> Iterator[Result]:
    rounds = _WARM_UP[size] + _BLOCKS[size] * _ROUNDS[size]
    with ExitStack() as stack:
        installed = [stack.enter_context(installation(url)) for url in urls]
        counts = (_FEW[size], _MANY[size])
        queues = [_queue(each, count, rounds) for each, count in zip(installed, counts, strict=True)]
        hush()
        pairs = list(zip(queues, installed, strict=True))
        for queue, own in pairs:
            for turn in range(_WARM_UP[size]):
                _round(queue, own, turn)
            queue.watch.took.clear()
        for _ in range(_BLOCKS[size]):
            for turn in range(_ROUNDS[size]):
                for queue, own in pairs:
                    _round(queue, own, turn)
            for queue in queues:
                queue.watch.close_block()
    yield from _told(kind, queues)


def _told(kind: str, queues: Sequence[_Queue]) -> Iterator[Result]:
    few, many = queues
    for what in many.watch.p95:
        name = f"claims: {what}, {many.claims:,} claims, {kind}, p95"
        slow, quick = many.watch.milliseconds(what), few.watch.milliseconds(what)
        yield Result(name, slow, "ms", quick, _TARGET, is_lower_better=True)


def _queue(installed: Installation, count: int, rounds: int) -> _Queue:
    """A shop of so many claims, and of an order more for every claim that is to be submitted."""
    shop, deps = installed.shop(), installed.runtime.deps
    installed.promise(shop)
    seed(installed, shop, count + rounds, is_alike=True)
    sold = orders_of(installed, shop)
    seed_claims(installed, shop, sold[:count])
    with deps.units.read(shop.merchant) as unit:
        line = unit.orders.get(sold[-1]).order.lines[0].id
    client = build_app(installed.runtime.settings, deps).test_client()
    client.set_cookie(COOKIE, session_of(installed, shop), path="/admin")
    return _Queue(client, desk_of(deps, shop.merchant), count, sold[count:], line)


def _round(queue: _Queue, installed: Installation, turn: int) -> None:
    queue.ask("queue", "")
    following = _NEXT.search(queue.ask("all", "?view=all"))
    assert following is not None
    queue.ask("all, second page", unescape(following[1]).removeprefix("/admin/claims"))
    queue.ask("unassigned", "?view=unassigned")
    queue.ask("safety", "?view=safety")
    queue.ask("all of a country", "?view=all&country=FR")
    number = number_of(turn * 7 % queue.claims)
    assert number in queue.ask("a number", f"?view=all&q={number}")
    queue.submit(installed)
