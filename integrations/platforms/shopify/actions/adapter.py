"""The commands for one Shopify shop (`plugin.ports.platform_actions.PlatformActions`)."""

from integrations.platforms.shopify.actions import noting, refunding
from integrations.platforms.shopify.actions.abilities import with_made
from integrations.platforms.shopify.actions.keeping import Keeping
from integrations.platforms.shopify.actions.making import Making
from integrations.platforms.shopify.actions.money import live_order
from plugin.domain.capabilities import Capabilities, PriceList
from plugin.domain.order import Order
from plugin.domain.refund.intent import RefundIntent
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import RefundReceipt, Refusal


class ShopifyActions(Keeping, Making):
    """One shop's."""

    def capabilities(self, order: Order) -> Capabilities:
        """What can be done with this order now; a payment by hand goes back by hand, and is put on record."""
        with self._calls() as calls:
            live, shop = live_order(calls, order)
            has_left = any(fulfilment.shipped for fulfilment in order.fulfilments)
            can = Capabilities(
                refund_online=live.left(is_manual=False) > 0,
                restock=True,
                returns=True,
                cancel_order=live.cancelled_at is None and not has_left,
                note=True,
                prices=PriceList(shop.currency_code, shop.taxes_included),
            )
            return with_made(calls, order, can)

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

    def cancel_order(self, order: Order, *, restock: bool, idempotency_key: str) -> None:  # noqa: ARG002 - the port's; an order is cancelled once
        """Call the order off; no money moves."""
        with self._calls() as calls:
            noting.cancel_order(calls, order, restock=restock)

    def note(self, order: Order, text: str, *, idempotency_key: str) -> None:
        """Leave word among the order's additional details."""
        with self._calls() as calls:
            noting.leave_note(calls, order, text, idempotency_key)
