"""Spare parts and repair: one entry holds for an item, whole, and only where it surely means it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plugin.domain.money import Money
from plugin.domain.policy.document import InvalidPolicy, PolicyFault, read_policy, write_policy
from plugin.domain.policy.repair import RepairInformation, repair_for
from plugin.domain.policy.scope import Item, Scope
from plugin.domain.policy.version import MarketPolicy, PolicyVersion
from tests.build import PLACED

ALL = RepairInformation("all", parts_years=2)
LAMPS = RepairInformation("lamps", Scope(categories=frozenset({"Lamps"})), parts_years=7)
ONE = RepairInformation("one", Scope(products=frozenset({"502"})), service={"en": "In our workshop in Kiel."})
LAMP = Item(product="501", categories=frozenset({"lamps"}))


def with_repairs(*repairs: RepairInformation) -> PolicyVersion:
    return PolicyVersion("v1", PLACED, MarketPolicy("Everywhere"), repairs=repairs)


@pytest.mark.parametrize(
    ("item", "holds"),
    [
        (LAMP, LAMPS),
        (replace(LAMP, product="502"), ONE),
        (replace(LAMP, categories=frozenset({"Tents"})), ALL),
        (Item(), ALL),
    ],
)
def test_the_narrowest_entry_that_surely_means_the_item_holds_whole(item: Item, holds: RepairInformation) -> None:
    assert repair_for(item, (ALL, LAMPS, ONE)) == holds
    assert repair_for(item, (ONE, LAMPS, ALL)) == holds


def test_of_two_equally_narrow_entries_the_first_by_id_holds_in_any_order() -> None:
    other = replace(LAMPS, id="lamps-2", parts_years=9)
    assert repair_for(LAMP, (other, LAMPS)) == repair_for(LAMP, (LAMPS, other)) == LAMPS


def test_nothing_is_said_where_no_entry_surely_means_the_item() -> None:
    assert repair_for(Item(), (LAMPS, ONE)) is None
    assert repair_for(LAMP, (RepairInformation("empty"),)) is None


def test_an_entry_survives_the_document() -> None:
    whole = replace(
        ONE,
        parts_years=7,
        parts_from=Money(490, "EUR"),
        price_list="https://parts.example/prices",
        ordering={"en": "Write to us."},
        manual="https://parts.example/manual.pdf",
        limits={"en": "The battery is glued in."},
    )
    version = with_repairs(ALL, whole)
    assert read_policy(write_policy(version)) == version


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({"id": "a"}, PolicyFault("repairs.0", "says_nothing")),
        ({"id": "a", "parts_years": 0}, PolicyFault("repairs.0.parts_years", "out_of_range")),
        ({"id": "a", "manual": "http://parts.example"}, PolicyFault("repairs.0.manual", "malformed")),
        ({"id": "a", "price_list": "javascript:alert(1)"}, PolicyFault("repairs.0.price_list", "malformed")),
        (
            {"id": "a", "parts_from": {"minor": -1, "currency": "EUR"}},
            PolicyFault("repairs.0.parts_from", "out_of_range"),
        ),
    ],
)
def test_what_cannot_be_shown_is_a_fault_at_its_field(entry: dict[str, object], fault: PolicyFault) -> None:
    document = write_policy(with_repairs()) | {"repairs": [entry]}
    with pytest.raises(InvalidPolicy) as refused:
        read_policy(document)
    assert refused.value.faults == (fault,)


def test_two_entries_of_one_id_are_a_fault() -> None:
    with pytest.raises(InvalidPolicy) as refused:
        read_policy(write_policy(with_repairs(ALL, replace(LAMPS, id="all"))))
    assert {fault.code for fault in refused.value.faults} == {"repeated"}
