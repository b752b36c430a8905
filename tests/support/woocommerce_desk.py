"""What a WooCommerce shop keeps beside its orders and products, and its answers about it, as recorded.

Notes, coupons, gateways, settings: `api_behaviours.json`, `writes-*.jsonl` in `tests/payloads/woocommerce`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count

from tests.support.woocommerce import Record
from tests.support.woocommerce_auth import Reply

COUPON_TYPES = ("percent", "fixed_cart", "fixed_product")
SETTINGS = {
    "general/woocommerce_currency": "EUR",
    "general/woocommerce_calc_taxes": "yes",
    "general/woocommerce_enable_coupons": "yes",
    "tax/woocommerce_prices_include_tax": "yes",
}
CARDS = ("stripe", "woocommerce_payments", "ppcp-gateway", "stripe_ideal", "klarna_payments", "trial_card")


@dataclass(slots=True)
class Desk:
    """State. `rates`: percent by country and rate. `closed`: orders whose gateway refuses; `dying`: in it, PHP dies."""

    gateways: dict[str, list[str]] = field(
        default_factory=lambda: {
            **{name: ["products"] for name in ("bacs", "cheque", "cod")},
            **{name: ["products", "refunds"] for name in CARDS},
        }
    )
    settings: dict[str, str] = field(default_factory=lambda: dict(SETTINGS))
    coupons: dict[int, Record] = field(default_factory=dict)
    notes: dict[int, list[Record]] = field(default_factory=dict)
    rates: dict[str, dict[int, Decimal]] = field(default_factory=lambda: {"DE": {1: Decimal(19)}})
    closed: set[int] = field(default_factory=set)
    dying: set[int] = field(default_factory=set)
    ids: count[int] = field(default_factory=lambda: count(500_001))

    @property
    def prices_include_tax(self) -> bool:
        return self.settings["tax/woocommerce_prices_include_tax"] == "yes"


def fault(status: int, code: str, data: object = None) -> Reply:
    """An error object; its message is translated, and says nothing to programs."""
    stated = {"status": status} if data is None else data
    return Reply(status, json.dumps({"code": code, "message": "Übersetzt", "data": stated}).encode())


def invalid(name: str) -> Reply:
    return fault(400, "rest_invalid_param", {"status": 400, "params": {name: "…"}})


def shown(record: object, status: int = 200) -> Reply:
    return Reply(status, json.dumps(record, ensure_ascii=False).encode())


def metas(desk: Desk, entries: list[Record]) -> list[Record]:
    """Meta as it is kept: every entry with an id, numbers as texts."""
    return [{"id": next(desk.ids), "key": each["key"], "value": _kept(each["value"])} for each in entries]


def merged(desk: Desk, before: list[Record], entries: list[Record]) -> list[Record]:
    """The same after an update, by key."""
    names = {each["key"] for each in entries}
    return [each for each in before if each["key"] not in names] + metas(desk, entries)


def _kept(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def setting_reply(desk: Desk, name: str) -> Reply:
    if name not in desk.settings:
        return fault(404, "rest_setting_setting_invalid")
    return shown({"id": name.partition("/")[2], "value": desk.settings[name]})


def gateway_reply(desk: Desk, name: str) -> Reply:
    if name not in desk.gateways:
        return fault(404, "woocommerce_rest_payment_gateway_invalid")
    return shown({"id": name, "method_supports": desk.gateways[name]})


def note_reply(desk: Desk, order: int, asked: Mapping[str, str], body: Record | None, *, exists: bool) -> Reply:
    """`body` None: they are read."""
    if body is not None and "note" not in body:
        return fault(400, "rest_missing_callback_param", {"status": 400, "params": ["note"]})
    if not exists:
        return fault(404, "woocommerce_rest_order_invalid_id")
    kept = desk.notes.setdefault(order, [])
    if body is None:
        wanted = {"customer": True, "internal": False}.get(asked.get("type", ""))
        return shown([note for note in kept if wanted is None or note["customer_note"] is wanted])
    author = "admin" if body.get("added_by_user") else "WooCommerce"
    is_for_customer = body.get("customer_note", False)
    note = {"id": next(desk.ids), "author": author, "note": body["note"], "customer_note": is_for_customer}
    kept.insert(0, note)
    return shown(note, 201)


def coupons_reply(desk: Desk, query: Mapping[str, str]) -> Reply:
    code = query["code"].lower()
    return shown([coupon for coupon in desk.coupons.values() if coupon["code"] == code])


def coupon_reply(desk: Desk, body: Record) -> Reply:
    """A new one, or why not."""
    if "code" not in body:
        return fault(400, "rest_missing_callback_param", {"status": 400, "params": ["code"]})
    if body.get("discount_type", "fixed_cart") not in COUPON_TYPES:
        return invalid("discount_type")
    code = body["code"].lower()
    if any(coupon["code"] == code for coupon in desk.coupons.values()):
        return fault(400, "woocommerce_rest_coupon_code_already_exists")
    if body.get("discount_type") == "percent" and Decimal(body["amount"]) > 100:
        return fault(400, "coupon_invalid_amount")
    coupon = {
        "id": next(desk.ids),
        "usage_limit": None,
        "usage_limit_per_user": None,
        "individual_use": False,
        "email_restrictions": [],
        **{name: value for name, value in body.items() if name != "date_expires"},
        "code": code,
        "amount": f"{Decimal(body['amount']):.2f}",
        "meta_data": metas(desk, body.get("meta_data", [])),
    }
    if str(body.get("date_expires", "")).endswith("Z"):
        coupon["date_expires_gmt"] = body["date_expires"].removesuffix("Z")
    desk.coupons[coupon["id"]] = coupon
    return shown(coupon, 201)
