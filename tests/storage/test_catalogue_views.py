"""The catalogue as lists show it: every product in batches, some by name or SKU, and what shoppers type in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plugin.storage import Storage
from plugin.storage.search import begins_a_word
from tests.build import MERCHANT, a_line, a_product, a_shop, a_stored_order, an_order

SHOP = a_shop().id


def keep(storage: Storage, *named: tuple[str, str, str]) -> None:
    with storage.units(MERCHANT) as unit:
        unit.products.save(SHOP, [replace(a_product(each), title=title, sku=sku) for each, title, sku in named])
        unit.commit()


def found(storage: Storage, text: str, limit: int = 10) -> list[str]:
    return [row.product.external_id for row in storage.views.products_like(MERCHANT, text, limit)]


def test_every_product_comes_once_in_batches(storage: Storage) -> None:
    keep(storage, *((str(at), f"Lamp {at}", f"L-{at}") for at in range(7)))
    first = storage.views.products(MERCHANT, None, 5)
    rest = storage.views.products(MERCHANT, first[-1], 5)
    assert [row.product.external_id for row in (*first, *rest)] == [str(at) for at in range(7)]
    assert storage.views.products(MERCHANT, rest[-1], 5) == []


def test_a_product_is_found_by_the_beginning_of_its_sku_its_number_or_a_word(storage: Storage) -> None:
    keep(storage, ("501", "Blue Wool Hat", "HAT-1"), ("502", "Hatstand", "ST-9"), ("503", "Chat lamp", "X-1"))
    assert found(storage, "hat") == ["501", "502"]
    assert found(storage, "wool blu") == ["501"]
    assert found(storage, "st-") == ["502"]
    assert found(storage, "503") == ["503"]
    assert found(storage, "hat", 1) == ["501"]


@pytest.mark.parametrize(
    ("text", "name", "is_so"),
    [
        ("klang", "Kopfhörer „Klang Pro“", True),
        ("ラス", "グラス 2個", True),
        ("ang", "Klang", False),
        ("", "Any", True),
    ],
)
def test_words_are_compared_by_their_beginnings_and_where_none_are_spaced_by_any_part(
    text: str, name: str, *, is_so: bool
) -> None:
    assert begins_a_word(text, name) is is_so


def test_line_properties_are_counted_once_an_order_newest_first(storage: Storage) -> None:
    lines = (replace(a_line("1"), property_names=("Engraving",)), replace(a_line("2"), property_names=("Engraving",)))
    with storage.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order(an_order("1", lines=lines))])
        unit.commit()
    assert storage.views.line_properties(MERCHANT, 10) == {"Engraving": 1}
    assert storage.views.line_properties(MERCHANT, 0) == {}
