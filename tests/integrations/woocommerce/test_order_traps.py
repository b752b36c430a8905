"""What hostile order records say of their standing, payment, place and people (REST v3, WooCommerce 10.5)."""

import pytest

from plugin.domain.order import PaymentKind, Standing
from plugin.domain.shop_events import Ignored
from plugin.domain.times import Moment, Source
from tests.support.woocommerce import Record, an_order_record, the_order, translated, with_line, with_meta


@pytest.mark.parametrize("value", [None, True, 0, 1.5, "", "x", [], {}, [1, [2]], {"a": {"b": None}}])
def test_a_meta_value_may_be_any_json(value: object) -> None:
    keys = ("wpml_language", "_vat_number", "_wc_shipment_tracking_items", "_tracking_number", "_date_shipped", "other")
    order = the_order(with_meta(*((key, value) for key in keys)))
    assert order.ref.external_id == "205"
    assert order.is_business is False or value in (0, 1)


def test_a_repeated_meta_key_counts_by_its_first_usable_value() -> None:
    order = the_order(with_meta(("wpml_language", ""), ("wpml_language", "pl"), ("wpml_language", "de")))
    assert order.language == "pl"


@pytest.mark.parametrize(
    ("key", "value", "language"),
    [
        ("wpml_language", "de", "de"),
        ("_order_language", "zh_Hans", "zh-Hans"),
        ("trp_language", "pt_BR", "pt-BR"),
        ("wpml_language", "<script>", None),
        ("wpml_language", 7, None),
    ],
)
def test_the_order_language_is_what_the_language_plugin_noted(key: str, value: object, language: str | None) -> None:
    assert the_order(with_meta((key, value))).language == language


@pytest.mark.parametrize("key", ["_billing_vat_number", "_vat_number", "vat_number"])
def test_a_vat_number_makes_the_shopper_a_business(key: str) -> None:
    assert the_order(with_meta((key, "DE145565729"))).is_business is True


@pytest.mark.parametrize(
    "metas",
    [
        [("is_vat_exempt", "yes")],
        [("_billing_vat_number", "")],
        [("_billing_vat_number", "-")],
        [("_billing_vat_number", "none")],
        [("_vat_number", "DE1"), ("_vat_number_is_validated", "true"), ("_vat_number_is_valid", "false")],
    ],
)
def test_nobody_loses_a_consumers_rights_without_a_vat_number(metas: list[tuple[str, str]]) -> None:
    record = with_meta(*metas)
    record["billing"]["company"] = "ACME GmbH"
    assert the_order(record).is_business is False


@pytest.mark.parametrize("status", ["delivered", "partial-shipped", "awaiting-pickup", "completed", "processing"])
def test_a_custom_status_is_kept_as_it_is_and_counts_as_placed(status: str) -> None:
    order = the_order(an_order_record(status=status))
    assert (order.platform_status, order.standing) == (status, Standing.PLACED)


def test_a_status_called_delivered_says_that_everything_had_arrived_by_the_orders_last_change() -> None:
    order = the_order({**with_meta(("_tracking_number", "1Z")), "status": "delivered", "date_completed_gmt": None})
    assert order.delivered == Moment(order.updated_at, Source.STATUS)
    assert ([fulfilment.events for fulfilment in order.fulfilments], order.completed) == ([()], None)


@pytest.mark.parametrize("status", ["partial-shipped", "shipped", "completed", "processing", "on-its-way", "refunded"])
def test_no_other_status_delivers_anything(status: str) -> None:
    assert the_order(an_order_record(status=status)).delivered is None


@pytest.mark.parametrize(
    ("status", "is_underway"),
    [("processing", True), ("on-hold", True), ("partial-shipped", True), ("completed", False), ("reviewed", False)],
)
def test_a_status_that_parcels_are_still_coming_under_is_told_from_one_that_says_nothing_of_them(
    status: str, *, is_underway: bool
) -> None:
    assert the_order(an_order_record(status=status)).is_underway is is_underway


def test_completed_is_the_shops_word_and_no_delivery() -> None:
    order = the_order(an_order_record(status="completed"))
    assert order.completed is not None
    assert order.completed.source is Source.PLATFORM
    assert order.fulfilments == ()


@pytest.mark.parametrize(
    ("status", "paid", "standing"),
    [
        ("pending", None, Standing.UNPAID),
        ("on-hold", None, Standing.UNPAID),
        ("on-hold", "2023-12-12T12:23:08", Standing.PLACED),
        ("cancelled", "2023-12-12T12:23:08", Standing.CANCELLED),
        ("failed", None, Standing.FAILED),
        ("refunded", None, Standing.REFUNDED),
    ],
)
def test_what_a_status_means_for_the_shopper(status: str, paid: str | None, standing: Standing) -> None:
    assert the_order(an_order_record(status=status, date_paid_gmt=paid)).standing is standing


@pytest.mark.parametrize("status", ["checkout-draft", "auto-draft"])
@pytest.mark.parametrize("topic", ["", "order.created", "order.updated"])
def test_a_checkout_draft_is_no_order(status: str, topic: str) -> None:
    bare: Record = {"billing": {}, "shipping": {}, "line_items": [], "payment_method": ""}
    assert translated(an_order_record(status=status, **bare), topic) == Ignored("checkout_draft")


def test_a_trashed_order_is_left_out_of_an_import() -> None:
    assert translated(an_order_record(status="trash")) == Ignored("trashed")


@pytest.mark.parametrize(
    ("method", "kind"),
    [
        ("cod", PaymentKind.CASH_ON_DELIVERY),
        ("bacs", PaymentKind.BANK_TRANSFER),
        ("cheque", PaymentKind.CHEQUE),
        ("stripe", PaymentKind.ONLINE),
        ("a-new-gateway", PaymentKind.ONLINE),
        ("", PaymentKind.NONE),
    ],
)
def test_how_the_shopper_paid_follows_from_the_gateway(method: str, kind: PaymentKind) -> None:
    assert the_order(an_order_record(payment_method=method)).payment is kind


def test_an_order_without_shipping_address_goes_to_the_billing_country() -> None:
    record = an_order_record()
    record["shipping"] = dict.fromkeys(record["shipping"], "")
    record["billing"] |= {"country": "de", "state": "DE-BY"}
    order = the_order(record)
    assert (order.place.country, order.place.state) == ("DE", "DE-BY")
    assert order.shopper.delivery is None


@pytest.mark.parametrize("country", ["", "Germany", "D", "12", "ÄÖ", None])
def test_a_country_that_is_no_code_is_unknown(country: str | None) -> None:
    record = an_order_record()
    record["shipping"]["country"] = record["billing"]["country"] = country
    assert the_order(record).place.country is None


def test_unicode_and_markup_stay_as_typed() -> None:
    hostile = '<script>alert(1)</script> & "\u202e" 🎁 置き配'
    record = with_line(name=hostile, parent_name=None)
    record["billing"]["first_name"] = record["customer_note"] = hostile
    order = the_order(record)
    assert order.lines[0].title == order.shopper.note == hostile
    assert order.shopper.name == f"{hostile} Ćwiklińska"


def test_a_nul_that_no_database_text_holds_is_replaced_and_other_backslashes_are_not() -> None:
    order = the_order(an_order_record(customer_note="a\x00b \\u0000 \\\x00"))
    assert order.shopper.note == "a\ufffdb \\u0000 \\\ufffd"
