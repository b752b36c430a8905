"""Things of the domain with everything filled in; a test names only what it is about."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from plugin.domain.ids import LineId, MerchantId, OrderId, ShopId
from plugin.domain.money import Money
from plugin.domain.order import (
    Address,
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
    Refund,
    RefundAllocation,
    Shopper,
    Standing,
)
from plugin.domain.policy import MarketPolicy, Payer, PolicyVersion
from plugin.domain.policy.version import Disclosure
from plugin.domain.shop import Shop
from plugin.domain.shop_events import Product
from plugin.domain.stored import StoredOrder
from plugin.domain.times import Moment, Source
from tests.support.promises import plain_rules

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
PLACED = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
DELIVERED = datetime(2026, 11, 5, 14, 0, tzinfo=UTC)
MERCHANT = MerchantId("merchant1")


def a_price(minor: int = 4990, currency: str = "EUR") -> Price:
    return Price(shop=Money(minor, currency), presentment=Money(minor, currency))


def a_shop(name: str = "Nordkap", *, platform: Platform = Platform.WOOCOMMERCE, **facts: object) -> Shop:
    shop = Shop(ShopId(f"shop-{name}"), MERCHANT, name, platform, f"key-{name}", PLACED - timedelta(days=400))
    return replace(shop, **facts)  # type: ignore[arg-type]  # a test names fields of the shop


def a_line(line_id: str = "11", **facts: object) -> OrderLine:
    line = OrderLine(
        id=LineId(line_id),
        title="Tent lantern",
        quantity=1,
        total=a_price(),
        tax=a_price(797),
        discount=a_price(0),
        product_id="501",
        sku="LANTERN",
        categories=("Lighting",),
        is_physical=True,
    )
    return replace(line, **facts)  # type: ignore[arg-type]  # a test names fields of the line


def a_product(external_id: str = "501", **facts: object) -> Product:
    product = Product(
        platform=Platform.WOOCOMMERCE,
        external_id=external_id,
        title="Tent lantern",
        sku="LANTERN",
        categories=("camping", "lighting"),
        tags=("sale",),
        is_physical=True,
        updated_at=PLACED - timedelta(days=90),
    )
    return replace(product, **facts)  # type: ignore[arg-type]  # a test names fields of the product


def an_event(at: datetime = DELIVERED, **facts: object) -> DeliveryEvent:
    event = DeliveryEvent(DeliveryStatus.DELIVERED, Moment(at, Source.CARRIER))
    return replace(event, **facts)  # type: ignore[arg-type]  # a test names fields of the event


def a_fulfilment(fulfilment_id: str = "f1", **facts: object) -> Fulfilment:
    shipped = Moment(PLACED + timedelta(days=1), Source.PLATFORM)
    return replace(Fulfilment(fulfilment_id, "success", shipped), **facts)  # type: ignore[arg-type]  # fields of it


def a_refund(refund_id: str = "r1", *, line: str | None = "11", **facts: object) -> Refund:
    lines = (RefundAllocation(LineId(line), 1, a_price(), a_price(797)),) if line else ()
    refund = Refund(refund_id, Moment(DELIVERED + timedelta(days=2), Source.PLATFORM), a_price(), lines)
    return replace(refund, **facts)  # type: ignore[arg-type]  # a test names fields of the refund


def a_shopper(email: str | None = "ida@example.com", **facts: object) -> Shopper:
    address = Address(name="Ida Holm", lines=("Torstraße 1",), city="Berlin", postcode="10119", country="DE")
    shopper = Shopper(external_id="7", name="Ida Holm", email=email, billing=address, delivery=address)
    return replace(shopper, **facts)  # type: ignore[arg-type]  # a test names fields of the shopper


def an_order(external_id: str = "1001", *, country: str | None = "DE", **facts: object) -> Order:
    order = Order(
        ref=OrderRef(Platform.WOOCOMMERCE, external_id),
        number=external_id,
        standing=Standing.PLACED,
        platform_status="processing",
        currency="EUR",
        presentment_currency="EUR",
        total=a_price(5490),
        shipping=a_price(500),
        prices_include_tax=True,
        payment=PaymentKind.ONLINE,
        place=DeliveryPlace(country, None),
        placed=Moment(PLACED, Source.PLATFORM),
        updated_at=PLACED + timedelta(hours=1),
        lines=(a_line(),),
        shopper=a_shopper(),
        paid=Moment(PLACED, Source.PLATFORM),
        language="de",
    )
    return replace(order, **facts)  # type: ignore[arg-type]  # a test names fields of the order


def a_stored_order(order: Order | None = None, *, order_id: str = "order1", **facts: object) -> StoredOrder:
    stored = StoredOrder(OrderId(order_id), a_shop().id, order or an_order(), policy_version=None)
    return replace(stored, **facts)  # type: ignore[arg-type]  # a test names fields of the record


def a_market(
    market: str = "everywhere",
    countries: frozenset[str] = frozenset(),
    *,
    is_informed: bool | None = None,
    is_told_return_cost: bool | None = None,
    **promise: object,
) -> MarketPolicy:
    """A market with 30 days for everything, free, and 24 months; a test names what it wants otherwise."""
    terms = {"return_days": 30, "exchange_days": 30, "return_payer": Payer.SHOP, "warranty_months": 24, **promise}
    declared = Disclosure(is_informed=is_informed, is_told_return_cost=is_told_return_cost)
    rules = plain_rules(**terms)  # type: ignore[arg-type]  # a test names terms of `plain_rules`
    return MarketPolicy(market, countries, rules, declared)


def a_policy(version: str = "v1", **facts: object) -> PolicyVersion:
    policy = PolicyVersion(version, PLACED - timedelta(days=30), markets=(), default=a_market())
    return replace(policy, **facts)  # type: ignore[arg-type]  # a test names fields of the version
