"""Made-up people and an order of theirs, to look at letters with."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from plugin.domain.access import Token
from plugin.domain.certificates import Certificate, CertificateKind, StoredFile
from plugin.domain.connection import Connection, Credentials
from plugin.domain.connection_faults import KeysRefused, ShopUnavailable
from plugin.domain.data_request import AskedThrough, DataRequest
from plugin.domain.declaration import Declaration, Statement
from plugin.domain.ids import DataRequestId, DeclarationId, LineId, MerchantId, OrderId, ShopId, StaffId
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
from plugin.domain.outage import Outage, OutageKind
from plugin.domain.passkey import Passkey
from plugin.domain.policy.scope import EVERYTHING
from plugin.domain.shop import Role, Shop, StaffMember
from plugin.domain.stored import StoredOrder
from plugin.domain.times import Moment, Source

EMAIL: Final = "ida@example.com"
TOKEN: Final = Token(MerchantId("sample"), "sample", "sample")
WORDS: Final = "Lorem ipsum dolor sit amet, consectetur adipiscing elit."
"""In the place of what a person writes."""
_GOODS: Final = "Lantern 200"
_AGE: Final = timedelta(days=2)
_CURRENCY: Final = "EUR"


def shop(at: datetime) -> Shop:
    """A shop, for who has none yet."""
    return Shop(ShopId("sample"), TOKEN.merchant, "Nordkap", Platform.WOOCOMMERCE, "sample", at)


def member(language: str, at: datetime) -> StaffMember:
    """Somebody who works for the merchant."""
    return StaffMember(StaffId("sample"), EMAIL, Role.AGENT, language, at)


def passkey(owner: StaffMember, at: datetime) -> Passkey:
    """One on a telephone."""
    return Passkey("sample", owner.id, b"", b"", 0, "Pixel 9", at)


def paper(at: datetime) -> Certificate:
    """A document of products that ends in a month."""
    file = StoredFile("application/pdf", 1, "0" * 64)
    day = at.date()
    return Certificate("sample", CertificateKind.CE, _GOODS, EVERYTHING, day, day + timedelta(days=30), file, at)


def asked(shop: Shop, at: datetime) -> DataRequest:
    """Somebody who asked for their data three weeks ago."""
    request = DataRequest(DataRequestId("sample"), shop.id, AskedThrough.PLATFORM, at - timedelta(weeks=3))
    return replace(request, packed_at=at)


def unread(shop: Shop, outage: Outage) -> Connection:
    """A connection to a shop that cannot be read."""
    fault = KeysRefused if outage.kind is OutageKind.STOPPED else ShopUnavailable
    return Connection(shop.id, Credentials("", ""), outage.since, failing_since=outage.since, fault=fault.code)


def declaration(shop: Shop, language: str, at: datetime) -> Declaration:
    """A withdrawal from that order, sent under another address than its own."""
    said = Statement("Ida Holm", "1001", EMAIL)
    return Declaration(DeclarationId("sample00"), shop.id, said, at, "Europe/Berlin", language)


def order(shop: Shop, country: str | None, language: str, at: datetime) -> StoredOrder:
    """An order of one thing, placed two days ago and not delivered yet."""
    placed = Moment(at - _AGE, Source.PLATFORM)
    line = OrderLine(LineId("1"), _GOODS, 1, _price(4990), _price(797), _price(0), is_physical=True)
    made_up = Order(
        ref=OrderRef(shop.platform, "1001"),
        number="1001",
        standing=Standing.PLACED,
        platform_status="processing",
        currency=_CURRENCY,
        presentment_currency=_CURRENCY,
        total=_price(5490),
        shipping=_price(500),
        prices_include_tax=True,
        payment=PaymentKind.ONLINE,
        place=DeliveryPlace(country, None),
        placed=placed,
        updated_at=placed.at,
        lines=(line,),
        shopper=Shopper(name="Ida Holm", email=EMAIL),
        paid=placed,
        language=language,
    )
    return StoredOrder(OrderId("sample"), shop.id, made_up, None)


def arrived(stored: StoredOrder, at: datetime) -> StoredOrder:
    """The same order, placed and delivered back then."""
    placed = Moment(at - _AGE, Source.PLATFORM)
    parcel = Fulfilment(
        "sample", "shipped", placed, events=(DeliveryEvent(DeliveryStatus.DELIVERED, Moment(at, Source.CARRIER)),)
    )
    return replace(stored, order=replace(stored.order, placed=placed, paid=placed, fulfilments=(parcel,)))


def _price(minor: int) -> Price:
    return Price(Money(minor, _CURRENCY), Money(minor, _CURRENCY))
