"""Which shops are the demo's, and their orders: nothing of a real shop is ever shown on a demo page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from flask import g

from plugin.domain.errors import NotFound
from plugin.domain.ids import OrderId
from plugin.domain.order import Platform
from plugin.domain.shop import Merchant, Shop
from plugin.usecases.quote_entitlements import Quote, quote_entitlements
from plugin.usecases.quote_shop import quote_shop
from plugin.web.deps import deps
from plugin.web.storefront.order_token import UnknownOrder


class DemoMissing(NotFound):
    """No demo shop has been loaded into this installation."""

    code = "demo_missing"


@dataclass(frozen=True, slots=True)
class Brand:
    """The merchant whose shops are the demo's; `shops` is never empty."""

    merchant: Merchant
    shops: tuple[Shop, ...]

    @property
    def shop(self) -> Shop:
        """The shop whose pages these are; the brand's other shop sends its orders from elsewhere."""
        return next((shop for shop in self.shops if shop.platform is Platform.WOOCOMMERCE), self.shops[0])


def brand() -> Brand:
    """The demo's merchant and shops, looked up once a request. Raises `DemoMissing`."""
    if "brand" not in g:
        g.brand = _find()
    return cast("Brand", g.brand)


def _find() -> Brand:
    for merchant in deps().directory.merchants():
        with deps().units.read(merchant.id) as unit:
            shops = tuple(shop for shop in unit.shops.all() if shop.is_demo)
        if shops:
            return Brand(merchant, shops)
    raise DemoMissing


def quote_of(order: str, owner: Brand) -> tuple[Quote, Shop]:
    """What the demo order entitles to, and the shop it is of. Raises `UnknownOrder`, also for a real shop's order."""
    needs = deps()
    merchant, now = owner.merchant.id, needs.clock.now()
    try:
        quote = quote_entitlements(OrderId(order), merchant=merchant, units=needs.units, law=needs.law, now=now)
    except NotFound as error:
        raise UnknownOrder from error
    shop = next((shop for shop in owner.shops if shop.id == quote.stored.shop), None)
    if shop is None:
        raise UnknownOrder
    return quote, shop


def quotes(owner: Brand) -> Iterator[Quote]:
    """Every demo order's quote."""
    for shop in owner.shops:
        yield from quote_shop(shop, units=deps().units, law=deps().law, now=deps().clock.now())
