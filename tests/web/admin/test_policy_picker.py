"""A product to look at is found by its name or SKU, with script and without, and only among the merchant's own."""

from __future__ import annotations

from html import unescape

import pytest

from tests.build import MERCHANT, a_product
from tests.support.admin import RIVAL, Installation
from tests.support.policy_forms import DRAFT, write_draft

FOUND = "/admin/policy/products"
SIMULATOR = "/admin/policy/simulate?country=DE&ordered_on=2026-11-01&delivered_on=2026-11-03"


def sell(running: Installation, *products: object, merchant: object = MERCHANT) -> None:
    with running.deps.units(merchant) as unit:  # type: ignore[arg-type]  # an id
        unit.products.save(running.shop(merchant), products)  # type: ignore[arg-type]  # ids and products
        unit.commit()


def test_products_and_variations_are_offered_by_name_and_sku(installation: Installation) -> None:
    red = a_product("502", title="Red", parent_id="501", sku="HAT-R", categories=(), tags=())
    sell(installation, a_product("501", title="Wool hat", sku="HAT"), red)
    browser = installation.signed_in()
    assert "Wool hat – Red" in unescape(browser.get(f"{FOUND}?find=hat-r").text)
    assert 'value="501"' in browser.get(f"{FOUND}?find=wool").text


def test_what_was_chosen_stays_chosen_while_something_else_is_searched_for(light: Installation) -> None:
    sell(light, a_product("501", title="Wool hat"), a_product("601", title="Tent", sku="T"))
    page = light.signed_in().get(f"{FOUND}?find=tent&product=501").text
    assert 'value="501" checked' in page
    assert 'value="601"' in page


@pytest.mark.parametrize("page", [f"{DRAFT}/in/markets.0?", f"{SIMULATOR}&", "/admin/policy/lines?"])
def test_without_script_the_form_s_button_searches(light: Installation, page: str) -> None:
    write_draft(light)
    sell(light, a_product("501", title="Wool hat"))
    assert 'name="product" value="501"' in light.signed_in().get(f"{page}find=wool").text


def test_what_no_catalogue_has_is_said_and_a_number_from_elsewhere_kept(light: Installation) -> None:
    browser = light.signed_in()
    assert "No product is called that." in browser.get(f"{FOUND}?find=nothing").text
    assert 'value="999" checked' in browser.get(f"{FOUND}?product=999").text


def test_another_merchant_s_products_are_not_found(light: Installation) -> None:
    sell(light, a_product("777", title="Their secret"), merchant=RIVAL)
    assert "secret" not in light.signed_in().get(f"{FOUND}?find=secret&product=777").text.replace("find=secret", "")
