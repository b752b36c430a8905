"""Claims on record: entries only follow one another, words go with the person, and lists tell what the record does."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from plugin.domain.claim.commands.conversing import ask, assign, note, start_timer, write
from plugin.domain.claim.record import Entry, extend, verify
from plugin.domain.claim.replay import after, replay
from plugin.domain.claim.vocabulary import SHOPPER, Actor, ActorKind
from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import ClaimId, OrderId
from plugin.ports.unit_of_work import Units
from plugin.storage.claim_numbers import spoken_number
from plugin.usecases.claim.act import salts
from tests.build import MERCHANT, NOW, a_shop, a_shopper, a_stored_order, an_order
from tests.storage.claim_records import CLAIM, ORDER, SECRETS, SHOP, WORDS, act, an_opening, begin, opening

AGENT = Actor(ActorKind.AGENT, "staff1")
SECOND = ClaimId("claim2")


@pytest.fixture(autouse=True)
def _order(units: Units) -> None:
    with units(MERCHANT) as unit:
        unit.orders.save([a_stored_order(), a_stored_order(an_order("1002"), order_id="order2")])
        unit.commit()


def record(units: Units, claim: ClaimId = CLAIM) -> Sequence[Entry]:
    with units.read(MERCHANT) as unit:
        return unit.claims.record(claim)


def erase_ida(units: Units) -> None:
    with units(MERCHANT) as unit:
        person = unit.people.find("ida@example.com")
        assert person
        unit.people.erase(person, NOW)
        unit.commit()


def test_a_record_comes_back_byte_for_byte_and_tells_the_same_claim(units: Units) -> None:
    begun = begin(units)
    changed = act(units, lambda claim: write(claim, "We are on it.", AGENT))
    entries = record(units)
    assert [entry.words for entry in entries] == [None, None, WORDS, "We are on it."]
    assert replay(CLAIM, entries) == changed
    assert replay(CLAIM, entries[:3]) == begun
    verify(CLAIM, entries)


def test_whoever_was_slower_adds_nothing(units: Units) -> None:
    begun = begin(units)
    known = record(units)
    act(units, lambda _claim: note("Mine", AGENT))
    late = extend(CLAIM, known, note("Mine too", AGENT), NOW, salts(SECRETS))
    with units(MERCHANT) as unit:
        with pytest.raises(Conflict):
            unit.claims.append(after(begun, late), late)
        unit.commit()
    assert [entry.words for entry in record(units)][3:] == ["Mine"]
    with pytest.raises(Conflict):
        begin(units)


def test_a_number_is_one_claims_only(units: Units) -> None:
    begin(units)
    with pytest.raises(Conflict):
        begin(units, SECOND)
    with pytest.raises(NotFound):
        record(units, SECOND)


def test_what_is_not_on_record_is_not_found(units: Units) -> None:
    begun = begin(units)
    with pytest.raises(NotFound):
        begin(units, SECOND, opening(an_opening("R-999999", order=OrderId("nowhere"))))
    with units(MERCHANT) as unit:
        with pytest.raises(NotFound):
            unit.claims.record(SECOND)
        with pytest.raises(NotFound):
            unit.claims.rebuild(replace(begun, id=SECOND, number="R-999999"))
        with pytest.raises(NotFound):
            unit.claims.hold(OrderId("nowhere"))
        unit.claims.hold(ORDER)
        assert unit.claims.of_order(OrderId("nowhere")) == []
        unit.claims.append(begun, [])


def test_claims_are_found_by_order_by_number_and_in_batches(units: Units) -> None:
    later = NOW + timedelta(hours=1)
    begin(units, SECOND, now=NOW)
    begin(units, CLAIM, opening(an_opening("R-3C3D4F")), now=later)
    begin(units, ClaimId("claim3"), opening(an_opening("R-4C3D4F", order=OrderId("order2"))))
    with units.read(MERCHANT) as unit:
        assert unit.claims.of_order(ORDER) == [SECOND, CLAIM]
        assert unit.claims.by_number(SHOP, " #r-3c3d4f") == CLAIM
        assert unit.claims.by_number(SHOP, "R-3C3D4") is None
        assert unit.claims.by_number(a_shop("Another").id, "R-3C3D4F") is None
        assert unit.claims.batch(None, 2) == [CLAIM, SECOND]
        assert unit.claims.batch(SECOND, 2) == ["claim3"]


def test_a_fresh_number_is_nobodys(units: Units) -> None:
    begin(units)
    with units(MERCHANT) as unit:
        number = unit.claims.next_number(SHOP, NOW)
        assert number != "R-2C3D4F"
        assert unit.claims.by_number(SHOP, number) is None


def test_claims_are_due_when_their_clock_says_so_longest_first(units: Units) -> None:
    for hours, name in ((3, "claim1"), (1, "claim2"), (9, "claim3")):
        claim = ClaimId(name)
        begin(units, claim, opening(an_opening(f"R-{name}")))
        act(units, lambda _claim, hours=hours: start_timer("first_answer", NOW + timedelta(hours=hours)), claim)  # type: ignore[misc]  # bound now
    with units.read(MERCHANT) as unit:
        assert unit.claims.due(NOW, 10) == []
        assert unit.claims.due(NOW + timedelta(hours=3), 10) == ["claim2", "claim1"]
        assert unit.claims.due(NOW + timedelta(hours=3), 1) == ["claim2"]


def test_words_go_with_the_person_and_the_chain_still_holds(units: Units) -> None:
    begin(units)
    told = act(units, partial(ask, question="Where is it cracked?", by=AGENT))
    erase_ida(units)
    entries = record(units)
    assert [entry.words for entry in entries] == [None] * 5
    assert [entry.is_erased for entry in entries] == [False, False, True, False, True]
    verify(CLAIM, entries)
    assert replay(CLAIM, entries) == told


def test_what_is_written_after_an_erasure_is_on_record_without_its_words(units: Units) -> None:
    begin(units)
    erase_ida(units)
    act(units, lambda _claim: note("Her name was Ida Holm", AGENT))
    assert act(units, lambda claim: assign(claim, "staff2", AGENT)).assignee == "staff2"
    entries = record(units)
    assert [entry.is_erased for entry in entries] == [False, False, True, True, False]
    verify(CLAIM, entries)


@pytest.mark.parametrize("who", ["ida@example.com", "ida@holm.example"])
def test_an_order_that_moved_to_another_address_is_erased_with_either(units: Units, who: str) -> None:
    begin(units)
    with units(MERCHANT) as unit:
        stored = unit.orders.get(ORDER)
        unit.orders.save([replace(stored, order=replace(stored.order, shopper=a_shopper(email="ida@holm.example")))])
        unit.commit()
    act(units, lambda claim: (*write(claim, "Any news?", SHOPPER), *assign(claim, "staff1", AGENT)))
    assert [entry.words for entry in record(units)][2:] == [WORDS, "Any news?", None]
    with units(MERCHANT) as unit:
        person = unit.people.find(who)
        assert person
        unit.people.erase(person, NOW)
        unit.commit()
    words = [entry.words for entry in record(units)]
    assert WORDS not in words
    assert ("Any news?" in words) is (who == "ida@example.com")
    verify(CLAIM, record(units))


def test_a_number_is_said_without_mistaking_it() -> None:
    numbers = {spoken_number() for _ in range(2000)}
    assert len(numbers) > 1990
    assert all(re.fullmatch("R-[2-9C-DF-HJ-KMNP-RTV-X]{6}", number) for number in numbers)
    assert not set("01OIL") & {sign for number in numbers for sign in number[2:]}
