"""The commands for one Shopify shop (`plugin.ports.platform_actions.PlatformActions`), as far as they are built."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from integrations.platforms.shopify.actions import noting, refunding, returning
from integrations.platforms.shopify.actions.absent import NotInShopify
from integrations.platforms.shopify.actions.calls import Calls, told
from integrations.platforms.shopify.actions.money import live_order
from integrations.platforms.shopify.admin_api.client import AdminClient
from plugin.domain.capabilities import Capabilities, PriceList
from plugin.domain.order import Order, PlatformReturn
from plugin.domain.refund.intent import RefundIntent
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import DeclineReason, RefundReceipt, Refusal, ReturnCommand


class ShopifyActions(NotInShopify):
    """One shop's; `client` makes the conversation that one command is."""

    def __init__(self, client: Callable[[], AdminClient]) -> None:
        self._client = client

    def capabilities(self, order: Order) -> Capabilities:
        """What can be done with this order now; a payment by hand goes back by hand, and is put on record."""
        with self._calls() as calls:
            live, shop = live_order(calls, order)
        has_left = any(fulfilment.shipped for fulfilment in order.fulfilments)
        return Capabilities(
            refund_online=live.left(is_manual=False) > 0,
            refund_record=live.left(is_manual=True) > 0,
            refund_shipping=True,
            refund_duty=True,
            refund_tax_apart=False,
            returns=True,
            cancel_order=live.cancelled_at is None and not has_left,
            note=True,
            prices=PriceList(shop.currency_code, shop.taxes_included),
        )

    def refund(
        self,
        intent: RefundIntent,
        order: Order,
        *,
        idempotency_key: str,
        return_id: str | None = None,  # noqa: ARG002 - the port's; money moves apart from the return
    ) -> RefundReceipt:
        """By the payments it came by."""
        if intent.restock:
            raise Rejected(Refusal.NOT_SUPPORTED, detail="restock")
        with self._calls() as calls:
            return refunding.refund(calls, intent, order, idempotency_key)

    def open_return(self, command: ReturnCommand, *, idempotency_key: str) -> PlatformReturn:
        """A return request, or an open return."""
        with self._calls() as calls:
            return returning.open_return(calls, command, idempotency_key)

    def approve_return(self, order: Order, return_id: str, *, idempotency_key: str) -> PlatformReturn:  # noqa: ARG002 - the port's; a state is entered once
        """From requested to open."""
        with self._calls() as calls:
            return returning.approve(calls, order, return_id)

    def decline_return(
        self,
        order: Order,
        return_id: str,
        reason: DeclineReason,
        *,
        idempotency_key: str,  # noqa: ARG002 - the port's; a state is entered once
    ) -> PlatformReturn:
        """From requested to declined."""
        with self._calls() as calls:
            return returning.decline(calls, order, return_id, reason)

    def close_return(self, order: Order, return_id: str, *, idempotency_key: str) -> PlatformReturn:  # noqa: ARG002 - the port's; a state is entered once
        """From open to closed."""
        with self._calls() as calls:
            return returning.close(calls, order, return_id)

    def cancel_order(self, order: Order, *, restock: bool, idempotency_key: str) -> None:  # noqa: ARG002 - the port's; an order is cancelled once
        """Call the order off; no money moves."""
        with self._calls() as calls:
            noting.cancel_order(calls, order, restock=restock)

    def note(self, order: Order, text: str, *, idempotency_key: str) -> None:
        """Leave word among the order's additional details."""
        with self._calls() as calls:
            noting.leave_note(calls, order, text, idempotency_key)

    @contextmanager
    def _calls(self) -> Iterator[Calls]:
        with told():
            client = self._client()
        with client:
            yield Calls(client)
