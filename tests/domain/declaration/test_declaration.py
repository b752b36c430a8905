"""A declaration counts from its instant; its order and its proof are found out later, and the first proof stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from plugin.domain.declaration import Declaration, Picked, Proof, Recent, Statement, is_at_once, matched, references
from plugin.domain.declaration.pace import is_told_at_once
from plugin.domain.ids import DeclarationId, LineId, OrderId, StaffId
from plugin.domain.stored import StoredOrder
from tests.build import NOW, a_shop, a_shopper, a_stored_order, an_order

SAID = Statement("Ida Holm", "1001", "Ida@Example.com")
DECLARED = Declaration(DeclarationId("0pgd00000000000000q26fpt1s"), a_shop().id, SAID, NOW, "Europe/Warsaw", "pl")
ORDER = OrderId("order1")


def stored(order_id: str = "order1", email: str | None = "ida@example.com") -> StoredOrder:
    return a_stored_order(an_order(shopper=a_shopper(email)), order_id=order_id)


def test_it_is_told_by_the_clock_of_its_zone_and_its_number_can_be_read_out() -> None:
    late = replace(DECLARED, received_at=datetime(2026, 11, 21, 23, 30, tzinfo=UTC))
    assert late.local.date() == date(2026, 11, 22)
    assert late.number == "Q26F-PT1S"


def test_it_is_carried_out_when_order_proof_and_units_are_known() -> None:
    about = DECLARED.about(ORDER)
    assert not DECLARED.is_ready
    assert not about.is_ready
    proven = about.proven(Proof.LINK_OPENED, NOW)
    assert proven.is_ready
    typed = replace(proven, statement=replace(SAID, part="One lamp"))
    assert not typed.is_ready
    assert replace(typed, units=(Picked(LineId("11"), 1),)).is_ready
    assert not replace(proven, statement=None).is_ready


def test_the_first_proof_stays_and_none_is_none() -> None:
    first = DECLARED.about(ORDER).proven(Proof.MAIL_EQUALS_ORDER, NOW)
    assert first.proven(Proof.AGENT_CONFIRMED, NOW, by=StaffId("s"), reason="Phoned") == first
    assert DECLARED.proven(Proof.NONE, NOW) == DECLARED


def test_a_proof_of_one_order_is_none_of_another() -> None:
    proven = replace(DECLARED.about(ORDER).proven(Proof.LINK_OPENED, NOW), units=(Picked(LineId("11"), 1),))
    moved = proven.about(OrderId("order2"))
    assert (moved.proof, moved.proven_at, moved.units) == (Proof.NONE, None, None)
    assert proven.about(ORDER) == proven


@pytest.mark.parametrize(
    ("typed", "number"),
    [("1001", "1001"), ("#1001", "#1001"), ("order 1001.", "1001"), ("Nr: INV/2026/42, Zelt", "INV/2026/42")],
)
def test_an_order_number_is_found_in_a_shoppers_words(typed: str, number: str) -> None:
    assert number in references(typed)


def test_however_much_is_typed_only_a_few_numbers_are_looked_up() -> None:
    assert len(references(" ".join(str(number) for number in range(100)))) == 5


def test_of_orders_with_one_number_it_is_the_one_with_the_typed_address() -> None:
    found = matched(SAID, [stored("order1", "eve@example.com"), stored("order2")])
    assert found is not None
    assert (found.contract.order, found.contract.proof) == ("order2", Proof.MAIL_EQUALS_ORDER)


def test_the_only_order_of_a_number_is_meant_and_nothing_is_proven_by_that() -> None:
    found = matched(SAID, [stored(email="eve@example.com")])
    assert found is not None
    assert found.contract.proof is Proof.NONE
    nameless = matched(SAID, [stored(email=None)])
    assert nameless is not None
    assert nameless.contract.proof is Proof.NONE


def test_several_that_nothing_tells_apart_are_left_to_a_person() -> None:
    assert matched(SAID, [stored("order1", "a@example.com"), stored("order2", "b@example.com")]) is None
    assert matched(SAID, []) is None


def test_the_pace_slows_by_address_by_caller_and_by_order_each_alone() -> None:
    assert is_at_once(Recent(4, 19, 99))
    assert not is_at_once(Recent(to_address=5))
    assert not is_at_once(Recent(by_caller=20))
    assert is_told_at_once(Recent(99, 19, 2))
    assert not is_told_at_once(Recent(about_order=3))
