"""What an ordered product can be exchanged for, what one unit costs that shopper, and what a platform can do at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.capabilities import Capabilities, PriceList, possible
from plugin.domain.money import Money
from plugin.domain.order import OrderLine
from plugin.domain.remedy import Remedy
from plugin.domain.shop_events import Product
from plugin.domain.variants import Variant, variants_of
from tests.build import a_line, a_price, a_product

WITH_TAX, WITHOUT_TAX = PriceList("EUR", includes_tax=True), PriceList("EUR", includes_tax=False)
LINE = a_line("11", total=a_price(5000), tax=a_price(950), product_id="501", variant_id="601")


def variation(external_id: str, title: str = "Large", **facts: object) -> Product:
    return a_product(external_id, **{"parent_id": "501", "title": title, "price": "65", "is_for_sale": True, **facts})


def priced(price: str | None, prices: PriceList | None, line: OrderLine = LINE) -> Money | None:
    (found,) = variants_of(line, [variation("602", price=price)], prices)
    return found.price


def test_what_can_be_bought_of_the_same_product_is_there_to_choose_but_for_what_was_ordered() -> None:
    sold = [
        variation("601", "Medium"),
        variation("602"),
        variation("603", "Gone", is_for_sale=False),
        variation("604", "Nobody knows", is_for_sale=None),
    ]
    assert variants_of(LINE, sold, WITH_TAX) == (Variant("602", "Large", Money(6500, "EUR")),)


def test_where_the_line_names_no_variation_its_sku_says_what_was_ordered() -> None:
    line = a_line("11", variant_id=None, sku="TENT-M")
    sold = [variation("601", "Medium", sku="TENT-M"), variation("602", sku="TENT-L")]
    assert [each.id for each in variants_of(line, sold, WITH_TAX)] == ["602"]


def test_a_price_without_tax_gets_the_tax_the_line_was_sold_with() -> None:
    assert priced("65", WITH_TAX) == Money(6500, "EUR")
    assert priced("65", WITHOUT_TAX) == Money(7735, "EUR"), "19 % on top"


@pytest.mark.parametrize("prices", [None, PriceList("USD", includes_tax=True)])
def test_a_price_in_an_unknown_or_another_currency_is_unknown(prices: PriceList | None) -> None:
    assert priced("65", prices) is None


def test_no_price_and_no_known_rate_of_tax_leave_the_price_unknown() -> None:
    assert priced(None, WITH_TAX) is None
    assert priced("from 10", WITH_TAX) is None
    free = a_line("11", total=a_price(0), tax=a_price(0), product_id="501", variant_id="601")
    assert priced("65", WITHOUT_TAX, free) is None
    assert priced("65", WITH_TAX, free) == Money(6500, "EUR")


@given(
    st.lists(st.sampled_from(Remedy)),
    st.lists(st.sampled_from(Remedy)),
    st.builds(Capabilities, exchange=st.booleans(), replacement=st.booleans(), store_credit=st.booleans()),
)
def test_no_platform_takes_away_what_the_law_gives(
    offered: list[Remedy], legal: list[Remedy], can: Capabilities
) -> None:
    left = possible(offered, legal, can)
    assert [each for each in offered if each in legal] == [each for each in left if each in legal]
    assert bool(left) is bool(offered)
    assert possible(offered, legal, None) == tuple(offered)


def test_a_remedy_the_platform_cannot_carry_out_is_not_offered() -> None:
    offered = (Remedy.EXCHANGE, Remedy.STORE_CREDIT, Remedy.REFUND)
    assert possible(offered, (), Capabilities(store_credit=True)) == (Remedy.STORE_CREDIT, Remedy.REFUND)
    assert possible((Remedy.EXCHANGE,), (), Capabilities()) == (Remedy.EXCHANGE,), "rather that than nothing"
