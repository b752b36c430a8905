"""What the fault suite asks afterwards sees what it is there to see: each promise is broken once, on purpose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from sqlalchemy import Delete, Insert, Update, delete, insert, select, update

from plugin.storage.tables import claims, inbox, mails
from tests.faults import invariants
from tests.faults import world as worlds
from tests.faults.day import FIRST_SOLD, Day
from tests.faults.processes import Nursery
from tests.faults.world import World

_OTHER = FIRST_SOLD + 2
Asked = Callable[[World], Iterator[str]]


def test_each_broken_promise_is_seen_and_told_in_words(sqlite_url: str, young: Nursery, fresh: Path) -> None:
    with worlds.opened(young, sqlite_url) as world:
        day = Day(world, Random(7))  # noqa: S311 - chance that can be taken again, and nothing secret
        day.open(6)
        day.bustle(withdrawn=1)
        day.end()
        invariants.hold(world, fresh)
        asked: list[tuple[Callable[[Day], None], Asked, str]] = [
            (_lose_a_delivery, invariants.deliveries, "is on record, of which nobody told"),
            (_lose_deliveries, invariants.deliveries, "was answered with 2xx"),
            (_pay_back_again, invariants.refunds, "was paid back 2 times"),
            (_pay_back_elsewhere, invariants.refunds, "nothing is on record"),
            (_forget_the_payment, invariants.refunds, "the store knows nothing of it"),
            (_drop_mail, invariants.letters, "nobody ever got it"),
            (_send_again_and_again, invariants.letters, "left 3 times"),
            (_hide_mail, invariants.letters, "neither waiting nor shown"),
            (_forget_the_letter, invariants.claims, "has no acknowledgement"),
            (_forget_the_claim, invariants.claims, "has 0 claims"),
        ]
        for break_it, ask, words in asked:
            break_it(day)
            told = list(ask(world))
            assert any(words in each for each in told), (break_it.__name__, told)
        _change_and_remove_untold(day)
        told = list(invariants.as_read_afresh(world, fresh))
        assert any("differs" in each for each in told), told
        assert any("only on record here" in each for each in told), told


def _lose_a_delivery(day: Day) -> None:
    """What was told of is not what is known of."""
    del day.world.accepted[min(day.world.accepted)]


def _lose_deliveries(day: Day) -> None:
    """Everything that was accepted is deleted before the worker comes to it."""
    world = day.world
    world.kill(world.worker)
    day.traffic.burst(range(105, 112))
    day.traffic.tell_held()
    day.traffic.finish()
    _write(world, delete(inbox))


def _pay_back_again(day: Day) -> None:
    made = day.world.store.shop.refunds[FIRST_SOLD]
    made.append({**made[0], "id": made[0]["id"] + 1})


def _pay_back_elsewhere(day: Day) -> None:
    made = day.world.store.shop.refunds
    made[FIRST_SOLD + 3] = [{**made[FIRST_SOLD][0], "meta_data": [], "reason": "A slip"}]


def _forget_the_payment(day: Day) -> None:
    day.world.store.shop.refunds[FIRST_SOLD] = []


def _drop_mail(day: Day) -> None:
    taken = day.world.post.taken
    gone = taken[-1].message["Message-ID"]
    taken[:] = [each for each in taken if each.message["Message-ID"] != gone]


def _send_again_and_again(day: Day) -> None:
    day.world.post.taken += [day.world.post.taken[0]] * 2


def _hide_mail(day: Day) -> None:
    """A letter that has no words any more and yet has not left."""
    world = day.world
    with world.database.connect() as connection:
        row = connection.execute(select(mails)).first()
    assert row
    _write(world, insert(mails).values(**{**row._mapping, "id": "hidden", "sent_at": None}))


def _forget_the_letter(day: Day) -> None:
    _write(day.world, delete(mails))


def _forget_the_claim(day: Day) -> None:
    """It is another order's."""
    other = next(each for each in invariants.orders(day.world.deps, day.world.live) if each.order.number == str(_OTHER))
    _write(day.world, update(claims).values(order_id=other.id))


def _write(world: World, statement: Delete | Insert | Update) -> None:
    with world.database.begin() as connection:
        connection.execute(statement)


def _change_and_remove_untold(day: Day) -> None:
    day.world.store.touch(FIRST_SOLD + 4)
    del day.world.store.shop.orders[FIRST_SOLD + 5]
