"""How WooCommerce makes and changes orders by REST, as recorded (`writes-*.jsonl`): it sells what is sold out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from tests.support.woocommerce import Record
from tests.support.woocommerce_auth import Reply
from tests.support.woocommerce_desk import Desk, fault, invalid, merged, metas, shown
from tests.support.woocommerce_totals import calculate, cents, without_tax

STATUSES = {"pending", "processing", "on-hold", "completed", "cancelled", "refunded", "failed", "checkout-draft"}
_FIELDS = {
    "status", "set_paid", "currency", "customer_id", "billing", "shipping", "line_items", "fee_lines", "meta_data",
}  # fmt: skip
_TAKEN = ("processing", "completed", "on-hold")
_ADDRESS = (
    "first_name",
    "last_name",
    "company",
    "address_1",
    "address_2",
    "city",
    "state",
    "postcode",
    "country",
    "phone",
)


@dataclass(frozen=True, slots=True)
class Counter:
    """What making an order touches."""

    desk: Desk
    orders: dict[int, Record]
    products: dict[int, Record]
    unknown: list[str]
    now: str
    touch: Callable[[int], None]


def made(counter: Counter, body: Record) -> Reply:
    """A new order."""
    counter.unknown.extend(sorted(f"order {name}" for name in body.keys() - _FIELDS))
    if body.get("status", "pending") not in STATUSES:
        return invalid("status")
    number = next(counter.desk.ids)
    order = _blank(number, body, counter.now)
    order["meta_data"] = _by_key(metas(counter.desk, body.get("meta_data", [])))
    order["line_items"] = [_line(counter, line) for line in body.get("line_items", [])]
    counter.orders[number] = order
    _fees(counter, order, body)
    calculate(counter.desk, order)
    if body.get("set_paid"):
        order |= {"status": "processing", "date_paid_gmt": counter.now}
    _follow(counter, order, "")
    counter.touch(number)
    return shown(counter.orders[number], 201)


def changed(counter: Counter, number: int, body: Record) -> Reply:
    """An order edited: amounts are computed anew when any item was named, and only then."""
    counter.unknown.extend(sorted(f"order {name}" for name in body.keys() - _FIELDS))
    if body.get("status", "pending") not in STATUSES:
        return invalid("status")
    if number not in counter.orders:
        return fault(404, "woocommerce_rest_shop_order_invalid_id")
    order = counter.orders[number] = {**counter.orders[number]}
    before = order["status"]
    order["meta_data"] = _by_key(merged(counter.desk, order["meta_data"], body.get("meta_data", [])))
    totals = {line["id"]: line["total"] for line in body.get("line_items", [])}
    order["line_items"] = [
        {**item, "exact": totals[item["id"]]} if item["id"] in totals else item for item in order["line_items"]
    ]
    _fees(counter, order, body)
    if body.keys() & {"line_items", "fee_lines"}:
        calculate(counter.desk, order)
    order["status"] = body.get("status", before)
    _follow(counter, order, before)
    counter.touch(number)
    return shown(counter.orders[number])


def _blank(number: int, body: Record, now: str) -> Record:
    address = dict.fromkeys(_ADDRESS, "")
    return {
        "id": number, "number": str(number), "status": body.get("status", "pending"), "currency": body["currency"],
        "date_created_gmt": now, "date_modified_gmt": now, "date_modified": now,
        "date_paid_gmt": None, "date_completed_gmt": None,
        "total": "0.00", "total_tax": "0.00", "shipping_total": "0.00", "shipping_tax": "0.00",
        "payment_method": "", "customer_id": body.get("customer_id", 0), "customer_note": "",
        "billing": {**address, "email": "", **body.get("billing", {})},
        "shipping": {**address, **body.get("shipping", {})},
        "line_items": [], "shipping_lines": [], "fee_lines": [], "refunds": [], "needs_processing": True,
        "payment_url": f"https://shop.example/checkout/order-pay/{number}/?pay_for_order=true&key=wc_order_abc",
    }  # fmt: skip


def _by_key(entries: list[Record]) -> list[Record]:
    """As high-performance order storage lists them."""
    return sorted(entries, key=lambda each: str(each["key"]))


def _line(counter: Counter, line: Record) -> Record:
    """At the catalogue's price, or at the total that was sent; a variation may be named as the product."""
    product = counter.products[int(line.get("variation_id") or line["product_id"])]
    parent = product.get("parent_id") or 0
    price = without_tax(counter.desk, Decimal(product["price"]) * line["quantity"])
    options = product.get("attributes", []) if parent else []
    chosen = [{"key": each["name"].lower(), "value": each["option"]} for each in options]
    return {
        "id": next(counter.desk.ids),
        "name": product["name"],
        "product_id": parent or product["id"],
        "variation_id": product["id"] if parent else 0,
        "quantity": line["quantity"],
        "subtotal": f"{cents(Decimal(line.get('subtotal', price))):.2f}",
        "exact": f"{Decimal(line.get('total', price))}",
        "meta_data": merged(counter.desk, metas(counter.desk, chosen), line.get("meta_data", [])),
        "sku": product["sku"],
        "parent_name": product["name"].partition(" - ")[0] if parent else None,
    }


def _fees(counter: Counter, order: Record, body: Record) -> None:
    known = {fee["id"]: fee for fee in order["fee_lines"]}
    for fee in body.get("fee_lines", []):
        number = fee.get("id") or next(counter.desk.ids)
        known[number] = {"id": number, "name": fee["name"], "exact": fee["total"], "meta_data": []}
    order["fee_lines"] = list(known.values())


def _follow(counter: Counter, order: Record, before: str) -> None:
    """What a status brings: goods leave the stock when it is taken up, and come back when it is cancelled."""
    order["needs_payment"] = order["status"] in {"pending", "failed", "checkout-draft"} and Decimal(order["total"]) > 0
    if order["status"] in _TAKEN and before not in _TAKEN:
        order["date_paid_gmt"] = order["date_paid_gmt"] or counter.now
        order["line_items"] = [_reduced(counter, item) for item in order["line_items"]]
    if order["status"] == "cancelled":
        back = [put_back(counter.products, item, int(_taken(item))) for item in order["line_items"]]
        order["line_items"] = [{**item, "meta_data": _without_taken(item)} for item in back]


def _reduced(counter: Counter, item: Record) -> Record:
    product = counter.products[item["variation_id"] or item["product_id"]]
    if not product.get("manage_stock"):
        return item
    _stock(product, -item["quantity"])
    taken = [{"key": "_reduced_stock", "value": str(item["quantity"])}]
    return {**item, "meta_data": [*item["meta_data"], *metas(counter.desk, taken)]}


def put_back(products: dict[int, Record], item: Record, quantity: int) -> Record:
    """The item after goods of it are back on sale: no more than its order took out of stock and has not put back."""
    product = products.get(item["variation_id"] or item["product_id"])
    back = min(quantity, int(_taken(item)))
    if product is None or product.get("manage_stock") is not True or not back:
        return item
    _stock(product, back)
    left = str(int(_taken(item)) - back)
    kept = [{**meta, "value": left} if meta["key"] == "_reduced_stock" else meta for meta in item["meta_data"]]
    return {**item, "meta_data": kept}


def _stock(product: Record, more: int) -> None:
    product["stock_quantity"] = (product["stock_quantity"] or 0) + more
    product["stock_status"] = "instock" if product["stock_quantity"] > 0 else "outofstock"


def _taken(item: Record) -> str:
    return next((meta["value"] for meta in item["meta_data"] if meta["key"] == "_reduced_stock"), "0")


def _without_taken(item: Record) -> list[Record]:
    return [meta for meta in item["meta_data"] if meta["key"] != "_reduced_stock"]
