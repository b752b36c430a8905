"""What the policy says of a line, told once for all its clocks: which rules hold, and what goods it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from plugin.domain.clocks.goods import ORDINARY, Goods, goods_of
from plugin.domain.money import Money
from plugin.domain.order import OrderLine
from plugin.domain.policy.resolve import Resolution, resolve
from plugin.domain.policy.scope import Item
from plugin.domain.policy.terms import Track
from plugin.domain.policy.version import MarketPolicy, PolicyVersion

Terms = Mapping[Track, Resolution]
NO_TERMS: Terms = MappingProxyType({track: Resolution(None) for track in Track})
"""What holds without a policy."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The rule that holds on each track, and what the merchant confirmed of the goods."""

    terms: Terms
    goods: Goods

    @property
    def key(self) -> tuple[str, ...]:
        """The same for two lines of an order of which the policy says the same."""
        rules = (name for found in self.terms.values() for name in ("|", *found.of, "/", *found.overruled))
        return (*self.goods.names, *rules)


UNSAID = Meant(NO_TERMS, ORDINARY)


def meant_of(line: OrderLine, policy: PolicyVersion | None, market: MarketPolicy | None, day: date | None) -> Meant:
    """What is said of a line ordered on that day, as far as the shop has a policy."""
    if policy is None or market is None:
        return UNSAID
    item = item_of(line, day)
    terms = {track: resolve(market, track, item) for track in Track}
    return Meant(terms, goods_of(item, line.property_names, policy))


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
