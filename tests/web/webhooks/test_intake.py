"""A burst costs a few commits, and everybody who is told "kept" is right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from itertools import count
from threading import Barrier, Event

import pytest

from plugin.domain.errors import NotFound
from plugin.domain.ids import InboxId, MerchantId
from plugin.domain.order import Platform
from plugin.domain.stored import Arrival, InboxMessage
from plugin.ports.arrivals import Keep
from plugin.web.webhooks.intake import Intake
from tests.build import MERCHANT, NOW, a_shop
from tests.support.admin import Installation

MESSAGE = InboxMessage(InboxId("in"), MERCHANT, a_shop().id, Platform.WOOCOMMERCE, "order.updated", (), b"{}", NOW)


def arrival(name: str, key: str | None = None) -> Arrival:
    return Arrival(replace(MESSAGE, id=InboxId(name)), key or name)


class Door:
    """Keeps in memory, one commit at a time; the first commit takes as long as it is told to."""

    def __init__(self) -> None:
        self.commits: list[list[str]] = []
        self.is_open = Event()
        self.bad = ""

    def turn(self) -> AbstractContextManager[Keep]:
        return nullcontext(self.keep)

    def keep(self, arrivals: Sequence[Arrival]) -> None:
        names = [each.message.id for each in arrivals]
        self.is_open.wait(10)
        if self.bad in names:
            raise ValueError(self.bad)
        self.commits.append([str(name) for name in names])


def burst(intake: Intake, names: Sequence[str], door: Door, writers: int = 1) -> dict[str, Exception | None]:
    """All at once, the first being on its way to the disk when the others come."""

    def take(name: str) -> Exception | None:
        try:
            intake.take(arrival(name))
        except ValueError as error:
            return error
        assert name in {kept for commit in door.commits for kept in commit}, "told before it was so"
        return None

    with ThreadPoolExecutor(len(names)) as threads:
        told = {name: threads.submit(take, name) for name in names}
        while len(intake._waiting) + writers < len(names):  # all but the writers' own have to queue first
            pass
        door.is_open.set()
        return {name: future.result(10) for name, future in told.items()}


def test_what_comes_while_a_commit_runs_is_kept_by_the_next_one() -> None:
    door = Door()
    told = burst(Intake(door.turn, writers=1), [f"n{i}" for i in range(16)], door)
    assert set(told.values()) == {None}
    assert len(door.commits) == 2
    assert sorted(name for commit in door.commits for name in commit) == sorted(told)


def test_what_comes_while_another_process_writes_is_kept_in_one_commit() -> None:
    door = Door()

    @contextmanager
    def turn() -> Iterator[Keep]:
        door.is_open.wait(10)
        yield door.keep

    told = burst(Intake(turn, writers=1), [f"n{i}" for i in range(16)], door)
    assert [sorted(commit) for commit in door.commits] == [sorted(told)]


def test_who_gets_no_turn_is_told_and_nobody_with_them() -> None:
    door, turns = Door(), count()

    @contextmanager
    def turn() -> Iterator[Keep]:
        door.is_open.wait(10)
        if not next(turns):
            raise ValueError("no turn")
        yield door.keep

    told = burst(Intake(turn, writers=1), [f"n{i}" for i in range(8)], door)
    assert sorted(str(error) for error in told.values() if error) == ["no turn"]
    assert [sorted(commit) for commit in door.commits] == [sorted(name for name, error in told.items() if not error)]


def test_a_writer_that_is_ended_leaves_its_turn_to_the_next() -> None:
    door, turns = Door(), count()
    door.is_open.set()

    @contextmanager
    def turn() -> Iterator[Keep]:
        if not next(turns):
            raise SystemExit
        yield door.keep

    intake = Intake(turn, writers=1)
    with pytest.raises(SystemExit):
        intake.take(arrival("ended"))
    intake.take(arrival("next"))
    assert door.commits == [["next"]]


def test_so_many_as_are_told_write_at_the_same_time_and_the_rest_is_shared_out() -> None:
    door, at_once = Door(), Barrier(2)
    both: list[int] = []

    def keep(arrivals: Sequence[Arrival]) -> None:
        if len(both) < 2:  # the first two: each is at work only as long as the other is
            both.append(len(arrivals))
            at_once.wait(10)
        door.keep(arrivals)

    told = burst(Intake(lambda: nullcontext(keep), writers=2), [f"n{i}" for i in range(16)], door, writers=2)
    assert set(told.values()) == {None}
    assert both == [1, 1]
    assert len(door.commits) <= 4
    assert sorted(name for commit in door.commits for name in commit) == sorted(told)


def test_one_that_cannot_be_kept_takes_no_other_with_it() -> None:
    door = Door()
    door.bad = "n3"
    told = burst(Intake(door.turn, writers=1), [f"n{i}" for i in range(8)], door)
    assert [name for name, error in told.items() if error] == ["n3"]
    assert sorted(name for commit in door.commits for name in commit) == sorted(set(told) - {"n3"})


def test_a_burst_from_many_threads_is_on_record_once_each(installation: Installation) -> None:
    deps = installation.deps
    intake, start = Intake(deps.arrivals.turn, deps.arrivals.writers), Barrier(12)

    def send(thread: int) -> None:
        start.wait(10)
        for number in range(10):
            intake.take(arrival(f"t{thread:02}-{number}", key=f"order-{number}-{thread // 2}"))

    with ThreadPoolExecutor(12) as threads:
        list(threads.map(send, range(12)))
    kept = deps.inbox_lease.lease(NOW, NOW, 1000)
    assert len(kept) == 60
    assert {message.body for message in kept} == {b"{}"}


def test_a_message_of_nobody_is_refused_alone(installation: Installation) -> None:
    deps = installation.deps
    stranger = replace(MESSAGE, merchant=MerchantId("nobody"))
    with pytest.raises(NotFound):
        Intake(deps.arrivals.turn, deps.arrivals.writers).take(Arrival(stranger, "k"))
    Intake(deps.arrivals.turn, deps.arrivals.writers).take(arrival("mine"))
    assert [message.id for message in deps.inbox_lease.lease(NOW, NOW, 10)] == ["mine"]
