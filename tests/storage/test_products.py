"""What a shop sells, kept as last seen."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugin.domain.shop_events import Product
from plugin.ports.unit_of_work import Units
from tests.build import MERCHANT, a_product, a_shop
from tests.support.sizes import examples

SHOP = a_shop().id
DATED = a_product()
assert DATED.updated_at is not None
NEWER = DATED.updated_at + timedelta(seconds=1)


def save(units: Units, *products: Product) -> None:
    with units(MERCHANT) as unit:
        unit.products.save(SHOP, products)
        unit.commit()


def kept(units: Units, *external_ids: str) -> dict[str, Product]:
    with units.read(MERCHANT) as unit:
        return dict(unit.products.of(SHOP, external_ids))


def test_a_product_comes_back_as_it_was_seen(units: Units) -> None:
    variation = a_product("777", parent_id="501", categories=(), is_physical=None, url="https://fjell.example/p?a=1")
    undated = a_product("502", updated_at=None, collections=("winter",))
    save(units, DATED, variation, undated)
    assert kept(units, "501", "777", "502", "999") == {"501": DATED, "777": variation, "502": undated}


def test_a_newer_state_replaces_an_older_one_and_an_older_one_changes_nothing(units: Units) -> None:
    newer = a_product(title="Lantern", updated_at=NEWER)
    save(units, newer)
    save(units, DATED)
    assert kept(units, "501") == {"501": newer}
    renamed = a_product(title="Renamed in the same second", updated_at=NEWER)
    save(units, renamed)
    assert kept(units, "501") == {"501": renamed}


def test_of_several_states_at_once_the_newest_stays_whatever_their_order(units: Units) -> None:
    newer = a_product(title="Lantern", updated_at=NEWER)
    save(units, newer, DATED)
    assert kept(units, "501") == {"501": newer}


def test_a_state_without_a_date_passes_for_the_newest(units: Units) -> None:
    undated = a_product(title="Undated", updated_at=None)
    save(units, DATED)
    save(units, undated)
    assert kept(units, "501") == {"501": undated}
    save(units, DATED)
    assert kept(units, "501") == {"501": DATED}


def test_a_shop_knows_whether_anything_of_its_own_catalogue_is_on_record(units: Units) -> None:
    other = a_shop("Fjell")
    with units(MERCHANT) as unit:
        unit.shops.add(other)
        unit.products.save(other.id, [DATED])
        assert (unit.products.has_any(SHOP), unit.products.has_any(other.id)) == (False, True)
        assert unit.products.of(SHOP, ["501"]) == {}


def test_more_products_than_one_statement_takes_are_all_found(units: Units) -> None:
    many = [a_product(str(number)) for number in range(1_100)]
    save(units, *many)
    assert kept(units, *(product.external_id for product in many)) == {p.external_id: p for p in many}


@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(title=st.text(max_size=20), terms=st.lists(st.text(max_size=9), max_size=3).map(tuple))
def test_any_words_come_back_as_they_were(units: Units, title: str, terms: tuple[str, ...]) -> None:
    product = a_product(title=title, categories=terms, tags=terms, updated_at=None)
    save(units, product)
    assert kept(units, "501") == {"501": product}
