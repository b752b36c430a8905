"""A line's own copy of its product: filled in once, from product and variation, and told from what a report says."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.line_scope import as_reported, awaits_products, completed, products_wanted
from plugin.domain.order import Order, OrderLine
from plugin.domain.report import received
from plugin.domain.shop_events import OrderSeen, Product
from plugin.domain.stored import Copied, LineCopy, StoredOrder
from tests.build import a_line, a_product, a_stored_order, an_order

PRODUCT = a_product()
BARE = a_line(categories=(), is_physical=None)

terms = st.lists(st.sampled_from(["camping", "lighting", "sale", "food"]), max_size=2, unique=True).map(tuple)
ids = st.sampled_from(["501", "502", "503", None])
physical = st.sampled_from([True, False, None])
lines = st.builds(
    BARE.__class__,
    id=st.sampled_from([BARE.id, *map(str, range(12, 15))]),
    title=st.just("Tent lantern"),
    quantity=st.just(1),
    total=st.just(BARE.total),
    tax=st.just(BARE.tax),
    discount=st.just(BARE.discount),
    product_id=ids,
    variant_id=ids,
    categories=terms,
    collections=terms,
    tags=terms,
    is_physical=physical,
)
orders = st.lists(lines, max_size=3, unique_by=lambda line: line.id).map(lambda found: an_order(lines=tuple(found)))
products = st.builds(a_product, st.just("501"), categories=terms, collections=terms, tags=terms, is_physical=physical)
catalogues = st.dictionaries(st.sampled_from(["501", "502", "503"]), products, max_size=3)


def sold(*lines: OrderLine) -> StoredOrder:
    return a_stored_order(an_order(lines=lines))


def seen_again(stored: StoredOrder, order: Order) -> StoredOrder:
    later = replace(order, updated_at=order.updated_at + timedelta(hours=1))
    return received(OrderSeen(later), stored, lambda _: stored)


def test_a_line_gets_categories_tags_and_kind_of_its_product() -> None:
    after = completed(sold(BARE), {"501": PRODUCT})
    expected = replace(BARE, categories=("camping", "lighting"), tags=("sale",), is_physical=True)
    assert after.order.lines == (expected,)
    assert after.copies == (LineCopy(BARE.id, (Copied.CATEGORIES, Copied.TAGS, Copied.IS_PHYSICAL)),)


def test_a_variation_is_as_physical_as_it_says_and_in_the_categories_of_its_product() -> None:
    parent = a_product(is_physical=None)
    variation = a_product("777", parent_id="501", categories=(), tags=(), is_physical=False)
    (line,) = completed(sold(replace(BARE, variant_id="777")), {"501": parent, "777": variation}).order.lines
    assert (line.categories, line.tags, line.is_physical) == (parent.categories, parent.tags, False)


def test_what_the_order_says_itself_goes_before_the_catalogue() -> None:
    line = a_line(categories=("Lighting",), is_physical=False)
    (after,) = completed(sold(line), {"501": PRODUCT}).order.lines
    assert (after.categories, after.is_physical, after.sku) == (("Lighting",), False, "LANTERN")


def test_a_line_keeps_its_own_sku_even_where_it_has_none() -> None:
    (after,) = completed(sold(replace(BARE, sku=None)), {"501": PRODUCT}).order.lines
    assert after.sku is None


def test_a_line_whose_variation_alone_is_known_still_awaits_its_product() -> None:
    stored = sold(replace(BARE, variant_id="777"))
    assert completed(stored, {"777": a_product("777", parent_id="501")}) is stored
    assert awaits_products(stored)


def test_a_line_without_a_product_awaits_nothing() -> None:
    assert not awaits_products(sold(replace(BARE, product_id=None)))
    assert products_wanted(an_order(lines=(replace(BARE, product_id=None),))) == set()


def test_a_product_without_any_category_is_known_all_the_same() -> None:
    nothing: Product = a_product(categories=(), tags=(), is_physical=None)
    after = completed(sold(BARE), {"501": nothing})
    assert after.copies == (LineCopy(BARE.id, ()),)
    assert not awaits_products(after)


def test_a_later_change_of_the_catalogue_does_not_reach_a_copy_once_made() -> None:
    first = completed(sold(BARE), {"501": PRODUCT})
    assert completed(first, {"501": a_product(categories=("food",))}) is first


def test_a_line_added_by_an_edit_gets_its_copy_when_it_comes() -> None:
    first = completed(sold(BARE), {"501": PRODUCT})
    edited = seen_again(first, an_order(lines=(BARE, replace(BARE, id="12", product_id="502"))))
    after = completed(edited, {"501": a_product(categories=("food",)), "502": a_product(categories=("toys",))})
    assert [line.categories for line in after.order.lines] == [("camping", "lighting"), ("toys",)]


def test_a_field_the_platform_comes_to_tell_is_its_own_word_from_then_on() -> None:
    told = an_order(lines=(replace(BARE, categories=("Lighting",)),))
    after = seen_again(completed(sold(BARE), {"501": PRODUCT}), told)
    assert after.order.lines[0].categories == ("Lighting",)
    assert as_reported(after).lines == told.lines


@given(order=orders, catalogue=catalogues)
def test_without_its_copies_an_order_is_what_was_reported(order: Order, catalogue: dict[str, Product]) -> None:
    assert as_reported(completed(a_stored_order(order), catalogue)) == order


@given(order=orders, first=catalogues, later=catalogues)
def test_what_was_copied_outlives_every_report_and_every_catalogue(
    order: Order, first: dict[str, Product], later: dict[str, Product]
) -> None:
    copied = completed(a_stored_order(order), first)
    after = completed(seen_again(copied, order), later)
    known = {copy.line for copy in copied.copies}
    assert [line for line in after.order.lines if line.id in known] == [
        line for line in copied.order.lines if line.id in known
    ]


@given(order=orders, catalogue=catalogues)
def test_an_order_awaits_products_until_each_line_has_met_its_own(order: Order, catalogue: dict[str, Product]) -> None:
    after = completed(a_stored_order(order), catalogue)
    assert awaits_products(after) == bool({line.product_id for line in order.lines} - {None} - set(catalogue))
    assert completed(after, catalogue) is after
