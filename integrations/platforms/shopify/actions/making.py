"""The commands that make something instead of paying back: credit, exchanges, replacements; and goods kept here."""

from datetime import datetime

from integrations.platforms.shopify.actions import crediting, exchanging, holding, replacing
from integrations.platforms.shopify.actions.conversation import Conversing
from plugin.domain.money import Money
from plugin.domain.order import Order
from plugin.ports.platform_actions import CreditReceipt, Exchange, OrderReceipt, Units


class Making(Conversing):
    """The part of `PlatformActions` that makes things."""

    def issue_store_credit(
        self,
        order: Order,
        amount: Money,
        *,
        expires_at: datetime | None,
        idempotency_key: str,
        is_combinable: bool = True,  # noqa: ARG002 - the port's; credit on an account is always good beside codes
        instead_of: tuple[Units, ...] = (),
    ) -> CreditReceipt:
        """Credit on the shopper's account."""
        terms = crediting.Terms(amount, expires_at, instead_of)
        with self._calls() as calls:
            return crediting.issue_store_credit(calls, order, terms, idempotency_key)

    def create_exchange(self, exchange: Exchange, *, idempotency_key: str) -> OrderReceipt:
        """A return with goods to exchange for; a difference is paid on the order's own page."""
        with self._calls() as calls:
            return exchanging.create_exchange(calls, exchange, idempotency_key)

    def create_replacement_order(self, order: Order, units: tuple[Units, ...], *, idempotency_key: str) -> OrderReceipt:
        """An order for the same goods, free of charge."""
        with self._calls() as calls:
            return replacing.create_replacement_order(calls, order, units, idempotency_key)

    def cancel_fulfilment(self, order: Order, units: tuple[Units, ...], *, idempotency_key: str) -> None:
        """A hold on what has yet to leave."""
        with self._calls() as calls:
            holding.cancel_fulfilment(calls, order, units, idempotency_key)
