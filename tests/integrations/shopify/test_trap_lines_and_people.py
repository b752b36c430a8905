"""Traps of lines, instants, places and people."""

import pytest

from plugin.domain.order import (
    Address,
    DeliveryPlace,
)
from tests.integrations.shopify.samples import (
    a_line,
    money,
)
from tests.integrations.shopify.traps import eur, order, refused_order


def test_quantity_stays_as_ordered_and_removed_units_are_counted() -> None:
    (line,) = order(line_items=[a_line(quantity=3, current_quantity=1, tax_lines=[], price_set=money("10.00"))]).lines
    assert (line.quantity, line.removed, line.total) == (3, 2, eur(3000))


def test_an_engraving_is_named_on_the_line_and_kept_with_the_shopper() -> None:
    seen = order(line_items=[a_line(properties=[{"name": "Engraving", "value": "Für Ada"}])])
    assert seen.lines[0].property_names == ("Engraving",)
    assert seen.shopper.line_properties == {"71": (("Engraving", "Für Ada"),)}


def test_hidden_and_blank_properties_do_not_make_a_line_personal() -> None:
    given = [
        {"name": "_bundle", "value": "x"},
        {"name": "Engraving", "value": " "},
        {"name": "Gift", "value": None},
        {"name": None, "value": "x"},
    ]
    seen = order(line_items=[a_line(properties=given)])
    assert seen.lines[0].property_names == ()
    assert seen.shopper.line_properties == {}


def test_a_property_may_be_any_json() -> None:
    given = [{"name": "Length", "value": 12.5}, {"name": "Extra", "value": {"a": [1]}}]
    seen = order(line_items=[a_line(properties=given)])
    assert seen.shopper.line_properties["71"] == (("Length", "12.5"), ("Extra", '{"a":[1]}'))


def test_gift_cards_and_goods_that_need_no_shipping_are_not_physical() -> None:
    seen = order(line_items=[a_line(gift_card=True, requires_shipping=False), a_line(id=72, requires_shipping=None)])
    assert [(line.is_gift_card, line.is_physical) for line in seen.lines] == [(True, False), (False, None)]


def test_the_hour_that_autumn_repeats_is_told_apart_by_its_offset() -> None:
    first, second = (order(processed_at=f"2026-10-25T02:30:00{offset}").placed.at for offset in ("+02:00", "+01:00"))
    assert (second - first).total_seconds() == 3600


@pytest.mark.parametrize("stamp", ["2026-10-25T02:30:00", "2026-10-25", "yesterday", "", "2026-02-30T00:00:00Z"])
def test_an_instant_without_offset_or_sense_is_refused(stamp: str) -> None:
    assert refused_order(processed_at=stamp) == ("malformed", "processed_at")


@pytest.mark.parametrize("stamp", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "0099-01-01T00:00:00Z"])
def test_an_absurd_instant_is_refused(stamp: str) -> None:
    assert refused_order(processed_at=stamp) == ("absurd_date", "processed_at")


def test_an_imported_orders_date_is_when_it_was_processed_not_when_it_was_copied() -> None:
    seen = order(created_at="2026-10-01T00:00:00Z", processed_at="2024-03-01T00:00:00Z")
    assert seen.placed.at.year == 2024


def test_nothing_to_ship_goes_where_the_bill_goes() -> None:
    seen = order(shipping_address=None, billing_address={"country_code": "ES", "province_code": "B"})
    assert seen.place == DeliveryPlace("ES", "B")


@pytest.mark.parametrize("code", [None, "", "ZZ", "Germany", "D1"])
def test_a_country_that_is_no_code_is_unknown(code: str | None) -> None:
    assert order(shipping_address={"country_code": code, "country": "Atlantis"}).place.country is None


def test_an_order_without_any_address_has_no_country_and_still_translates() -> None:
    seen = order(shipping_address=None, billing_address=None)
    assert seen.place == DeliveryPlace(None, None)


def test_a_state_without_code_is_kept_by_name() -> None:
    seen = order(shipping_address={"country_code": "GB", "province": "Scotland", "province_code": None})
    assert seen.place == DeliveryPlace("GB", "Scotland")


def test_protected_customer_data_withheld_in_a_webhook_is_no_fault() -> None:
    blank = {"first_name": None, "last_name": None, "address1": None, "zip": None, "phone": None, "country_code": "DE"}
    seen = order(shipping_address=blank, billing_address=blank, customer={"id": 8}, email=None)
    assert seen.place.country == "DE"
    assert (seen.shopper.name, seen.shopper.email) == (None, None)
    assert seen.shopper.delivery == Address(country="DE")


@pytest.mark.parametrize(
    ("locale", "language"), [("de", "de"), ("pt_BR", "pt-BR"), ("zh-Hans-CN", "zh-Hans-CN"), ("", None), ("../x", None)]
)
def test_the_orders_language_is_a_tag_or_unknown(locale: str, language: str | None) -> None:
    assert order(customer_locale=locale).language == language


def test_a_b2b_order_is_business_and_a_company_in_an_address_is_not() -> None:
    assert order(company={"id": 1, "location_id": 2}).is_business
    assert not order(shipping_address={"country_code": "DE", "company": "Ada & Co"}).is_business


def test_a_test_order_is_marked() -> None:
    assert order(test=True).is_test
