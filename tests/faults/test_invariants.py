"""What the fault suite asks afterwards sees what it is there to see: each promise is broken once, on purpose."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from sqlalchemy import Delete, Insert, Update, delete, insert, select, update

from plugin.storage.tables import claims, inbox, mails
from plugin.usecases.park_record import park_record
from plugin.usecases.read_record import Fault
from tests.faults import invariants
from tests.faults import world as worlds
from tests.faults.day import FIRST_SOLD, Day
from tests.faults.processes import Crew
from tests.faults.world import World

_OTHER = FIRST_SOLD + 2
Asked = Callable[[World], Iterator[str]]


def test_each_broken_promise_is_seen_and_told_in_words(sqlite_url: str, crew: Crew, fresh: Path) -> None:
    with worlds.opened(crew, sqlite_url) as world:
        day = Day(world, Random(7))  # noqa: S311 - chance that can be taken again, and nothing secret
        day.open(6)
        day.bustle(withdrawn=1)
        day.end()
        invariants.hold(world, fresh)
        for break_it, ask, words in _BROKEN:
            break_it(day)
            told = list(ask(world))
            assert any(words in each for each in told), (break_it.__name__, told)
        _change_sell_and_remove_untold(day)
        told = list(invariants.as_read_afresh(world, fresh))
        for words in _UNTOLD:
            assert any(words in each for each in told), told


def test_no_promise_is_left_that_nobody_breaks() -> None:
    texts = list(_texts(ast.parse(Path(invariants.__file__).read_text())))
    broken = [*(words for _, _, words in _BROKEN), *_UNTOLD]
    assert len(texts) == len(broken)
    for text in texts:
        assert any(words in text for words in broken), text


def _texts(source: ast.Module) -> Iterator[str]:
    """What may be said, without what is filled in."""
    said = (found for found in ast.walk(source) if isinstance(found, ast.Yield | ast.YieldFrom))
    for node in (part for each in said for part in ast.walk(each)):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))


def _tell_of_nothing(day: Day) -> None:
    day.world.accepted[999] = [1]


def _lose_a_delivery(day: Day) -> None:
    """What was told of is not what is known of."""
    del day.world.accepted[min(day.world.accepted)]


def _let_deliveries_wait(day: Day) -> None:
    """Nobody comes to what was accepted."""
    day.world.kill(day.world.worker)
    day.traffic.burst(range(105, 112))
    day.traffic.tell_held()
    day.traffic.finish()


def _lose_deliveries(day: Day) -> None:
    _write(day.world, delete(inbox))


def _park_a_delivery(day: Day) -> None:
    world, now = day.world, day.world.clock.now()
    with world.deps.units(world.told.merchant) as unit:
        fault = Fault("apply_failed", "")
        unit.parked.add([park_record("", b"{}", fault, shop=world.told, ids=world.deps.ids, now=now)])
        unit.commit()


def _pay_back_again(day: Day) -> None:
    made = day.world.store.shop.refunds[FIRST_SOLD]
    made.append({**made[0], "id": made[0]["id"] + 1})


def _pay_back_elsewhere(day: Day) -> None:
    made = day.world.store.shop.refunds
    made[FIRST_SOLD + 3] = [{**made[FIRST_SOLD][0], "meta_data": [], "reason": "A slip"}]


def _pay_back_more(day: Day) -> None:
    day.world.store.shop.refunds[FIRST_SOLD + 3][0]["amount"] = "1000.00"


def _forget_the_payment(day: Day) -> None:
    day.world.store.shop.refunds[FIRST_SOLD] = []


def _drop_mail(day: Day) -> None:
    taken = day.world.post.taken
    gone = taken[-1].message["Message-ID"]
    taken[:] = [each for each in taken if each.message["Message-ID"] != gone]


def _send_again(day: Day) -> None:
    """What arrives twice was in hand when a worker died; each letter as often as that, and no other."""
    world = day.world
    twice, world.interrupted = world.post.taken[0], Counter(["another"])
    world.post.taken.append(twice)


def _send_what_nobody_wrote(day: Day) -> None:
    taken = day.world.post.taken
    taken.append(replace(taken[0], content=b"Message-ID: <nobody@aftercare.example>\r\n\r\n"))


def _send_to_somebody_else(day: Day) -> None:
    taken = day.world.post.taken
    taken[:] = [replace(each, recipient="somebody@mail.example") for each in taken]


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


def _change_sell_and_remove_untold(day: Day) -> None:
    store = day.world.store
    store.touch(FIRST_SOLD + 4)
    store.sell(FIRST_SOLD + 99)
    del store.shop.orders[FIRST_SOLD + 5]


_BROKEN: list[tuple[Callable[[Day], None], Asked, str]] = [
    (_tell_of_nothing, invariants.deliveries, "was told of with 2xx and is not on record"),
    (_lose_a_delivery, invariants.deliveries, "is on record, of which nobody told"),
    (_let_deliveries_wait, invariants.deliveries, " deliveries wait"),
    (_lose_deliveries, invariants.deliveries, " was answered with 2xx: "),
    (_park_a_delivery, invariants.deliveries, " records are parked"),
    (_pay_back_again, invariants.refunds, " times by "),
    (_pay_back_elsewhere, invariants.refunds, "nothing is on record"),
    (_pay_back_more, invariants.refunds, " was granted, "),
    (_forget_the_payment, invariants.refunds, "the store knows nothing of it"),
    (_drop_mail, invariants.letters, "nobody ever got it"),
    (_send_again, invariants.letters, " workers were killed while they sent it"),
    (_send_what_nobody_wrote, invariants.letters, " left, and nobody knows of it"),
    (_hide_mail, invariants.letters, "neither waiting nor shown"),
    (_send_to_somebody_else, invariants.claims, " went to somebody else"),
    (_forget_the_letter, invariants.claims, "has no acknowledgement"),
    (_forget_the_claim, invariants.claims, " was withdrawn from once and has "),
]
"""Each spoils a little more, and what is said of it."""
_UNTOLD = (" differs from what is read afresh", " is not on record here", " is only on record here")
