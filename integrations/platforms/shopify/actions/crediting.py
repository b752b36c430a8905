"""Store credit, never money another way (App Store requirement 1.15, 2026-10): once per key, in one of two ways.

For goods whose price it stands for: a refund of the order to store credit, under Shopify's own key and with our mark in
its note. What is beyond the order's payments, or is given beside them, is credited to the shopper's account
(`account_credit`).
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import msgspec

from integrations.platforms.shopify.actions import account_credit
from integrations.platforms.shopify.actions.abilities import customer_of
from integrations.platforms.shopify.actions.calls import Calls, gid, mark
from integrations.platforms.shopify.actions.memory import recall_shopper
from integrations.platforms.shopify.actions.money import LiveOrder, live_order
from integrations.platforms.shopify.admin_api.answers import Json
from integrations.platforms.shopify.documents import mutation
from integrations.platforms.shopify.fields import tail
from integrations.platforms.shopify.own_orders import key_tag
from plugin.domain.money import Money
from plugin.domain.order import Order
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import CreditReceipt, Refusal, Units

_REFUND: Final = mutation("refund_create", "RefundCreate")


@dataclass(frozen=True, slots=True)
class Terms:
    """What is credited, until when, and the goods whose price it stands for; () where it is given beside them."""

    amount: Money
    expires_at: datetime | None
    instead_of: tuple[Units, ...] = ()


class _Id(msgspec.Struct):
    id: str


class _Refunded(msgspec.Struct):
    refund: _Id


def issue_store_credit(calls: Calls, order: Order, terms: Terms, key: str) -> CreditReceipt:
    """The credit, given now or before; it sits on the shopper's account, so there is no code to type in."""
    live, _ = live_order(calls, order)
    if made := next((each for each in live.refunds if each.note == mark(key)), None):
        return CreditReceipt(tail(made.id), None)
    if terms.amount.minor <= 0 or live.presentment_currency_code != terms.amount.currency:
        raise Rejected(Refusal.INVALID, detail="nothing to credit, or another currency than the order's")
    customer, name = customer_of(calls, order), key_tag(key)
    memory = recall_shopper(calls, customer)
    if name not in memory.noted and _fits(terms, live):
        asked = {"input": _refund(terms, live, key), "key": key}
        return CreditReceipt(tail(calls.change(_REFUND, "refundCreate", _Refunded, asked).refund.id), None)
    credit = (terms.amount, terms.expires_at)
    return CreditReceipt(account_credit.give(calls, memory, customer, credit, name), None)


def _fits(terms: Terms, live: LiveOrder) -> bool:
    """Whether the order's payments and units still hold what is credited for them."""
    units = live.units
    has_units = all(unit.quantity <= units.get(str(unit.line), 0) for unit in terms.instead_of)
    return bool(terms.instead_of) and has_units and terms.amount.decimal() <= live.left_of_all


def _refund(terms: Terms, live: LiveOrder, key: str) -> Json:
    credit: Json = {"amount": _written(terms.amount)}
    if terms.expires_at:
        credit["expiresAt"] = _instant(terms.expires_at)
    lines = [
        {"lineItemId": gid("LineItem", unit.line), "quantity": unit.quantity, "restockType": "NO_RESTOCK"}
        for unit in terms.instead_of
    ]
    asked: Json = {"orderId": live.id, "note": mark(key), "notify": False, "refundLineItems": lines}
    if live.currency_code != live.presentment_currency_code:
        asked["currency"] = live.presentment_currency_code
    return {**asked, "transactions": [], "refundMethods": [{"storeCreditRefund": credit}]}


def _written(amount: Money) -> Json:
    return {"amount": f"{amount.decimal():f}", "currencyCode": amount.currency}


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
