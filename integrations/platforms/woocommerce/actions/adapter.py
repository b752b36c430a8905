"""The commands for one WooCommerce shop (`plugin.ports.platform_actions.PlatformActions`)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import InvalidOperation

from integrations.platforms.woocommerce.actions import abilities, crediting, exchanging, noting, refunding, replacing
from integrations.platforms.woocommerce.actions.absent import NotInWooCommerce
from integrations.platforms.woocommerce.actions.calls import Calls
from integrations.platforms.woocommerce.actions.stock import products_of, restock
from integrations.platforms.woocommerce.reader import ShopReader
from plugin.domain.capabilities import Capabilities
from plugin.domain.money import Money, NotAnAmount
from plugin.domain.order import Order
from plugin.domain.refund.intent import RefundIntent
from plugin.ports.errors import Unavailable, Unreadable
from plugin.ports.platform_actions import (
    CreditReceipt,
    Exchange,
    OrderReceipt,
    RefundReceipt,
    Units,
)


class WooCommerceActions(NotInWooCommerce):
    """One shop's."""

    def __init__(self, reader: ShopReader) -> None:
        self._reader = reader

    def capabilities(self, order: Order) -> Capabilities:
        """What can be done with this order, as the shop says now."""
        with self._calls() as calls:
            return abilities.capabilities(calls, order)

    def refund(
        self,
        intent: RefundIntent,
        order: Order,
        *,
        idempotency_key: str,
        return_id: str | None = None,  # noqa: ARG002 - the port's; WooCommerce keeps no returns
    ) -> RefundReceipt:
        """Pay back line by line, through the gateway or on record alone."""
        with self._calls() as calls:
            return refunding.refund(calls, intent, order, idempotency_key)

    def issue_store_credit(
        self,
        order: Order,
        amount: Money,
        *,
        expires_at: datetime | None,
        idempotency_key: str,
        is_combinable: bool = True,
        instead_of: tuple[Units, ...] = (),  # noqa: ARG002 - the port's; a code pays nothing back
    ) -> CreditReceipt:
        """A code for the order's shopper."""
        terms = crediting.Terms(amount, expires_at, is_combinable=is_combinable)
        with self._calls() as calls:
            return crediting.issue_store_credit(calls, order, terms, idempotency_key)

    def create_exchange(self, exchange: Exchange, *, idempotency_key: str) -> OrderReceipt:
        """An order for the other goods; a difference is paid on the shop's own page for it."""
        with self._calls() as calls:
            return exchanging.create_exchange(calls, exchange, idempotency_key)

    def create_replacement_order(self, order: Order, units: tuple[Units, ...], *, idempotency_key: str) -> OrderReceipt:
        """An order for the same goods, free of charge."""
        with self._calls() as calls:
            return replacing.create_replacement_order(calls, order, units, idempotency_key)

    def cancel_order(self, order: Order, *, restock: bool, idempotency_key: str) -> None:  # noqa: ARG002 - the port's; a status is written twice without harm
        """Set the order's status."""
        with self._calls() as calls:
            noting.cancel_order(calls, order, restock=restock)

    def restock(self, order: Order, units: tuple[Units, ...], *, idempotency_key: str) -> None:
        """Raise the stock of what came back."""
        with self._calls() as calls:
            live, _ = calls.order(order)
            restock(calls, products_of(live, units), idempotency_key)

    def note(self, order: Order, text: str, *, idempotency_key: str) -> None:
        """Leave word for the merchant."""
        with self._calls() as calls:
            noting.leave_note(calls, order, text, idempotency_key)

    @contextmanager
    def _calls(self) -> Iterator[Calls]:
        try:
            yield Calls(self._reader)
        except (Unreadable, NotAnAmount, InvalidOperation) as error:
            raise Unavailable("shop_unreadable") from error
