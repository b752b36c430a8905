"""Say what a shopper would be entitled to who ordered this, there and then; nothing is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from plugin.domain.clocks.engine import entitlements
from plugin.domain.entitlement import LineEntitlements
from plugin.domain.ids import LineId, OrderId, ShopId
from plugin.domain.law.in_force import Law
from plugin.domain.law.zones import delivery_place
from plugin.domain.money import Money
from plugin.domain.order import Address as PostalAddress
from plugin.domain.order import (
    DeliveryPlace,
    Order,
    OrderLine,
    OrderRef,
    PaymentKind,
    Platform,
    Price,
    Shopper,
    Standing,
)
from plugin.domain.policy.version import PolicyVersion, for_earlier_orders
from plugin.domain.stored import DeliveryMark, LineCopy, StoredOrder
from plugin.domain.times import Moment, Source, local_noon

_LINE = LineId("1")


@dataclass(frozen=True, slots=True)
class Purchase:
    """One thing that somebody orders; days are local to where it goes, `delivered_on` None: not yet.

    `product`, `sku`, `categories`, `collections` and `tags` are as rules name them, `properties` what line properties
    were filled in.
    """

    country: str
    ordered_on: date
    delivered_on: date | None = None
    state: str | None = None
    postcode: str | None = None
    title: str = ""
    product: str | None = None
    sku: str | None = None
    categories: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    price: Money | None = None
    properties: tuple[str, ...] = ()
    is_business: bool = False
    is_physical: bool = True


def simulate_order(
    purchase: Purchase, policy: PolicyVersion | None, law: Law, versions: Sequence[PolicyVersion] = (), *, now: datetime
) -> tuple[StoredOrder, LineEntitlements]:
    """The order as it would be on record, and what its line is entitled to under the policy.

    Of the other `versions` those which by `now` better earlier orders, too, better this one.
    """
    stored = order_of(purchase, now)
    later = for_earlier_orders(versions, policy, stored.order.placed.at, now)
    (line,) = entitlements(stored, policy, law, later)
    return stored, line


def order_of(purchase: Purchase, now: datetime) -> StoredOrder:
    """The purchase as an order that is paid for, with the merchant's word for its delivery."""
    zone = delivery_place(purchase.country, purchase.state, purchase.postcode).zone
    placed = Moment(local_noon(purchase.ordered_on, zone), Source.PLATFORM)
    price = purchase.price or Money(0, "EUR")
    paid, nothing = Price(price, price), Price(Money(0, price.currency), Money(0, price.currency))
    address = PostalAddress(postcode=purchase.postcode, state=purchase.state, country=purchase.country)
    order = Order(
        ref=OrderRef(Platform.WOOCOMMERCE, "0"),
        number="0",
        standing=Standing.PLACED,
        platform_status="",
        currency=price.currency,
        presentment_currency=price.currency,
        total=paid,
        shipping=nothing,
        prices_include_tax=True,
        payment=PaymentKind.ONLINE,
        place=DeliveryPlace(purchase.country, purchase.state),
        placed=placed,
        updated_at=placed.at,
        lines=(_line(purchase, paid, nothing),),
        shopper=Shopper(billing=address, delivery=address),
        is_business=purchase.is_business,
    )
    marks = _mark(purchase, zone, now)
    return StoredOrder(OrderId("0"), ShopId("0"), order, None, marks, (LineCopy(_LINE, ()),))


def _line(purchase: Purchase, paid: Price, nothing: Price) -> OrderLine:
    return OrderLine(
        id=_LINE,
        title=purchase.title,
        quantity=1,
        total=paid,
        tax=nothing,
        discount=nothing,
        product_id=purchase.product,
        sku=purchase.sku,
        categories=purchase.categories,
        collections=purchase.collections,
        tags=purchase.tags,
        property_names=purchase.properties,
        is_physical=purchase.is_physical,
    )


def _mark(purchase: Purchase, zone: ZoneInfo, now: datetime) -> tuple[DeliveryMark, ...]:
    if purchase.delivered_on is None:
        return ()
    return (DeliveryMark(Moment(local_noon(purchase.delivered_on, zone), Source.MERCHANT), now, None),)
