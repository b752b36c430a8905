"""What the policy says of a line, told once for all its clocks: which rules hold, and what goods it is."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from plugin.domain.ids import LineId
from plugin.domain.money import Money
from plugin.domain.order import OrderLine
from plugin.domain.policy.by_identity import ByIdentity
from plugin.domain.policy.goods import ORDINARY, Goods, goods_of
from plugin.domain.policy.resolve import Resolution, resolve_all, same_for_all
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

    def rule_key(self, track: Track) -> tuple[object, ...]:
        """The same for two lines of an order for which the same rule holds, against the same others."""
        found = self.terms[track]
        return id(found.rule), found.overruled


UNSAID = Meant(NO_TERMS, ORDINARY)


Meaning = Callable[[OrderLine], Meant]
"""Says what a policy means for a line."""


def meaning(
    policy: PolicyVersion | None, market: MarketPolicy | None, day: date | None, known: Collection[LineId]
) -> Meaning:
    """What is said of lines ordered on that day, as far as the shop has a policy; of `known` lines the product is."""
    if policy is None or market is None:
        return lambda _: UNSAID
    same = _same_for_all(ByIdentity(policy), ByIdentity(market))
    if same is not None:
        return lambda _: same

    def meant(line: OrderLine) -> Meant:
        item = item_of(line, day, is_known=line.id in known)
        return Meant(resolve_all(market, item), goods_of(item, line.property_names, policy))

    return meant


@lru_cache(maxsize=512)
def _same_for_all(policy: ByIdentity[PolicyVersion], market: ByIdentity[MarketPolicy]) -> Meant | None:
    """What is said of every line alike: no rule has a scope and nothing is confirmed of any goods."""
    terms = same_for_all(market.value)
    is_ordinary = not any(rule.is_confirmed for rule in policy.value.traits)
    return Meant(terms, ORDINARY) if terms is not None and is_ordinary else None


def item_of(line: OrderLine, day: date | None, *, is_known: bool) -> Item:
    """The line as rules see it: everything known of it, and nothing that is not (no customer group, no channel).

    `is_known`: its product has been known, so that no category means that it has none. Otherwise what the order does
    not say of categories, collections and tags is not known, and what is not known takes no right away.
    """
    return Item(
        product=line.product_id,
        sku=line.sku,
        categories=_names(line.categories, is_known=is_known),
        collections=_names(line.collections, is_known=is_known),
        tags=_names(line.tags, is_known=is_known),
        price=_unit_price(line),
        day=day,
    )


def _names(names: tuple[str, ...], *, is_known: bool) -> frozenset[str] | None:
    return frozenset(names) if names or is_known else None


def _unit_price(line: OrderLine) -> Money | None:
    """The price of one unit with tax, before discounts: the one its product page showed."""
    if line.quantity <= 0:
        return None
    total = line.total.shop.minor + line.tax.shop.minor + line.discount.shop.minor
    return Money(total // line.quantity, line.total.shop.currency)
