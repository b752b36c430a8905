"""Every recorded order, field by field against its raw JSON."""

import json
from collections import Counter
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal

from plugin.domain.money import Money
from plugin.domain.order import Order, PaymentKind, Price, Standing
from plugin.domain.shop_events import Ignored, OrderSeen
from plugin.domain.times import Moment, Source
from tests.support.named import named
from tests.support.woocommerce import Record, raw_orders, recorded_list, recorded_orders, the_order, translated

TRACKING = ("_wc_shipment_tracking_items", "_aftership_tracking_items", "_tracking_number", "ywot_tracking_code")


def test_each_recorded_order_translates_and_only_the_checkout_drafts_are_left_out() -> None:
    raw = Counter(json.loads(body)["status"] == "checkout-draft" for body in raw_orders())
    read = Counter(type(translated(body)) for body in raw_orders())
    assert raw == {False: 298, True: 2}
    assert read == {OrderSeen: 298, Ignored: 2}


def test_a_recorded_order_keeps_what_its_json_says() -> None:
    for body in raw_orders():
        raw: Record = json.loads(body)
        if raw["status"] == "checkout-draft":
            continue
        with named("order", raw["id"]):
            order = the_order(body)
            _keeps_the_head(order, raw)
            _keeps_the_lines(order, raw)
            _keeps_the_refunds(order, raw)
            _keeps_the_shopper(order, raw)


def _keeps_the_head(order: Order, raw: Record) -> None:
    assert (order.ref.platform, order.ref.external_id) == ("woocommerce", str(raw["id"]))
    assert order.number == raw["number"]
    assert order.platform_status == raw["status"]
    assert order.standing is _standing(raw)
    assert (order.currency, order.presentment_currency) == (raw["currency"], raw["currency"])
    assert order.total == _price(raw["total"], raw)
    assert order.shipping == _price(raw["shipping_total"], raw)
    assert order.shipping_tax == _price(raw["shipping_tax"], raw)
    assert order.prices_include_tax is False
    assert order.placed == _platform(raw["date_created_gmt"])
    assert order.updated_at == _utc(raw["date_modified_gmt"])
    assert order.paid == _platform(raw["date_paid_gmt"])
    assert order.completed == _platform(raw["date_completed_gmt"])
    assert order.cancelled is None
    assert order.payment_method == (raw["payment_method"] or None)
    assert order.payment is _payment(raw["payment_method"])
    shipped_to = raw["shipping"] if raw["shipping"]["country"] else raw["billing"]
    assert (order.place.country, order.place.state) == (shipped_to["country"] or None, shipped_to["state"] or None)
    assert order.language == _metas(raw).get("wpml_language")
    assert order.is_business is bool(_metas(raw).get("_vat_number"))
    assert {p.number for f in order.fulfilments for p in f.parcels} == _tracking_numbers(raw)


def _keeps_the_lines(order: Order, raw: Record) -> None:
    assert [line.id for line in order.lines] == [str(item["id"]) for item in raw["line_items"]]
    for line, item in zip(order.lines, raw["line_items"], strict=True):
        assert line.quantity == item["quantity"]
        assert line.total == _price(item["total"], raw)
        assert line.tax == _price(item["total_tax"], raw)
        taken_off = _money(item["subtotal"], raw).minor - line.total.shop.minor
        assert line.discount == Price(*[Money(taken_off, raw["currency"])] * 2)
        assert line.product_id == (str(item["product_id"]) if item["product_id"] else None)
        assert line.variant_id == (str(item["variation_id"]) if item["variation_id"] else None)
        assert line.sku == (item["sku"] or None)
        name = f"{line.title} - {line.variant_title}" if line.variant_title else line.title
        assert name == item["name"]
        chosen = [m for m in item["meta_data"] if m["key"].startswith("pa_")]
        assert line.options == tuple((m["display_key"], m["display_value"]) for m in chosen)
        assert line.property_names == tuple(
            m["key"] for m in item["meta_data"] if m["key"][:1] != "_" and m not in chosen
        )


def _keeps_the_refunds(order: Order, raw: Record) -> None:
    assert [refund.id for refund in order.refunds] == sorted((str(r["id"]) for r in raw["refunds"]), key=int)
    summaries = {str(summary["id"]): summary for summary in raw["refunds"]}
    for refund in order.refunds:
        total = summaries[refund.id]["total"]
        assert refund.amount == (None if total == "-" else _price(total.removeprefix("-"), raw))
        assert refund.moment == Moment(_utc(raw["date_modified_gmt"]), Source.ESTIMATE)
        assert refund.lines == ()


def _keeps_the_shopper(order: Order, raw: Record) -> None:
    shopper, billing = order.shopper, raw["billing"]
    assert shopper.external_id == (str(raw["customer_id"]) if raw["customer_id"] else None)
    assert shopper.email == (billing["email"] or None)
    assert shopper.note == (raw["customer_note"] or None)
    for address, typed in ((shopper.billing, billing), (shopper.delivery, raw["shipping"])):
        kept = [] if address is None else [*address.lines, address.city, address.postcode, address.company]
        fields = ("address_1", "address_2", "city", "postcode", "company")
        assert [value for value in kept if value] == [typed[field] for field in fields if typed[field]]
    typed_in = {
        str(item["id"]): tuple((m["key"], m["value"]) for m in item["meta_data"] if m["key"][0] not in "_p")
        for item in raw["line_items"]
    }
    assert shopper.line_properties == {line: pairs for line, pairs in typed_in.items() if pairs}


def test_amounts_of_lines_shipping_fees_and_their_taxes_add_up_to_the_order() -> None:
    for raw in recorded_orders():
        if raw["status"] == "checkout-draft" or raw["currency"] == "JPY":  # yen are rounded one by one
            continue
        order = the_order(raw)
        fees = sum(_money(fee[key], raw).minor for fee in raw["fee_lines"] for key in ("total", "total_tax"))
        lines = sum(line.total.shop.minor + line.tax.shop.minor for line in order.lines)
        assert order.shipping_tax is not None
        shipping = order.shipping.shop.minor + order.shipping_tax.shop.minor
        assert lines + shipping + fees == order.total.shop.minor, order.number


def test_only_what_the_shop_calls_digital_is_digital_and_nothing_is_guessed() -> None:
    virtual = {p["id"] for p in recorded_list("products.json") if p["virtual"] and p["downloadable"]}
    told: Counter[bool | None] = Counter()
    for raw in recorded_orders():
        if raw["status"] == "checkout-draft":
            continue
        for line, item in zip(the_order(raw).lines, raw["line_items"], strict=True):
            told[line.is_physical] += 1
            if line.is_physical is False:
                assert item["product_id"] in virtual
    assert told[False] > 0
    assert told[True] == 0


def _standing(raw: Record) -> Standing:
    if raw["status"] in ("pending", "on-hold"):
        return Standing.PLACED if raw["date_paid_gmt"] else Standing.UNPAID
    if raw["status"] in ("cancelled", "failed", "refunded"):
        return Standing(raw["status"])
    return Standing.PLACED


def _payment(method: str) -> PaymentKind:
    offline = {
        "": PaymentKind.NONE,
        "cod": PaymentKind.CASH_ON_DELIVERY,
        "bacs": PaymentKind.BANK_TRANSFER,
        "cheque": PaymentKind.CHEQUE,
    }
    return offline.get(method, PaymentKind.ONLINE)


def _metas(raw: Record) -> Record:
    return {meta["key"]: meta["value"] for meta in raw["meta_data"]}


def _tracking_numbers(raw: Record) -> set[str]:
    found: list[str] = []
    for key in TRACKING:
        value = _metas(raw).get(key, [])
        entries = value.values() if isinstance(value, dict) else value
        found += [value] if isinstance(value, str) else [str(entry["tracking_number"]) for entry in entries]
    return {"".join(number.split()) for number in found}


def _money(text: str, raw: Record) -> Money:
    decimals = 0 if raw["currency"] == "JPY" else 2
    return Money(int((Decimal(text) * 10**decimals).to_integral_value(ROUND_HALF_UP)), raw["currency"])


def _price(text: str, raw: Record) -> Price:
    return Price(_money(text, raw), _money(text, raw))


def _utc(text: str) -> datetime:
    return datetime.strptime(text + "Z", "%Y-%m-%dT%H:%M:%S%z").astimezone(UTC)


def _platform(text: str | None) -> Moment | None:
    return Moment(_utc(text), Source.PLATFORM) if text else None
