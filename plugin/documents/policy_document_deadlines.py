"""When each right of a country ends for goods delivered at an instant: the engine's clocks of a made-up order."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from plugin.documents.policy_document import Deadline
from plugin.domain.clocks.before_purchase import MarketRights
from plugin.domain.clocks.engine import entitlements
from plugin.domain.entitlement import Clock, Right
from plugin.domain.ids import LineId, OrderId, ShopId
from plugin.domain.law.counting import end_of_day, local_day
from plugin.domain.law.facts import Place
from plugin.domain.law.in_force import Law
from plugin.domain.law.zones import delivery_place
from plugin.domain.money import Money
from plugin.domain.order import (
    DeliveryEvent,
    DeliveryPlace,
    DeliveryStatus,
    Fulfilment,
    Order,
    OrderLine,
    OrderRef,
    PaymentKind,
    Platform,
    Price,
    Shopper,
    Standing,
)
from plugin.domain.policy.scope import EVERYTHING, Item, matches
from plugin.domain.policy.terms import Anchor, Track
from plugin.domain.policy.traits import Trait, TraitRule
from plugin.domain.policy.version import PolicyVersion
from plugin.domain.stored import StoredOrder
from plugin.domain.times import Moment, Source

Deadlines = Mapping[Right, Deadline]
_TRACKS = {
    Right.SHOP_RETURN: Track.RETURN,
    Right.EXCHANGE: Track.EXCHANGE,
    Right.COMMERCIAL_WARRANTY: Track.WARRANTY,
}
_NOTHING = Price(Money(0, "EUR"), Money(0, "EUR"))


def deadlines(
    rights: MarketRights, policy: PolicyVersion | None, law: Law, delivered_at: datetime, item: Item
) -> Deadlines:
    """The end of every right that counts from delivery and has an end, for goods as far as `item` says, delivered then.

    `rights` are those of the item.
    """
    stored = _delivered(rights.country, delivered_at)
    (line,) = entitlements(stored, _least(rights, policy, item), law)
    place = delivery_place(rights.country)
    ends = ((clock.right, _end(clock, place, delivered_at)) for clock in line.clocks if _counts(clock, rights))
    return {right: end for right, end in ends if end is not None}


def _least(rights: MarketRights, policy: PolicyVersion | None, item: Item) -> PolicyVersion | None:
    """The policy as it surely holds: the least rules and what the goods are, for everything."""
    if policy is None:
        return None
    rules = tuple(replace(rule, scope=EVERYTHING) for rule in rights.rules.values() if rule is not None)
    market = replace(policy.for_country(rights.country), countries=frozenset(), rules=rules)
    return replace(policy, default=market, markets=(), traits=tuple(_traits(policy, item)))


def _traits(policy: PolicyVersion, item: Item) -> Iterator[TraitRule]:
    """What the goods surely are; and where they may be used ones, used with the shortest period that may be agreed."""
    confirmed = [rule for rule in policy.traits if rule.is_confirmed]
    sure = (rule for rule in confirmed if rule.trait is not Trait.SECOND_HAND and matches(rule.scope, item))
    yield from (replace(rule, scope=EVERYTHING) for rule in sure)
    used = [rule for rule in confirmed if rule.trait is Trait.SECOND_HAND and matches(rule.scope, item) is not False]
    if used:
        months = [rule.months for rule in used if rule.months is not None]
        yield replace(used[0], scope=EVERYTHING, properties=frozenset(), months=min(months, default=None))


def _counts(clock: Clock, rights: MarketRights) -> bool:
    track = _TRACKS.get(clock.right)
    return track is None or rights.anchor(track) is Anchor.DELIVERED


def _end(clock: Clock, place: Place, delivered_at: datetime) -> Deadline | None:
    """The last day by the country's main zone, over when it is over first in the country.

    What the clock of an order adds while its address or a rule is not certain is not promised.
    """
    if clock.last_day is None or clock.event_day is None:
        return None
    late = timedelta(0) if clock.is_statutory else clock.event_day - local_day(delivered_at, place.zone)
    last_day = clock.last_day - late
    return Deadline(last_day=last_day, closes_at=min(end_of_day(last_day, zone) for zone in place.zones))


def _delivered(country: str, at: datetime) -> StoredOrder:
    moment = Moment(at, Source.CARRIER)
    line = OrderLine(
        id=LineId("1"),
        title="",
        quantity=1,
        total=_NOTHING,
        tax=_NOTHING,
        discount=_NOTHING,
        product_id=None,
        sku=None,
        categories=(),
        is_physical=True,
    )
    order = Order(
        ref=OrderRef(Platform.WOOCOMMERCE, "example"),
        number="example",
        standing=Standing.PLACED,
        platform_status="",
        currency="EUR",
        presentment_currency="EUR",
        total=_NOTHING,
        shipping=_NOTHING,
        prices_include_tax=True,
        payment=PaymentKind.ONLINE,
        place=DeliveryPlace(country, None),
        placed=moment,
        updated_at=at,
        lines=(line,),
        fulfilments=(Fulfilment("1", "", None, events=(DeliveryEvent(DeliveryStatus.DELIVERED, moment),)),),
        shopper=Shopper(external_id=None, name=None, email=None, billing=None, delivery=None),
        paid=moment,
        language=None,
    )
    return StoredOrder(OrderId("example"), ShopId("example"), order, policy_version=None)
