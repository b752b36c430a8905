"""What a WooCommerce shop can do with an order: by its way of paying, its state, and what the shop is set to."""

from integrations.platforms.woocommerce.actions.calls import Calls
from integrations.platforms.woocommerce.actions.gateways import pays_back
from integrations.platforms.woocommerce.actions.seen import ORDER_OPEN
from integrations.platforms.woocommerce.actions.settings import price_list, takes_codes
from plugin.domain.capabilities import Capabilities
from plugin.domain.order import Order


def capabilities(calls: Calls, order: Order) -> Capabilities:
    """What can be done now. Raises `Rejected` (`not_connected`) where these keys may not write: then nothing can.

    WooCommerce keeps no returns and no shipments: single lines cannot be kept from leaving. Codes and new goods are in
    the shop's own currency alone.
    """
    live, _ = calls.order(order)
    calls.may_write(live.id)
    prices = price_list(calls)
    is_own_currency = prices.currency == live.currency
    return Capabilities(
        refund_online=pays_back(calls, live.payment_method),
        restock=True,
        store_credit=is_own_currency and bool(live.billing.email) and takes_codes(calls),
        exchange=is_own_currency,
        replacement=True,
        cancel_order=live.status in ORDER_OPEN and not has_left(order),
        note=True,
        prices=prices,
    )


def has_left(order: Order) -> bool:
    """Whether anything of the order is on its way, as far as the shop's shipment plugin said."""
    return any(fulfilment.shipped for fulfilment in order.fulfilments)
