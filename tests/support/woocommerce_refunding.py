"""How WooCommerce refunds by REST: hardly checked, not idempotent, and 500 for its caller's faults (9.2, 10.5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from tests.support.woocommerce import Record
from tests.support.woocommerce_auth import Reply
from tests.support.woocommerce_desk import Desk, fault, invalid, metas, shown

_ITEMS = ("line_items", "shipping_lines", "fee_lines")
_REFUSED = "woocommerce_rest_cannot_create_order_refund"
_FIELDS = {"amount", "reason", "api_refund", "api_restock", "meta_data", "line_items"}


@dataclass(frozen=True, slots=True)
class Till:
    """One order, its refunds, and what else a refund touches."""

    desk: Desk
    order: Record | None
    refunds: list[Record]
    unknown: list[str]
    now: str
    restock: Callable[[Record, int], Record]


def refund_reply(till: Till, body: Record) -> Reply:
    """The answer to `POST orders/{id}/refunds`; the order and its refunds are changed."""
    till.unknown.extend(sorted(f"refund {name}" for name in body.keys() - _FIELDS))
    if not isinstance(body.get("amount", ""), str):
        return invalid("amount")
    if till.order is None:
        return fault(500, "woocommerce_rest_invalid_order_id", 404)
    asked = _lines(body.get("line_items", []))
    amount = body["amount"] if "amount" in body else _sum(asked)
    if amount and Decimal(amount) < 0:
        return fault(500, "woocommerce_rest_invalid_order_refund", 400)
    if amount and Decimal(amount) > _left(till):
        return fault(500, _REFUSED, 500)
    return _booked(till, body, asked, amount)


def _booked(till: Till, body: Record, asked: dict[int, Record], amount: str) -> Reply:
    """Saved with its reason, then the gateway, then the stock, then the meta."""
    order, desk = till.order, till.desk
    assert order is not None
    is_online = body.get("api_refund", True)
    supports = desk.gateways.get(order["payment_method"], [])
    if is_online and ("refunds" not in supports or order["id"] in desk.closed):
        return fault(500, _REFUSED, 500)
    refund = _refund(till, body, asked, amount)
    till.refunds.insert(0, refund)
    if is_online and order["id"] in desk.dying:
        return fault(500, "internal_server_error")
    refund["refunded_payment"] = is_online
    if body.get("api_restock", True):
        back = {number: int(line.get("quantity") or 0) for number, line in asked.items()}
        order["line_items"] = [till.restock(item, back.get(item["id"], 0)) for item in order["line_items"]]
    refund["meta_data"] = metas(desk, body.get("meta_data", []))
    total = f"-{amount}" if amount else "-"
    summary = {"id": refund["id"], "reason": body.get("reason") or "", "total": total}
    order["refunds"] = [summary, *order["refunds"]]
    if amount and _left(till) <= 0:
        order["status"] = "refunded"
    return shown(refund, 201)


def _refund(till: Till, body: Record, asked: dict[int, Record], amount: str) -> Record:
    assert till.order is not None
    found = {
        kind: [_item(till.desk, each, asked[each["id"]]) for each in till.order[kind] if _is_named(each, asked)]
        for kind in _ITEMS
    }
    return {
        "id": next(till.desk.ids),
        "date_created_gmt": till.now,
        "amount": f"{Decimal(amount):.2f}" if amount else "",
        "reason": body.get("reason") or "",
        "refunded_payment": False,
        "meta_data": [],
        "parent_id": till.order["id"],
        **found,
    }


def _is_named(item: Record, asked: dict[int, Record]) -> bool:
    """Lines that ask for nothing are passed over, and so are lines of no item."""
    said = asked.get(item["id"])
    return bool(said) and bool(
        said.get("quantity") or Decimal(str(said.get("refund_total") or 0)) or said.get("refund_tax")
    )


def _item(desk: Desk, item: Record, said: Record) -> Record:
    taxes = [(tax["id"], -Decimal(str(tax["refund_total"]))) for tax in said.get("refund_tax", [])]
    back = {"id": next(desk.ids), "key": "_refunded_item_id", "value": str(item["id"])}
    record = {
        "id": next(desk.ids),
        "total": f"{-Decimal(str(said.get('refund_total') or 0)):.2f}".replace("-0.00", "0.00"),
        "total_tax": f"{sum((share for _, share in taxes), Decimal()):.2f}",
        "taxes": [{"id": rate, "total": f"{share:.2f}"} for rate, share in taxes],
        "meta_data": [back],
    }
    if "quantity" in item:
        record |= {name: item[name] for name in ("name", "product_id", "variation_id", "sku") if name in item}
        record["quantity"] = -int(said.get("quantity") or 0)
    return record


def _lines(said: object) -> dict[int, Record]:
    """By item, whether it came as a list or already as the map that WooCommerce makes of it."""
    if isinstance(said, dict):
        return {int(item): {**line, "quantity": line.get("qty", 0)} for item, line in said.items()}
    assert isinstance(said, list)
    return {int(line["id"]): line for line in said}


def _sum(asked: dict[int, Record]) -> str:
    if not asked or any("refund_total" not in line for line in asked.values()):
        return ""
    totals = (Decimal(str(line["refund_total"])) for line in asked.values())
    taxes = (Decimal(str(tax["refund_total"])) for line in asked.values() for tax in line.get("refund_tax", []))
    return f"{sum(totals, Decimal()) + sum(taxes, Decimal()):.2f}"


def _left(till: Till) -> Decimal:
    assert till.order is not None
    paid = (Decimal(refund["amount"]) for refund in till.refunds if refund["amount"])
    return Decimal(till.order["total"]) - sum(paid, Decimal())
