"""What shipment plugins leave in an order's meta: every shape of theirs, and hostile ones."""

from datetime import UTC, datetime

import pytest

from plugin.domain.ids import LineId
from plugin.domain.order import FulfilledLine, Fulfilment, Order, Parcel
from plugin.domain.times import Moment, Source
from tests.support.woocommerce import the_order, with_meta

SHIPPED = Moment(datetime(2024, 1, 22, tzinfo=UTC), Source.PLATFORM)
ITEMS = "_wc_shipment_tracking_items"


def shipment_tracking(**changes: object) -> dict[str, object]:
    """An entry as WooCommerce Shipment Tracking stores it."""
    return {
        "tracking_provider": "",
        "custom_tracking_provider": "Spedition Krüger",
        "custom_tracking_link": "https://track.example/?n=099836772077463",
        "tracking_number": "099836772077463",
        "date_shipped": "1705881600",
        "tracking_id": "c6a1bb469e655e0b0a3624422f7d7f4a",
        **changes,
    }


def advanced_shipment_tracking(**changes: object) -> dict[str, object]:
    """An entry as Advanced Shipment Tracking stores it."""
    return {
        "tracking_provider": "postnl",
        "tracking_number": "3SABCD92187344843",
        "date_shipped": 1705881600,
        "products_list": [{"product": "67", "item_id": "157", "qty": "1"}],
        "tracking_id": "10e59f33fcc3610c6d1e96a8d61ee4c2",
        "formatted_tracking_provider": "PostNL",
        "formatted_tracking_link": "https://jouw.postnl.nl/track-and-trace/3SABCD92187344843",
        "ast_tracking_link": "https://jouw.postnl.nl/track-and-trace/3SABCD92187344843",
        **changes,
    }


def order_with(value: object) -> Order:
    return the_order(with_meta((ITEMS, value)))


def only(order: Order) -> Fulfilment:
    (fulfilment,) = order.fulfilments
    return fulfilment


def test_shipment_tracking_names_carrier_number_link_and_day() -> None:
    fulfilment = only(order_with([shipment_tracking()]))
    assert fulfilment.id == "c6a1bb469e655e0b0a3624422f7d7f4a"
    assert fulfilment.parcels == (
        Parcel("Spedition Krüger", "099836772077463", "https://track.example/?n=099836772077463"),
    )
    assert fulfilment.shipped == SHIPPED
    assert (fulfilment.lines, fulfilment.events) == ((), ())


def test_advanced_shipment_tracking_also_names_the_units() -> None:
    fulfilment = only(order_with([advanced_shipment_tracking()]))
    assert fulfilment.parcels[0].carrier == "PostNL"
    assert fulfilment.parcels[0].url == "https://jouw.postnl.nl/track-and-trace/3SABCD92187344843"
    assert fulfilment.shipped == SHIPPED
    assert fulfilment.lines == (FulfilledLine(LineId("157"), 1),)


def test_the_list_is_an_object_once_an_entry_was_removed() -> None:
    listed, keyed = order_with([shipment_tracking()]), order_with({"1": shipment_tracking()})
    assert listed.fulfilments == keyed.fulfilments != ()


def test_an_entry_alone_is_read_like_a_list_of_one() -> None:
    assert order_with(shipment_tracking()).fulfilments == order_with([shipment_tracking()]).fulfilments


@pytest.mark.parametrize(
    "number", [" 3SABCD36887019572 ", "3SABCD 3688 7019572", "\t3SABCD36887019572\n", "3SABCD\u00a036887019572"]
)
def test_blanks_in_a_tracking_number_are_none_of_it(number: str) -> None:
    assert only(order_with([shipment_tracking(tracking_number=number)])).parcels[0].number == "3SABCD36887019572"


def test_a_tracking_number_stored_as_a_number_keeps_its_digits() -> None:
    assert only(order_with([shipment_tracking(tracking_number=940010550220720)])).parcels[0].number == "940010550220720"


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " javascript:alert(1)//https://x",
        "data:text/html,<script>",
        "https:/half",
        "https://",
        "//track.example/",
        'https://track.example/"onclick=',
        "https://track.example/<script>",
        "https://track.example/\nx",
        7,
        None,
    ],
)
def test_a_link_that_is_not_plainly_http_is_dropped(link: object) -> None:
    fulfilment = only(order_with([shipment_tracking(custom_tracking_link=link)]))
    assert (fulfilment.parcels[0].url, fulfilment.parcels[0].number) == (None, "099836772077463")


@pytest.mark.parametrize("day", [1705881600, "1705881600"])
def test_the_day_of_shipping_may_be_a_number_or_a_text(day: object) -> None:
    assert only(order_with([shipment_tracking(date_shipped=day)])).shipped == SHIPPED


@pytest.mark.parametrize("day", ["", None, 0, -1, 10**18, "soon", "2024-13-45", "0001-01-01", [], True, 1e300])
def test_a_day_of_shipping_that_is_none_is_unknown_and_never_made_up(day: object) -> None:
    assert only(order_with([shipment_tracking(date_shipped=day)])).shipped is None


def test_aftership_says_when_tracking_was_added_which_is_not_when_it_was_shipped() -> None:
    entry = {
        "additional_fields": {"ship_date": ""},
        "line_items": [],
        "metrics": {"created_at": "2023-12-22T15:54:36+00:00"},
        "tracking_id": "fa2d935fbc167f1bf04cab6cf307a4c7",
        "tracking_number": "AS839107160",
        "slug": "dhl",
    }
    order = the_order(with_meta(("_aftership_tracking_items", [entry]), ("_aftership_tracking_number", "AS661676850")))
    assert only(order).parcels == (Parcel("dhl", "AS839107160", None),)
    assert only(order).shipped is None


def test_aftership_keys_alone_are_read_too() -> None:
    order = the_order(with_meta(("_aftership_tracking_number", "AS1"), ("_aftership_tracking_provider_name", "dhl")))
    assert only(order).parcels == (Parcel("dhl", "AS1", None),)


def test_yith_names_a_day_which_stands_as_its_noon() -> None:
    order = the_order(
        with_meta(
            ("ywot_carrier_name", "GLS"), ("ywot_pick_up_date", "2024-01-27"), ("ywot_tracking_code", "YW6326144")
        )
    )
    assert only(order).parcels == (Parcel("GLS", "YW6326144", None),)
    assert only(order).shipped == Moment(datetime(2024, 1, 27, 12, tzinfo=UTC), Source.PLATFORM)


def test_bare_tracking_keys_are_read() -> None:
    order = the_order(
        with_meta(("_date_shipped", "1705881600"), ("_tracking_number", "TN4643339"), ("_tracking_provider", "dpd"))
    )
    assert only(order).parcels == (Parcel("dpd", "TN4643339", None),)
    assert only(order).shipped == SHIPPED


def test_a_repeated_tracking_key_is_another_parcel() -> None:
    order = the_order(with_meta(("_tracking_number", "A"), ("_tracking_number", "B"), ("_tracking_provider", "dpd")))
    assert [f.parcels[0] for f in order.fulfilments] == [Parcel("dpd", "A", None), Parcel(None, "B", None)]


def test_a_parcel_noted_by_two_plugins_counts_once() -> None:
    order = the_order(with_meta((ITEMS, [shipment_tracking()]), ("_tracking_number", "0998 3677 2077 463")))
    assert len(order.fulfilments) == 1


def test_two_parcels_under_one_tracking_id_stay_two() -> None:
    order = order_with([shipment_tracking(), shipment_tracking(tracking_number="B")])
    assert len({fulfilment.id for fulfilment in order.fulfilments}) == 2


def test_units_of_lines_the_order_does_not_have_are_passed_over() -> None:
    parts = [
        {"item_id": "999", "qty": "1"},
        {"item_id": 157, "qty": 1},
        {"item_id": "157", "qty": "-2"},
        {"item_id": "157", "qty": "9" * 9},
        {"item_id": "157", "qty": "9" * 5000},
        "x",
    ]
    assert only(order_with([advanced_shipment_tracking(products_list=parts)])).lines == (
        FulfilledLine(LineId("157"), 1),
    )


@pytest.mark.parametrize(
    "value", ["", None, 0, [], {}, [[]], ["x"], [None], {"1": "x"}, [{}], [{"tracking_number": []}]]
)
def test_tracking_meta_that_makes_no_sense_leaves_the_order_readable(value: object) -> None:
    assert order_with(value).fulfilments == ()


def test_no_plugin_here_says_when_a_parcel_arrived() -> None:
    entry = advanced_shipment_tracking(status_shipped="1", date_delivered="", est_delivery_date="2024-01-25")
    assert only(order_with([entry])).events == ()
