"""Several workers at one claim and at one order: each entry is one worker's, and no unit is claimed twice."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from plugin.domain.claim.commands.conversing import note
from plugin.domain.claim.commands.ending import cancel
from plugin.domain.claim.commands.opening import open_claim
from plugin.domain.claim.errors import TooManyUnits
from plugin.domain.claim.open_quantity import open_quantity
from plugin.domain.claim.record import Entry, extend, verify
from plugin.domain.claim.replay import after, replay
from plugin.domain.claim.vocabulary import ENGINE
from plugin.domain.errors import Conflict
from plugin.domain.ids import ClaimId
from plugin.storage import KeyRing, Storage
from plugin.storage.persons import Persons
from plugin.storage.repositories.claims import SqlClaims
from plugin.storage.scope import Scope
from plugin.storage.vault import Vault
from plugin.usecases.claim.act import act_on_claim, begin_claim, claims_of, salts
from plugin.usecases.claim.rebuild import rebuild_claims
from tests.build import MERCHANT, NOW, a_line, a_stored_order, an_order
from tests.storage.claim_records import CLAIM, ORDER, SECRETS, SHOP, an_opening, begin, opening
from tests.storage.processes import WAIT, Hammer, other_process

WORKERS, ROUNDS = 4, 8
UNITS = 3
T = TypeVar("T")


@pytest.fixture(autouse=True)
def _order(storage: Storage) -> None:
    with storage.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order(an_order(lines=(a_line("11", quantity=UNITS),)))])
        unit.commit()


def together(work: Callable[[int], T], workers: int = WORKERS) -> list[T]:
    """What each worker's part gives, all of them begun at once."""
    start = threading.Barrier(workers)

    def begun(worker: int) -> T:
        start.wait(WAIT)
        return work(worker)

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(begun, range(workers)))


def record(storage: Storage, claim: ClaimId = CLAIM) -> Sequence[Entry]:
    with storage.units.read(MERCHANT) as unit:
        return unit.claims.record(claim)


def test_of_all_who_write_the_next_entry_one_does(storage: Storage) -> None:
    begin(storage.units)
    for _ in range(ROUNDS):
        known = record(storage)
        seen = replay(CLAIM, known)

        def append(worker: int) -> str | None:
            mine = extend(CLAIM, known, note(f"worker {worker}", ENGINE), NOW, salts(SECRETS))  # noqa: B023 - called in this round
            try:
                with storage.units(MERCHANT) as unit:
                    unit.claims.append(after(seen, mine), mine)  # noqa: B023 - likewise
                    unit.commit()
            except Conflict:
                return None
            return mine[0].words

        (winner,) = [words for words in together(append) if words]
        assert [entry.words for entry in record(storage)[len(known) :]] == [winner]
    verify(CLAIM, record(storage))
    assert rebuild_claims(merchant=MERCHANT, units=storage.units) == 0, "what it is listed by kept up"


def test_processes_that_hammer_one_claim_lose_and_double_nothing(
    storage: Storage, database_url: str, tmp_path: Path, ring: KeyRing
) -> None:
    begin(storage.units)
    with (
        other_process(Hammer("a", 20), database_url, tmp_path, ring) as one,
        other_process(Hammer("b", 20), database_url, tmp_path, ring) as two,
    ):
        one.begin()
        two.begin()
        assert one.result() >= 0
        assert two.result() >= 0
    entries = record(storage)
    assert sorted(entry.words or "" for entry in entries[3:]) == sorted(f"{w} {n}" for w in "ab" for n in range(20))
    verify(CLAIM, entries)


def test_no_unit_is_claimed_twice_by_all_who_claim_at_once(storage: Storage) -> None:
    """Eight claim a unit of three, some call theirs off and claim again: never more than three are held."""

    def claim(worker: int) -> list[str]:
        done = []
        for attempt in range(3):
            name = ClaimId(f"claim-{worker}-{attempt}")
            try:
                with storage.units(MERCHANT) as unit:
                    unit.claims.hold(ORDER)
                    opened = an_opening(unit.claims.next_number(an_opening().shop, NOW))
                    sold = unit.orders.get(ORDER).order.lines
                    units = {line.id: open_quantity(line, claims_of(ORDER, unit), 0) for line in sold}
                    begin_claim(name, open_claim(opened, units), unit=unit, secrets=SECRETS, now=NOW)
                    unit.commit()
            except TooManyUnits:
                continue
            done.append(name)
            if worker % 2:
                with storage.units(MERCHANT) as unit:
                    act_on_claim(name, cancel, unit=unit, secrets=SECRETS, now=NOW)
                    unit.commit()
        return done

    opened = [name for done in together(claim, 8) for name in done]
    with storage.units.read(MERCHANT) as unit:
        known, (line,) = claims_of(ORDER, unit), unit.orders.get(ORDER).order.lines
        assert sorted(each.id for each in known) == sorted(opened)
        assert len({each.number for each in known}) == len(known)
        for each in known:
            verify(each.id, unit.claims.record(each.id))
    kept = [each for each in known if each.stage.value != "cancelled"]
    assert open_quantity(line, known, 0) == UNITS - len(kept) >= 0
    assert len(opened) >= UNITS


def test_a_number_that_was_taken_meanwhile_is_refused_and_nothing_is_half_kept(storage: Storage) -> None:
    def claim(worker: int) -> bool:
        try:
            begin(storage.units, ClaimId(f"claim-{worker}"), opening(replace(an_opening(), number="R-SAME")))
        except Conflict:
            return False
        return True

    assert together(claim).count(True) == 1
    with storage.units.read(MERCHANT) as unit:
        assert len(unit.claims.batch(None, 10)) == len(unit.claims.of_order(ORDER)) == 1


def test_a_number_that_is_taken_is_drawn_again(storage: Storage) -> None:
    begin(storage.units)
    drawn = iter(["R-2C3D4F", "R-2C3D4F", "R-7K2M9Q"])
    with storage.engine.connect() as connection:
        scope = Scope(connection, MERCHANT)
        persons = Persons(scope, Vault(scope, storage.means.data_keys), storage.means.data_keys)
        assert SqlClaims(scope, persons, lambda: next(drawn)).next_number(SHOP, NOW) == "R-7K2M9Q"
