"""Other processes with the same database open: real ones, forked by a server that has imported the storage once."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from plugin.domain.claim.commands.conversing import note
from plugin.domain.claim.vocabulary import ENGINE
from plugin.domain.errors import Conflict
from plugin.storage import KeyRing, Storage, open_storage
from plugin.usecases.claim.act import act_on_claim
from tests.build import MERCHANT, NOW, a_policy
from tests.fakes.sources import FakeSecrets
from tests.storage.claim_records import CLAIM

WAIT = 60.0
Work = Callable[[Storage, Callable[[], None]], Any]
"""What one does, and calls before it begins: it returns when the test lets it go on."""

_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload([__name__])


class NoQueue:
    """Takes effects and leaves it at that."""

    def add(self, effects: object, *, key: str | None = None) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Other:
    """A process that has the database open and waits to be let go on."""

    process: ForkServerProcess
    line: Connection

    def begin(self) -> None:
        self.line.send(None)

    def result(self) -> Any:  # noqa: ANN401 - whatever its work returns
        """What its work came to; raises `EOFError` where it failed."""
        assert self.line.poll(WAIT)
        return self.line.recv()

    def kill(self) -> None:
        self.process.kill()
        self.process.join(WAIT)


@contextmanager
def other_process(work: Work, url: str, home: Path, ring: KeyRing) -> Iterator[Other]:
    """Start one, and wait until it is ready to begin."""
    line, theirs = _SERVER.Pipe()
    process = _SERVER.Process(target=_run, args=(work, url, home, ring.to_json(), theirs), daemon=True)
    process.start()
    theirs.close()
    other = Other(process, line)
    try:
        assert other.result() == "ready"
        yield other
    finally:
        other.kill()
        line.close()


def _run(work: Work, url: str, home: Path, ring: str, line: Connection) -> None:
    storage = open_storage(url, home=home, keys=KeyRing.parse(ring), queue_factory=lambda _connection: NoQueue())

    def ready() -> None:
        line.send("ready")
        line.recv()

    line.send(work(storage, ready))


def lease_all(storage: Storage, ready: Callable[[], None]) -> list[str]:
    """Lease the inbox by sevens until nothing is left; what it was."""
    ready()
    taken: list[str] = []
    while leased := storage.inbox_lease.lease(NOW, NOW + timedelta(hours=1), 7):
        taken += [message.id for message in leased]
    return taken


def write_for_ever(storage: Storage, ready: Callable[[], None]) -> None:
    """Begin to write, and stay in mid transaction."""
    with storage.units(MERCHANT) as unit:
        unit.policies.add(a_policy("torn"))
        ready()


@dataclass(frozen=True, slots=True)
class Hammer:
    """Adds so many entries to a claim that others write to, whoever wins; returns how often it was the slower one."""

    name: str
    wanted: int

    def __call__(self, storage: Storage, ready: Callable[[], None]) -> int:
        ready()
        written, slower, secrets = 0, 0, FakeSecrets()
        while written < self.wanted:
            entry = note(f"{self.name} {written}", ENGINE)
            try:
                with storage.units(MERCHANT) as unit:
                    act_on_claim(CLAIM, lambda _: entry, unit=unit, secrets=secrets, now=NOW)  # noqa: B023 - called at once
                    unit.commit()
                written += 1
            except Conflict:
                slower += 1
        return slower
