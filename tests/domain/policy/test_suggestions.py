"""What a catalogue suggests of its goods: careful, with its grounds, and silent about what is decided."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plugin.domain.policy.goods import ORDINARY, goods_of
from plugin.domain.policy.scope import Item, Scope
from plugin.domain.policy.suggestions import Ground, Sold, Suggestion, suggestions
from plugin.domain.policy.traits import Trait, TraitRule
from tests.build import a_policy

PLUGS = tuple(Sold(str(at), f"Foam plugs {at}", frozenset({"earplugs"})) for at in range(14))
EBOOK = Sold("9", "E-book", is_physical=False)


def told(*products: Sold, decided: tuple[TraitRule, ...] = (), **properties: int) -> tuple[Suggestion, ...]:
    return suggestions(products, properties, decided)


def test_a_category_is_suggested_with_what_it_rests_on() -> None:
    (found,) = told(*PLUGS)
    assert (found.trait, found.ground, found.names) == (Trait.SEALED_HYGIENE, Ground.CATEGORIES, ("earplugs",))
    assert (found.count, len(found.titles)) == (14, 14)
    assert found.meant == {"scope": {"categories": ["earplugs"]}}


def test_products_of_other_categories_are_suggested_by_their_own_names() -> None:
    (found,) = told(Sold("1", "Washing machine 8 kg", frozenset({"sale"})), Sold("2", "Socks", frozenset({"sale"})))
    assert (found.trait, found.names) == (Trait.DURABLE, ("1",))
    assert found.meant == {"scope": {"products": ["1"]}}


def test_a_category_with_one_thing_that_is_something_else_is_not_suggested_as_a_whole() -> None:
    case = Sold("20", "Case for earplugs", frozenset({"earplugs"}))
    assert told(*PLUGS, case) == ()


def test_a_narrower_category_of_the_same_goods_is_not_suggested_beside_the_broader_one() -> None:
    lips = Sold("1", "Lip tint", frozenset({"cosmetics", "make-up"}))
    (found,) = told(lips, Sold("2", "Serum", frozenset({"cosmetics"})))
    assert found.names == ("cosmetics",)


@pytest.mark.parametrize("is_physical", [True, None])
def test_digital_content_is_only_what_surely_is_not_delivered(*, is_physical: bool | None) -> None:
    assert told(Sold("1", "E-book", is_physical=is_physical)) == ()
    assert [each.trait for each in told(EBOOK)] == [Trait.DIGITAL]


def test_files_to_download_are_digital_content_whatever_they_are_called() -> None:
    (found,) = told(Sold("1", "Häkelanleitung", is_physical=False, is_download=True))
    assert found.trait is Trait.DIGITAL
    assert told(Sold("1", "Geschenkkarte", is_physical=False, is_download=True)) == ()
    assert told(Sold("1", "Häkelset", is_physical=True, is_download=True)) == ()


def test_what_is_not_delivered_is_no_recording_in_a_seal() -> None:
    assert told(Sold("1", "PC Game", is_physical=False)) == ()


def test_a_gift_card_is_no_digital_content() -> None:
    assert told(Sold("1", "Gift card (PDF)", frozenset({"downloads"}), is_physical=False)) == ()


def test_an_engraving_that_shoppers_type_in_is_suggested_by_its_name() -> None:
    (found,) = suggestions((), {"Engraving": 3, "Gift note": 8}, ())
    assert (found.trait, found.ground, found.names, found.count) == (
        Trait.PERSONALISED,
        Ground.PROPERTIES,
        ("Engraving",),
        3,
    )
    assert found.meant == {"properties": ["Engraving"]}


@pytest.mark.parametrize("decision", ["is_confirmed", "is_dismissed"])
@pytest.mark.parametrize(
    "scope", [Scope(), Scope(categories=frozenset({"Earplugs"})), Scope(products=frozenset(p.id for p in PLUGS))]
)
def test_what_is_confirmed_or_dismissed_is_not_suggested_again(decision: str, scope: Scope) -> None:
    rule = replace(TraitRule("hygiene", Trait.SEALED_HYGIENE, scope), **{decision: True})  # type: ignore[arg-type]  # names a field
    assert told(*PLUGS, decided=(rule,)) == ()


def test_a_dismissed_category_stays_away_when_products_come() -> None:
    rule = TraitRule("no", Trait.SEALED_HYGIENE, Scope(categories=frozenset({"earplugs"})), is_dismissed=True)
    assert told(*PLUGS, Sold("99", "New plugs", frozenset({"earplugs"})), decided=(rule,)) == ()


def test_a_dismissed_property_stays_away() -> None:
    rule = TraitRule("no", Trait.PERSONALISED, properties=frozenset({"engraving"}), is_dismissed=True)
    assert told(decided=(rule,), Engraving=3) == ()


def test_what_nobody_has_decided_is_suggested_whatever_a_preset_proposes() -> None:
    proposed = TraitRule("hygiene", Trait.SEALED_HYGIENE, Scope(categories=frozenset({"earplugs"})))
    assert len(told(*PLUGS, decided=(proposed,))) == 1


def test_another_trait_of_the_same_goods_is_another_question() -> None:
    rule = TraitRule("durable", Trait.DURABLE, Scope(categories=frozenset({"earplugs"})), is_confirmed=True)
    assert len(told(*PLUGS, decided=(rule,))) == 1


def test_a_dismissed_trait_takes_no_right_away() -> None:
    rule = TraitRule("no", Trait.SEALED_HYGIENE, Scope(categories=frozenset({"earplugs"})), is_dismissed=True)
    item = Item("1", "", frozenset({"earplugs"}), frozenset(), frozenset())
    assert goods_of(item, (), a_policy(traits=(rule,))) == ORDINARY


def test_a_suggestion_goes_by_the_same_name_until_it_means_something_else() -> None:
    first, again, more = told(EBOOK), told(EBOOK), told(EBOOK, Sold("10", "Online course", is_physical=False))
    assert first[0].key == again[0].key != more[0].key


def test_what_is_left_of_very_many_products_is_suggested_next() -> None:
    machines = tuple(Sold(f"{at:04}", f"Sofa {at}") for at in range(250))
    (first,) = told(*machines)
    assert len(first.names) == 200
    confirmed = TraitRule("a", first.trait, Scope(products=frozenset(first.names)), is_confirmed=True)
    (rest,) = told(*machines, decided=(confirmed,))
    assert len(rest.names) == 50
    assert set(rest.names).isdisjoint(first.names)
