"""Which rules of the policy hold for a line, told once for all its clocks."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from plugin.domain.money import Money
from plugin.domain.order import OrderLine
from plugin.domain.policy.resolve import Resolution, resolve
from plugin.domain.policy.scope import Item
from plugin.domain.policy.terms import Track
from plugin.domain.policy.version import MarketPolicy

Terms = Mapping[Track, Resolution]
NO_TERMS: Terms = MappingProxyType({track: Resolution(None) for track in Track})
"""What holds without a policy."""


def terms_of(line: OrderLine, market: MarketPolicy | None, day: date | None) -> Terms:
    """The rule of each track for a line ordered on that day, as far as the shop has a policy."""
    if market is None:
        return NO_TERMS
    item = item_of(line, day)
    return {track: resolve(market, track, item) for track in Track}


def item_of(line: OrderLine, day: date | None) -> Item:
    """The line as rules see it: everything known of it, and nothing that is not (no customer group, no channel)."""
    return Item(
        product=line.product_id,
        sku=line.sku,
        categories=frozenset(line.categories),
        collections=frozenset(line.collections),
        tags=frozenset(line.tags),
        price=_unit_price(line),
        day=day,
    )


def _unit_price(line: OrderLine) -> Money | None:
    """The price of one unit with tax, before discounts: the one its product page showed."""
    if line.quantity <= 0:
        return None
    total = line.total.shop.minor + line.tax.shop.minor + line.discount.shop.minor
    return Money(total // line.quantity, line.total.shop.currency)
