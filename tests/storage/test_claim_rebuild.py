"""What claims are listed by is told from their records alone, and a record that was tampered with is told apart."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from plugin.domain.claim.commands.conversing import ask, assign, start_timer
from plugin.domain.claim.record import BrokenChain, verify
from plugin.domain.claim.replay import replay
from plugin.domain.claim.vocabulary import Actor, ActorKind
from plugin.domain.errors import Conflict
from plugin.domain.ids import ClaimId
from plugin.storage import Storage
from plugin.storage.tables import claim_entries, claim_lines, claims
from plugin.usecases.claim.rebuild import rebuild_claims
from tests.build import MERCHANT, NOW, a_stored_order
from tests.storage.claim_records import CLAIM, act, an_opening, begin, opening

AGENT = Actor(ActorKind.AGENT, "staff1")


@pytest.fixture(autouse=True)
def _claims(storage: Storage) -> None:
    with storage.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order()])
        unit.commit()
    for number in range(3):
        claim = ClaimId(f"claim{number}")
        begin(storage.units, claim, opening(an_opening(f"R-{number}")))
        act(storage.units, lambda _claim: start_timer("first_answer", NOW), claim)
    act(storage.units, lambda claim: assign(claim, "staff1", AGENT), CLAIM)
    act(storage.units, lambda claim: ask(claim, "Where?", AGENT), ClaimId("claim2"))


def kept(storage: Storage) -> list[Sequence[tuple[object, ...]]]:
    with storage.engine.connect() as connection:
        tables = (claims, claim_lines)
        found = [connection.execute(select(table).order_by(*table.primary_key.columns)) for table in tables]
        return [[tuple(row) for row in rows] for rows in found]


def test_lists_dropped_and_told_again_are_equal_row_by_row(storage: Storage) -> None:
    before = kept(storage)
    assert [len(rows) for rows in before] == [3, 3]
    with storage.engine.begin() as connection:
        connection.execute(claim_lines.delete())
        connection.execute(claims.delete())
    assert kept(storage) == [[], []]
    assert rebuild_claims(merchant=MERCHANT, units=storage.units) == 3
    assert kept(storage) == before


def test_only_what_is_listed_wrongly_is_written(storage: Storage) -> None:
    before = kept(storage)
    assert rebuild_claims(merchant=MERCHANT, units=storage.units) == 0
    with storage.engine.begin() as connection:
        connection.execute(claims.update().where(claims.c.id == "claim1").values(status="closed", assignee=None))
        connection.execute(claim_lines.update().where(claim_lines.c.claim_id == "claim2").values(quantity=7))
        stray = connection.execute(select(claim_lines).where(claim_lines.c.claim_id == "claim0")).one()
        connection.execute(claim_lines.insert().values({**stray._mapping, "no": 9}))
    assert rebuild_claims(merchant=MERCHANT, units=storage.units) == 3
    assert kept(storage) == before


def test_a_fold_of_less_than_the_record_is_not_listed(storage: Storage) -> None:
    before = kept(storage)
    with storage.units(MERCHANT) as unit:
        claim = replay(CLAIM, unit.claims.record(CLAIM)[:-1])
        with pytest.raises(Conflict):
            unit.claims.rebuild(claim)
        unit.commit()
    assert kept(storage) == before


@pytest.mark.parametrize("seq", [1, 3, 5])
@pytest.mark.parametrize("column", ["body", "hash"])
def test_an_entry_that_somebody_changed_is_told_wherever_it_stands(storage: Storage, seq: int, column: str) -> None:
    with storage.engine.begin() as connection:
        is_it = (claim_entries.c.claim_id == CLAIM) & (claim_entries.c.seq == seq)
        row = connection.execute(select(claim_entries).where(is_it)).one()
        changed = {"body": row.body.replace(b'"at":"2026', b'"at":"2025'), "hash": "0" * 64}
        assert changed["body"] != row.body
        connection.execute(claim_entries.update().where(is_it).values(**{column: changed[column]}))
    with storage.units.read(MERCHANT) as unit, pytest.raises(BrokenChain) as broken:
        verify(CLAIM, unit.claims.record(CLAIM))
    assert broken.value.facts == {"seq": seq}
