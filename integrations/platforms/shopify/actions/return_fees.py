"""What the shop keeps back, on Shopify's own return: a rate of each line, an amount for the way back.

Shopify takes a restocking fee as a percentage of the line's price after discounts alone (`RestockingFeeInput`, schema
2026-10): an amount becomes the percentage that comes to it. A fee stands as the return was opened with it; nothing in
the schema changes it afterwards.
"""

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from integrations.platforms.shopify.actions.returnable import Returning
from integrations.platforms.shopify.admin_api.answers import Json
from plugin.ports.platform_returns import ReturnFees

_FINEST: Final = Decimal("0.000001")
"""Of a percent: less than a minor unit of any price below a million."""
_ALL: Final = Decimal(100)


def fee_of_line(fees: ReturnFees, line: Returning, units: int) -> Json:
    """The line's rate; nothing where nothing is kept back, or nothing was paid.

    `units`: how many of the line come back in all, which is what the fee is for.
    """
    kept = next((fee for fee in fees.restocking if fee.line == line.line), None)
    if kept is None or kept.amount.minor <= 0 or line.price <= 0:
        return {}
    price = line.price * units
    rate = min(kept.amount.decimal() / price * _ALL, _ALL).quantize(_FINEST, ROUND_HALF_EVEN)
    return {"restockingFee": {"percentage": float(rate)}}


def shipping_fee(fees: ReturnFees) -> Json:
    """The amount for the way back, in the currency the shopper paid in."""
    kept = fees.shipping
    if kept is None or kept.minor <= 0:
        return {}
    return {"returnShippingFee": {"amount": {"amount": f"{kept.decimal():f}", "currencyCode": kept.currency}}}
