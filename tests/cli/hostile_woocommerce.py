"""Every trap of WooCommerce's data (REST v3, WooCommerce 10.5) as a record of an import."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from plugin.domain.money import Money
from plugin.domain.order import Order, Standing
from plugin.domain.times import instant
from tests.cli.traps import Meant, Platform, Record, Refused, line
from tests.support.woocommerce import an_order_record, with_line, with_meta

_TYPED = '<b onclick="x()">Ćwik</b> & \u202eלילך\u202c 🎁 置き配'
_ids = count(50_001)
_ITEM = {
    "tracking_provider": "",
    "custom_tracking_provider": "Spedition",
    "custom_tracking_link": "https://track.example/?n=99",
    "tracking_number": " 99 77 ",
    "date_shipped": "1705881600",
    "tracking_id": "c6a1",
}
_ITEMS = "_wc_shipment_tracking_items"


def _meant(sentence: str, record: Record, ask: Callable[[Order], object], answer: object) -> Meant:
    own = record if record["id"] != 205 else {**record, "id": next(_ids)}
    return Meant(sentence, line(own), str(own["id"]), ask, answer)


def _refused(sentence: str, record: Record, code: str, field: str) -> Refused:
    return Refused(sentence, line({**record, "id": next(_ids)}), code, field)


def _without(field: str) -> Record:
    return {key: value for key, value in an_order_record().items() if key != field}


def _in_yen() -> Record:
    record = with_line(total="1980.00", subtotal="1980.00", total_tax="198.0")
    return {**record, "currency": "JPY", "total": "21337.80"}


def _typed() -> Record:
    record = with_line(name=_TYPED, parent_name=None)
    record["billing"]["first_name"] = record["customer_note"] = _TYPED
    return record


def _autumn(utc: str) -> Record:
    return an_order_record(date_created="2025-10-26T02:30:00", date_created_gmt=utc)


MEANT = (
    _meant(
        "the first half past two of an autumn night",
        _autumn("2025-10-26T00:30:00"),
        lambda order: order.placed.at,
        instant("2025-10-26T00:30:00Z"),
    ),
    _meant(
        "the second half past two of an autumn night",
        _autumn("2025-10-26T01:30:00"),
        lambda order: order.placed.at,
        instant("2025-10-26T01:30:00Z"),
    ),
    _meant("a yen total with decimals", _in_yen(), lambda order: order.total.shop, Money(21338, "JPY")),
    _meant("a yen line with decimals", _in_yen(), lambda order: order.lines[0].total.shop, Money(1980, "JPY")),
    _meant(
        "a dinar total with three decimals",
        an_order_record(currency="KWD", total="12.345"),
        lambda order: order.total.shop,
        Money(12345, "KWD"),
    ),
    _meant(
        "tracking in a list",
        with_meta((_ITEMS, [_ITEM])),
        lambda order: [(p.number, p.url) for f in order.fulfilments for p in f.parcels],
        [("9977", "https://track.example/?n=99")],
    ),
    _meant(
        "a parcel that has only left",
        {**with_meta((_ITEMS, [_ITEM])), "status": "processing", "date_completed_gmt": None, "refunds": []},
        lambda order: (order.standing, [(f.status, f.events) for f in order.fulfilments]),
        (Standing.PLACED, [("shipped", ())]),
    ),
    _meant(
        "an order that is only completed",
        an_order_record(status="completed", refunds=[]),
        lambda order: (order.platform_status, [event for f in order.fulfilments for event in f.events]),
        ("completed", []),
    ),
    _meant(
        "tracking in an object, once an entry was removed",
        with_meta((_ITEMS, {"1": _ITEM})),
        lambda order: [(p.number, p.url) for f in order.fulfilments for p in f.parcels],
        [("9977", "https://track.example/?n=99")],
    ),
    _meant(
        "tracking that is nonsense",
        with_meta((_ITEMS, {"a": [None, {"b": 7}]}), ("_tracking_number", [])),
        lambda order: order.fulfilments,
        (),
    ),
    _meant(
        "a tracking link that is a script",
        with_meta((_ITEMS, [{**_ITEM, "custom_tracking_link": "JavaScript:alert(1)"}])),
        lambda order: [(p.number, p.url) for f in order.fulfilments for p in f.parcels],
        [("9977", None)],
    ),
    _meant(
        "a refund of minus",
        an_order_record(refunds=[{"id": 7, "reason": "", "total": "-"}]),
        lambda order: [refund.amount for refund in order.refunds],
        [None],
    ),
    _meant(
        "a refund of nothing",
        an_order_record(refunds=[{"id": 7, "reason": "", "total": ""}]),
        lambda order: [refund.amount for refund in order.refunds],
        [None],
    ),
    _meant(
        "a product deleted to id 0",
        with_line(product_id=0, variation_id=0, sku=None, parent_name=None),
        lambda order: (order.lines[0].product_id, order.lines[0].variant_id, order.lines[0].sku, order.lines[0].title),
        (None, None, None, "T-Shirt Bio-Baumwolle - XL, Black"),
    ),
    _meant(
        "ids beyond 2 to the 53",
        {**with_line(id=9007199254740993, product_id=9007199254740995), "id": 9223372036854775807},
        lambda order: (order.ref.external_id, order.lines[0].id, order.lines[0].product_id),
        ("9223372036854775807", "9007199254740993", "9007199254740995"),
    ),
    _meant("markup, other scripts and directions in a title", _typed(), lambda order: order.lines[0].title, _TYPED),
    _meant("the same in a note", _typed(), lambda order: order.shopper.note, _TYPED),
    _meant(
        "a NUL in a title",
        with_line(name="Tent\x00<NUL>", parent_name=None),
        lambda order: order.lines[0].title,
        "Tent\ufffd<NUL>",
    ),
    _meant("a NUL in a number", an_order_record(number="2026\x00-1"), lambda order: order.number, "2026\ufffd-1"),
    _meant("a number of any text", an_order_record(number="ÄÖ/00017"), lambda order: order.number, "ÄÖ/00017"),
    _meant(
        "a status called delivered",
        an_order_record(status="delivered", date_completed_gmt=None),
        lambda order: (order.standing, order.platform_status, order.fulfilments),
        (Standing.PLACED, "delivered", ()),
    ),
    _meant(
        "a country that is none",
        {**an_order_record(), "shipping": {"country": "Germany"}, "billing": {"country": ""}},
        lambda order: order.place.country,
        None,
    ),
    _meant(
        "a price that is no number",
        with_line(price=None),
        lambda order: order.lines[0].total.shop,
        Money(11166, "PLN"),
    ),
)

REFUSED = (
    *(
        _refused(f"{field} missing though the local one is there", _without(field), "missing_field", field)
        for field in ("date_created_gmt", "date_modified_gmt", "date_paid_gmt", "date_completed_gmt")
    ),
    _refused("no date at all", an_order_record(date_created_gmt=None), "missing_field", "date_created_gmt"),
    _refused(
        "a date of year 0",
        an_order_record(date_created_gmt="0000-00-00T00:00:00"),
        "not_an_instant",
        "date_created_gmt",
    ),
    _refused("a total that is no amount", an_order_record(total="NaN"), "not_an_amount", "total"),
    _refused("a total sent as a float", an_order_record(total=242.59), "wrong_type", "total"),
    _refused("a currency that is none", an_order_record(currency="zł"), "not_a_currency", "currency"),
    _refused("half a unit", with_line(quantity=0.5), "wrong_type", "line_items[].quantity"),
    _refused("a line without its tax", with_line(total_tax=None), "missing_field", "line_items[].total_tax"),
    _refused("no lines at all", _without("line_items"), "missing_field", "line_items"),
    Refused("a line cut off", line(an_order_record(id=next(_ids)))[:-40], "not_json", "body"),
    Refused(
        "a line in another encoding",
        line(an_order_record(customer_note="HERE")).replace(b"HERE", b"\xe9"),
        "not_json",
        "body",
    ),
    Refused("nesting without end", b'{"a":' * 20_000, "too_deep", "body"),
    Refused("an object that is nothing we know", b'{"sku": "LANTERN"}', "unknown_record", "body"),
)

_GONE = {"code": "woocommerce_rest_shop_order_invalid_id", "message": "Ungültig &amp; fort", "data": {"status": 404}}
SKIPPED = (
    line(_GONE),
    line({**_GONE, "code": "woocommerce_rest_cannot_view", "data": {"status": 403}}),
    line({**_GONE, "data": 500}),
    line(an_order_record(id=next(_ids), status="checkout-draft", line_items=[], billing={}, shipping={})),
    line(an_order_record(id=next(_ids), status="trash")),
    b"webhook_id=17",
)

WOOCOMMERCE = Platform("woocommerce", MEANT, REFUSED, SKIPPED)
