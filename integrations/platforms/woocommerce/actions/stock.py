"""Whether goods can be had now, and putting goods back on sale."""

from collections.abc import Mapping
from typing import Final

from integrations.platforms.woocommerce.actions.calls import Calls
from integrations.platforms.woocommerce.actions.marks import mark, meta, value_of
from integrations.platforms.woocommerce.actions.seen import Item, LiveOrder, ProductNow
from integrations.platforms.woocommerce.fields import optional_identifier
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import Refusal, Units

_DONE: Final = "_aftercare_restocked"
_REMEMBERED: Final = 50
"""Commands a product remembers; far more than are under way for it at any time."""
_PUBLISHED: Final = "publish"
_SOLD_OUT: Final = "outofstock"
_PARENTS: Final = "parent"


def check_units(live: LiveOrder, units: tuple[Units, ...]) -> dict[str, Item]:
    """The order's lines by id. Raises `Rejected` for lines and units it does not have."""
    lines = {str(item.id): item for item in live.line_items}
    if not units or any(unit.line not in lines for unit in units):
        raise Rejected(Refusal.UNKNOWN_LINE)
    if any(not 1 <= unit.quantity <= lines[unit.line].quantity for unit in units):
        raise Rejected(Refusal.MORE_THAN_LEFT)
    return lines


def products_of(live: LiveOrder, units: tuple[Units, ...]) -> dict[str, int]:
    """How many units of which product or variation these are. Raises `Rejected`.

    A product that was deleted is gone from its past lines too: there is none left.
    """
    lines, wanted = check_units(live, units), dict[str, int]()
    for unit in units:
        item = lines[unit.line]
        product = optional_identifier(item.variation_id, "id") or optional_identifier(item.product_id, "id")
        if product is None:
            raise Rejected(Refusal.MORE_THAN_LEFT, detail="the product is deleted")
        wanted[product] = wanted.get(product, 0) + unit.quantity
    return wanted


def check_stock(calls: Calls, wanted: Mapping[str, int]) -> None:
    """Whether the shop has them now: `POST orders` sells what is sold out, into negative stock (WooCommerce 9.2)."""
    for product, quantity in wanted.items():
        found = calls.find(f"products/{product}", ProductNow) if product.isdecimal() else None
        if found is None or quantity < 1:
            raise Rejected(Refusal.INVALID, detail=f"product {product}")
        if not _has(found, quantity):
            raise Rejected(Refusal.MORE_THAN_LEFT, detail=f"product {product}")


def restock(calls: Calls, wanted: Mapping[str, int], key: str) -> None:
    """Add these units to the stock that the shop keeps, product by product, each once per key.

    The product remembers the key in the same save that raises its stock. Stock that nobody keeps has nothing to raise.
    """
    for product, quantity in wanted.items():
        found = calls.find(f"products/{product}", ProductNow)
        if found is not None and found.manage_stock == _PARENTS:
            found = calls.find(f"products/{found.parent_id}", ProductNow)
        if found is not None and found.manage_stock is True:
            _raise(calls, found, quantity, mark(f"{key}:{product}"))


def _raise(calls: Calls, product: ProductNow, quantity: int, done: str) -> None:
    known = value_of(product.meta_data, _DONE)
    before = [str(each) for each in known] if isinstance(known, list) else []
    if done in before:
        return
    is_variation = product.type == "variation"
    endpoint = f"products/{product.parent_id}/variations/{product.id}" if is_variation else f"products/{product.id}"
    now = [*before, done][-_REMEMBERED:]
    stock = int(product.stock_quantity or 0) + quantity
    calls.write("PUT", endpoint, {"stock_quantity": stock, "meta_data": [meta(_DONE, now)]}, ProductNow)


def _has(product: ProductNow, quantity: int) -> bool:
    if product.status != _PUBLISHED or product.stock_status == _SOLD_OUT:
        return False
    keeps_count = bool(product.manage_stock) and product.stock_quantity is not None and not product.backorders_allowed
    return not keeps_count or (product.stock_quantity or 0) >= quantity
