"""What a shop's platform can do with an order, as it last said; what it cannot is not offered."""

from collections.abc import Iterable
from dataclasses import dataclass

from plugin.domain.remedy import Remedy


@dataclass(frozen=True, slots=True)
class PriceList:
    """How a shop's catalogue states its prices: in which currency (ISO 4217), and whether tax is in them.

    Neither platform's product says so itself: it is a setting of the shop (Shopify: `currencyCode`, `taxesIncluded`;
    WooCommerce: `woocommerce_currency`, `woocommerce_prices_include_tax`).
    """

    currency: str
    includes_tax: bool


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What this platform can do with this order; what is False is not offered."""

    refund_online: bool = False
    """The money goes back the way it came, by the platform."""
    restock: bool = False
    store_credit: bool = False
    """Credit on the shopper's account or as a code; good with the next purchase."""
    returns: bool = False
    """The platform keeps returns itself, with a status; else they are ours alone, with a note on its order."""
    exchange: bool = False
    replacement: bool = False
    cancel_fulfilment: bool = False
    cancel_order: bool = False
    note: bool = False
    prices: PriceList | None = None
    """How the catalogue states its prices; None where the platform does not say."""


def possible(remedies: Iterable[Remedy], legal: Iterable[Remedy], can: Capabilities | None) -> tuple[Remedy, ...]:
    """Those of the remedies that the platform can carry out, in their order; all of them while nobody knows.

    What the law gives (`legal`) stays whatever the platform can do: the shop has to find a way, by hand if need be.
    Where nothing would be left, nothing is taken away.
    """
    offered, by_law = tuple(remedies), frozenset(legal)
    if can is None:
        return offered
    forbidden = {
        Remedy.EXCHANGE: not can.exchange,
        Remedy.REPLACEMENT: not can.replacement,
        Remedy.STORE_CREDIT: not can.store_credit,
    }
    return tuple(each for each in offered if each in by_law or not forbidden.get(each, False)) or offered
