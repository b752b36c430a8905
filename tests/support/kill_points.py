"""A worker that dies at a chosen point: at any call that leaves the process, and at any commit, before or after it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, cast

from plugin.domain.claim.record import Entry
from plugin.domain.effects import Effect
from plugin.domain.ids import MerchantId
from plugin.jobs import codec, handlers
from plugin.jobs.schedule import periodic
from plugin.ports.deps import Deps
from plugin.ports.unit_of_work import UnitOfWork
from tests.build import MERCHANT
from tests.fakes.sources import FakeClock
from tests.fakes.units import FakeUnits

COMMIT = "commit"
_SWEEPS = (
    "drain_inbox",
    "queue_due_refunds",
    "queue_unproven",
    "queue_unremoved",
    "reissue_labels",
    "queue_due_labels",
    "open_withdrawals",
    "catch_up_goods",
    "queue_due_returns",
    "resend_links",
    "resend_unsent",
    "recheck_evidence",
    "compile_promises",
    "rebuild_nightly",
    "queue_due_postings",
    "queue_unpacked",
    "alert_data_requests",
)
_LATER = timedelta(minutes=75)
"""Longer than every lease, and than all attempts of a job."""
_NOT_STATE = re.compile(r"datetime\.datetime\([^()]*(?:\([^()]*\))?[^()]*\)|version=\d+")
_MADE_ID = re.compile(r"id\d{8}")


class Died(BaseException):
    """The process is gone: nobody catches this, and nothing uncommitted stays."""


@dataclass(slots=True)
class Fate:
    """Counts what is passed while it `counts`, and ends the process once, at one point."""

    at: tuple[int, bool] | None = None
    """Which pass, from 0 on, and whether after it."""
    passed: list[str] = field(default_factory=list)
    counts: bool = False

    def before(self, name: str) -> int:
        """The number of this pass; -1 while nothing is counted."""
        if not self.counts:
            return -1
        self.passed.append(name)
        number = len(self.passed) - 1
        self._meet(number, is_after=False)
        return number

    def after(self, number: int) -> None:
        self._meet(number, is_after=True)

    def _meet(self, number: int, *, is_after: bool) -> None:
        if self.counts and self.at == (number, is_after):
            self.counts = False
            raise Died


class Watched:
    """A port of which each of the named calls is a pass; everything else goes straight through."""

    def __init__(self, port: object, name: str, calls: frozenset[str], fate: Fate) -> None:
        self._port, self._name, self._calls, self._fate = port, name, calls, fate

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the port has
        found = getattr(self._port, name)
        if name not in self._calls:
            return found

        def call(*args: Any, **named: Any) -> Any:  # noqa: ANN401 - the port's own signature
            number = self._fate.before(f"{self._name}.{name}")
            answer = found(*args, **named)
            self._fate.after(number)
            return answer

        return call


class _WatchedUnit:
    """A unit of work whose commit is a pass."""

    def __init__(self, unit: UnitOfWork, fate: Fate) -> None:
        self._unit, self._fate = unit, fate
        self.committed: int | None = None

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the unit has
        return getattr(self._unit, name)

    def commit(self) -> None:
        number = self._fate.before(COMMIT)
        self._unit.commit()
        self.committed = number


@dataclass(frozen=True, slots=True)
class WatchedUnits:
    """`Units` whose commits are passes: to die after one is to die with everything of it kept."""

    inner: FakeUnits
    fate: Fate

    @contextmanager
    def __call__(self, merchant: MerchantId, *, is_incoming: bool = False) -> Iterator[UnitOfWork]:
        with self.inner(merchant, is_incoming=is_incoming) as unit:
            watched = _WatchedUnit(unit, self.fate)
            yield cast("UnitOfWork", watched)
        if watched.committed is not None:
            self.fate.after(watched.committed)

    @contextmanager
    def read(self, merchant: MerchantId) -> Iterator[UnitOfWork]:
        with self.inner.read(merchant) as unit:
            yield unit


@dataclass(slots=True)
class Worker:
    """The job engine on what waits in memory: a job ends when it has run, and is given again when its worker died."""

    deps: Deps
    units: FakeUnits
    clock: FakeClock
    fate: Fate
    done: int = 0

    def run(self, effect: Effect) -> None:
        """Carry out one effect as it comes out of the job tables."""
        handlers.run(codec.load(codec.name_of(effect), codec.dump(effect)), self.deps)

    def run_watched(self, effect: Effect) -> None:
        """Carry it out with its passes counted; raises `Died` where its fate is met."""
        self.fate.counts = True
        try:
            self.run(effect)
        finally:
            self.fate.counts = False

    def work(self) -> None:
        """Carry out everything that waits, in its order, and what comes of it."""
        while self.done < len(self.units.effects(MERCHANT)):
            self.run(self.units.effects(MERCHANT)[self.done])
            self.done += 1

    def catch_up(self) -> None:
        """Work off what waits, then let the clock's jobs find what a lost job left, twice."""
        self.work()
        jobs = periodic(self.deps)
        for _ in range(2):
            self.clock.advance(_LATER)
            for name in _SWEEPS:
                jobs[name].run(self.clock.now())
                self.work()


@dataclass(slots=True)
class World:
    """One effect that waits, what carries it out, and what has become of everything it touches."""

    effect: Effect
    worker: Worker
    outside: Callable[[], object]
    """What mailbox, platform, provider or store have to show for it."""

    def outcome(self) -> str:
        """Outside and records as text; made identifiers are told apart by order alone, and no instant is in it."""
        return _renamed(repr((self.outside(), kept(self.worker.units))))


def kept(units: FakeUnits) -> dict[str, object]:
    """Everything on record an effect may touch, but for when it was and how often it was tried."""
    rows = units.of(MERCHANT)
    return {
        "claims": {key: _NOT_STATE.sub("", repr(claim)) for key, claim in rows.claims.items()},
        "told_twice": {key: _twice(entries) for key, entries in rows.claim_entries.items()},
        "refunds": [(row.id, row.state, row.platform_refund, row.code, row.total) for row in rows.refunds.values()],
        "labels": [
            (row.id, row.state, row.source, row.carriage, row.code, row.file and row.file.digest)
            for row in rows.labels.values()
        ],
        "mails": (sorted(rows.mails), sorted(rows.mails_queued), sorted(rows.mail_failures)),
        "evidence": [
            (row.id, row.state, row.scan, row.refusal, row.stored and row.stored.digest)
            for row in rows.evidence.values()
        ],
        "evidence_parts": sorted(rows.evidence_parts),
        "entitlements": rows.entitlements,
        "promises": rows.promises,
        "wishes": sorted(rows.link_requests),
        "capabilities": [repr(draft.can) for draft in rows.claim_drafts.values()],
        "inbox": len(rows.inbox),
        "keys_asked": [(row.id, row.state, row.keys, row.fault) for row in rows.key_requests.values()],
        "data_asked": [(row.state, row.size > 0) for row in rows.data_requests.values()],
        "posted": sorted((shop, place.owner, place.key) for shop, place in rows.posted),
        "let_go": [(row.shop, row.state) for row in rows.disconnections.values()],
        "gone": sorted(key for key, row in rows.orders.items() if row.is_gone),
        "connections": [(row.connection.shop, row.connection.credentials) for row in rows.connections.values()],
    }


def _twice(entries: Iterable[Entry]) -> list[str]:
    """What stands in a record more than once: a lost answer may leave a step out, but nothing is told again."""
    counted = Counter(repr(entry.event) for entry in entries)
    return sorted(event for event, count in counted.items() if count > 1)


def _renamed(told: str) -> str:
    known: dict[str, str] = {}
    return _MADE_ID.sub(lambda found: known.setdefault(found[0], f"made{len(known)}"), told)
