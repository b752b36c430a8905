"""The exchanges of an order as Shopify has them now, and what it says that one of them comes to."""

from decimal import Decimal
from typing import Final

import msgspec

from integrations.platforms.shopify.actions.calls import Calls, order_gid
from integrations.platforms.shopify.documents import query
from integrations.platforms.shopify.fields import link
from plugin.domain.money import Money
from plugin.domain.order import Order
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import Refusal

_EXCHANGES: Final = query("order_exchanges", "OrderExchanges")
_OUTCOME: Final = query("exchange_outcome", "ExchangeOutcome")
_COUNTS: Final = frozenset({"OPEN", "CLOSED"})
_INVOICE: Final = "InvoiceReturnOutcome"


class Amount(msgspec.Struct, rename="camel"):
    """MoneyV2."""

    amount: str
    currency_code: str

    @property
    def money(self) -> Money:
        """To the minor unit."""
        return Money.parse(f"{Decimal(self.amount):f}", self.currency_code)


class Bag(msgspec.Struct, rename="camel"):
    """What the shopper sees of a MoneyBag."""

    presentment_money: Amount


class _Item(msgspec.Struct, rename="camel"):
    id: str
    quantity: int
    processed_quantity: int
    return_reason_note: str = ""


class _Items(msgspec.Struct):
    nodes: list[_Item]


class LiveExchange(msgspec.Struct, frozen=True, rename="camel"):
    """A return with goods to exchange for."""

    id: str
    name: str
    status: str
    return_line_items: _Items
    exchange_line_items: _Items

    @property
    def is_unprocessed(self) -> bool:
        """Whether nothing of it has been carried out."""
        both = (*self.return_line_items.nodes, *self.exchange_line_items.nodes)
        return not any(each.processed_quantity for each in both)


class _Returns(msgspec.Struct):
    nodes: list[LiveExchange]


class _Collection(msgspec.Struct, rename="camel"):
    additional_payment_collection_url: str | None


class LiveOrder(msgspec.Struct, frozen=True, rename="camel"):
    """The order: how it states prices, and where what is owed on it is paid."""

    id: str
    taxes_included: bool
    presentment_currency_code: str
    payment_collection_details: _Collection
    returns: _Returns

    def made_by(self, mark: str) -> LiveExchange | None:
        """The exchange that a command with this mark made; one that was given up is none."""
        known = (each for each in self.returns.nodes if each.status in _COUNTS)
        return next((each for each in known if _bears(each, mark)), None)

    @property
    def pay_at(self) -> str | None:
        """Shopify's page for it."""
        return link(self.payment_collection_details.additional_payment_collection_url)


class _Found(msgspec.Struct):
    order: LiveOrder | None


class _Transfer(msgspec.Struct):
    kind: str = msgspec.field(name="__typename")
    amount: Bag


class _Suggested(msgspec.Struct, rename="camel"):
    financial_transfer: _Transfer | None


class _Return(msgspec.Struct, rename="camel"):
    suggested_financial_outcome: _Suggested | None


class _Outcome(msgspec.Struct):
    return_: _Return | None = msgspec.field(name="return")


class Moved(msgspec.Struct):
    """What a step made; it is read again."""


def live_order(calls: Calls, order: Order) -> LiveOrder:
    """Raises `Rejected` (`unknown_order`)."""
    found = calls.find(_EXCHANGES, _Found, id=order_gid(order)).order
    if found is None:
        raise Rejected(Refusal.UNKNOWN_ORDER)
    return found


def outcome(calls: Calls, made: LiveExchange, currency: str) -> Money:
    """What the whole of it comes to: above zero for the shopper to pay, below for the shop to give back."""
    back = [{"id": each.id, "quantity": each.quantity} for each in made.return_line_items.nodes]
    new = [{"id": each.id, "quantity": each.quantity} for each in made.exchange_line_items.nodes]
    found = calls.find(_OUTCOME, _Outcome, id=made.id, back=back, new=new).return_
    if found is None or found.suggested_financial_outcome is None:
        raise Rejected(Refusal.WRONG_STATE, detail="nothing to go by")
    transfer = found.suggested_financial_outcome.financial_transfer
    if transfer is None:
        return Money.zero(currency)
    amount = transfer.amount.presentment_money.money
    return amount if transfer.kind == _INVOICE else -amount


def _bears(given: LiveExchange, mark: str) -> bool:
    return any(mark in each.return_reason_note for each in given.return_line_items.nodes)
