"""What was paid of an order and what can still go back, as Shopify has it now."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

import msgspec

from integrations.platforms.shopify.actions.calls import Calls, order_gid
from integrations.platforms.shopify.documents import query
from integrations.platforms.shopify.fields import tail
from integrations.platforms.shopify.graphql_parts import Money, Node
from integrations.platforms.shopify.reading import Instant
from plugin.domain.order import Order
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import Refusal

_MONEY: Final = query("order_money", "OrderMoney")
_MORE_LINES: Final = query("order_money_lines", "OrderMoneyLines")
_PAYS: Final = frozenset({"SALE", "CAPTURE"})
_MOVED: Final = frozenset({"SUCCESS", "PENDING"})


class _Amount(msgspec.Struct, rename="camel"):
    presentment_money: Money


class Transaction(msgspec.Struct, frozen=True, rename="camel"):
    """A payment, or part of one that went back to it."""

    id: str
    kind: str
    status: str
    gateway: str | None
    manual_payment_gateway: bool
    amount_set: _Amount
    parent_transaction: Node | None

    @property
    def amount(self) -> Decimal:
        """In the currency that the shopper paid in."""
        return Decimal(self.amount_set.presentment_money.amount)


class MadeRefund(msgspec.Struct, frozen=True, rename="camel"):
    """A refund there is; `note` says whether it is one of ours."""

    id: str
    note: str | None
    processed_at: Instant


class _Line(msgspec.Struct, rename="camel"):
    id: str
    refundable_quantity: int


class _Page(msgspec.Struct, rename="camel"):
    has_next_page: bool
    end_cursor: str | None


class _Lines(msgspec.Struct, rename="camel"):
    nodes: list[_Line]
    page_info: _Page


class _WithLines(msgspec.Struct, rename="camel"):
    line_items: _Lines


class _FoundMore(msgspec.Struct):
    order: _WithLines | None


class LiveOrder(msgspec.Struct, frozen=True, rename="camel"):
    """The order as it is now."""

    id: str
    cancelled_at: Instant | None
    currency_code: str
    presentment_currency_code: str
    line_items: _Lines
    transactions: list[Transaction]
    refunds: list[MadeRefund]

    @property
    def units(self) -> dict[str, int]:
        """Units that can still be paid back, by line."""
        return {tail(line.id): line.refundable_quantity for line in self.line_items.nodes}

    def payments(self, *, is_manual: bool) -> Iterator[tuple[Transaction, Decimal]]:
        """Each payment by a provider, or by hand, with what is left of it."""
        for paid in self.transactions:
            if paid.kind in _PAYS and paid.status == "SUCCESS" and paid.manual_payment_gateway == is_manual:
                yield paid, paid.amount - self._gone(paid)

    @property
    def left_of_all(self) -> Decimal:
        """What was received and has not gone back; what went back as store credit names no payment, and is gone too."""
        by_payment = self._left_by_payment(is_manual=False) + self._left_by_payment(is_manual=True)
        beside = (each.amount for each in self._went_back() if each.parent_transaction is None)
        return max(by_payment - sum(beside, Decimal()), Decimal())

    def left(self, *, is_manual: bool) -> Decimal:
        """What can still go back by providers, or by hand: never more than is left of the whole order."""
        return min(self._left_by_payment(is_manual=is_manual), self.left_of_all)

    def _left_by_payment(self, *, is_manual: bool) -> Decimal:
        return sum((left for _, left in self.payments(is_manual=is_manual)), Decimal())

    def _went_back(self) -> Iterator[Transaction]:
        """A refund on its way has left too."""
        return (each for each in self.transactions if each.kind == "REFUND" and each.status in _MOVED)

    def _gone(self, paid: Transaction) -> Decimal:
        of = (each for each in self._went_back() if each.parent_transaction and each.parent_transaction.id == paid.id)
        return sum((each.amount for each in of), Decimal())


class Shop(msgspec.Struct, frozen=True, rename="camel"):
    """How the catalogue states its prices."""

    currency_code: str
    taxes_included: bool


class _Found(msgspec.Struct):
    shop: Shop
    order: LiveOrder | None


def live_order(calls: Calls, order: Order) -> tuple[LiveOrder, Shop]:
    """The order and its shop; raises `Rejected` (`unknown_order`)."""
    found = calls.find(_MONEY, _Found, id=order_gid(order))
    if found.order is None:
        raise Rejected(Refusal.UNKNOWN_ORDER)
    _read_on(calls, found.order.line_items, order)
    return found.order, found.shop


def _read_on(calls: Calls, lines: _Lines, order: Order) -> None:
    """Add the lines of the pages that follow: an order may have hundreds."""
    while lines.page_info.has_next_page:
        more = calls.find(_MORE_LINES, _FoundMore, id=order_gid(order), after=lines.page_info.end_cursor).order
        if more is None:
            raise Rejected(Refusal.UNKNOWN_ORDER)
        lines.nodes += more.line_items.nodes
        lines.page_info = more.line_items.page_info
