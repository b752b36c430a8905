"""An order of four units at a shop that granted everything, with variants that can be had: commands are tried on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from integrations.platforms.shopify import scopes
from plugin.domain.money import Money
from plugin.domain.order import Order
from plugin.ports.platform_actions import Exchange, NewItem, Units
from tests.integrations.shopify.nodes import bag
from tests.integrations.shopify.records import an_order
from tests.integrations.shopify.samples import Json
from tests.integrations.shopify.test_actions import (
    GID,
    ON_DELIVERY,
    PAID,
    UNPAID,
    ShopifyRig,
    a_payment,
    paid_by,
)
from tests.support.shopify_admin.shop import AdminShop, shop_on_line

UNITS = 4
CUSTOMER = "gid://shopify/Customer/8"
OTHER = "gid://shopify/ProductVariant/61"
GRANTED = tuple(sorted(scopes.INSTALLED | scopes.OPTIONAL))


def a_variant(gid: str, price: str, **changes: object) -> Json:
    """A variant that can be had."""
    made: Json = {"__typename": "ProductVariant", "id": gid, "title": "58", "price": price, "availableForSale": True}
    made |= {"inventoryPolicy": "DENY", "inventoryQuantity": 9, "inventoryItem": {"tracked": True}}
    made |= {"product": {"status": "ACTIVE"}, "selectedOptions": [{"name": "Size", "value": "58"}]}
    return {**made, **changes}


def ample(number: str) -> Json:
    """An order of four units at 11.90, one parcel of them, paid by card."""
    order = paid_by(number, a_payment("91", "shopify_payments", is_manual=False), totalPriceSet=bag("53.55"))
    order["transactions"][0]["amountSet"] = bag("53.55")
    (line,) = order["lineItems"]
    line |= {"quantity": UNITS, "currentQuantity": UNITS, "refundableQuantity": UNITS, "discountAllocations": []}
    line |= {"originalUnitPriceSet": bag("11.90"), "taxLines": [{"priceSet": bag("7.60")}]}
    (parcel,) = order["fulfillments"]
    parcel["totalQuantity"] = parcel["fulfillmentLineItems"][0]["quantity"] = UNITS
    return order


def waiting(number: int, units: int) -> Json:
    """An order of which nothing has left."""
    order = an_order(number, fulfillments=[], transactions=[a_payment("95", "shopify_payments", is_manual=False)])
    order["fulfillmentsCount"] = {"count": 0}
    order["lineItems"][0] |= {"quantity": units, "currentQuantity": units, "unfulfilledQuantity": units}
    order["lineItems"][0]["refundableQuantity"] = units
    return order


class MakingRig(ShopifyRig):
    """The contract's rig, with enough of everything."""

    @property
    def on_sale(self) -> str:
        return OTHER.rpartition("/")[2]

    @property
    def record(self) -> Json:
        """The order as Shopify has it."""
        return self.shop.orders[GID + PAID]

    def exchange(self, credit: int = 1190, told: int | None = None, order: Order | None = None) -> Exchange:
        """One unit for another variant, which costs 19.90."""
        order = order or self.paid
        back, new = (Units(order.lines[0].id, 1),), (NewItem(self.on_sale, 1),)
        return Exchange(order, back, Money(credit, "EUR"), new, None if told is None else Money(told, "EUR"))


@contextmanager
def making() -> Iterator[MakingRig]:
    """The shop on line."""
    with shop_on_line(AdminShop(scopes=GRANTED)) as shop:
        cash = a_payment("93", "Cash on Delivery (COD)", is_manual=True)
        shop.add(ample(PAID), paid_by(UNPAID, displayFinancialStatus="PENDING"))
        shop.add(paid_by(ON_DELIVERY, cash, paymentGatewayNames=["Cash on Delivery (COD)"]))
        shop.made.exchanges.variants[OTHER] = a_variant(OTHER, "19.90")
        shop.made.credits.customers.add(CUSTOMER)
        shop.made.drafts.order_of = lambda number: an_order(number, totalPriceSet=bag("0.0"), transactions=[])
        for order in shop.orders.values():
            variant = order["lineItems"][0]["variant"]
            variant |= a_variant(variant["id"], "11.90")
        yield MakingRig(shop)
