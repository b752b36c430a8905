"""Store credit, never money another way (App Store requirement 1.15, 2026-10): once per key, in one of two ways.

For goods whose price it stands for: a refund of the order to store credit, under Shopify's own key and with our mark in
its note. What is beyond the order's payments, or is given beside them, is credited to the shopper's account: that takes
no key (Admin API 2026-10), so the credits there are noted before, and whoever comes again looks for the new one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

import msgspec

from integrations.platforms.shopify.actions.abilities import customer_of
from integrations.platforms.shopify.actions.calls import Calls, gid, mark
from integrations.platforms.shopify.actions.memory import recall, remember
from integrations.platforms.shopify.actions.money import LiveOrder, live_order
from integrations.platforms.shopify.admin_api.answers import Json
from integrations.platforms.shopify.documents import mutation, query
from integrations.platforms.shopify.fields import tail
from integrations.platforms.shopify.graphql_parts import Money as Written
from integrations.platforms.shopify.own_orders import key_tag
from plugin.domain.money import Money
from plugin.domain.order import Order
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import CreditReceipt, Refusal, Units

_REFUND: Final = mutation("refund_create", "RefundCreate")
_GIVE: Final = mutation("store_credit", "StoreCreditGive")
_CREDITS: Final = query("credits", "Credits")
_BEFORE, _MADE = "before:", "made:"


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


class _Given(msgspec.Struct, rename="camel"):
    store_credit_account_transaction: _Id


class _Credit(msgspec.Struct, rename="camel"):
    id: str | None = None
    amount: Written | None = None


class _Credits(msgspec.Struct):
    nodes: list[_Credit]


class _Balance(msgspec.Struct, rename="camel"):
    currency_code: str


class _Account(msgspec.Struct):
    balance: _Balance
    transactions: _Credits


class _Accounts(msgspec.Struct):
    nodes: list[_Account]


class _Customer(msgspec.Struct, rename="camel"):
    store_credit_accounts: _Accounts


class _Found(msgspec.Struct):
    customer: _Customer | None


def issue_store_credit(calls: Calls, order: Order, terms: Terms, key: str) -> CreditReceipt:
    """The credit, given now or before; it sits on the shopper's account, so there is no code to type in."""
    live, _ = live_order(calls, order)
    if made := next((each for each in live.refunds if each.note == mark(key)), None):
        return CreditReceipt(tail(made.id), None)
    if terms.amount.minor <= 0 or live.presentment_currency_code != terms.amount.currency:
        raise Rejected(Refusal.INVALID, detail="nothing to credit, or another currency than the order's")
    noted = recall(calls, order)
    if key_tag(key) not in noted and _fits(terms, live):
        asked = {"input": _refund(terms, live, key), "key": key}
        return CreditReceipt(tail(calls.change(_REFUND, "refundCreate", _Refunded, asked).refund.id), None)
    return _credited(calls, order, terms, key, noted)


def _fits(terms: Terms, live: LiveOrder) -> bool:
    """Whether the order's payments and units still hold what is credited for them."""
    left = live.left(is_manual=False) + live.left(is_manual=True)
    units = live.units
    has_units = all(unit.quantity <= units.get(str(unit.line), 0) for unit in terms.instead_of)
    return bool(terms.instead_of) and has_units and terms.amount.decimal() <= left


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


def _credited(calls: Calls, order: Order, terms: Terms, key: str, noted: dict[str, str]) -> CreditReceipt:
    customer, name = customer_of(calls, order), key_tag(key)
    began = noted.get(name, "")
    if began.startswith(_MADE):
        return CreditReceipt(began.removeprefix(_MADE), None)
    alike = list(_alike(calls, customer, terms.amount))
    if began:
        known = {*began.removeprefix(_BEFORE).split(","), *(each.removeprefix(_MADE) for each in noted.values())}
        made = next((each for each in alike if each not in known), None)
    else:
        made = None
        remember(calls, order, name, _BEFORE + ",".join(alike))
    if made is None:
        credit: Json = {"creditAmount": _written(terms.amount), "notify": False}
        if terms.expires_at:
            credit["expiresAt"] = _instant(terms.expires_at)
        asked = {"id": customer, "credit": credit}
        given = calls.change(_GIVE, "storeCreditAccountCredit", _Given, asked).store_credit_account_transaction
        made = tail(given.id)
    remember(calls, order, name, _MADE + made)
    return CreditReceipt(made, None)


def _alike(calls: Calls, customer: str, amount: Money) -> Iterator[str]:
    """The latest credits of this very amount, newest first."""
    found = calls.find(_CREDITS, _Found, id=customer).customer
    for account in found.store_credit_accounts.nodes if found else ():
        if account.balance.currency_code == amount.currency:
            for each in account.transactions.nodes:
                if each.id and each.amount and Decimal(each.amount.amount) == amount.decimal():
                    yield tail(each.id)


def _written(amount: Money) -> Json:
    return {"amount": f"{amount.decimal():f}", "currencyCode": amount.currency}


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
