"""What else there is of a product that was ordered, and what one of it costs the shopper of that order."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from plugin.domain.capabilities import PriceList
from plugin.domain.money import Money, NotAnAmount, exponent
from plugin.domain.order import OrderLine
from plugin.domain.shop_events import Product


@dataclass(frozen=True, slots=True)
class Variant:
    """A variant that can be bought. `price`: of one unit, tax included, in the order's presentment currency.

    None: nobody knows it here. The catalogue is of another currency, or the platform did not say in which it is.
    """

    id: str
    title: str
    price: Money | None = None


def variants_of(line: OrderLine, products: Iterable[Product], prices: PriceList | None) -> tuple[Variant, ...]:
    """What the line can be exchanged for of the same product's variations, in the order given.

    Whatever the catalogue does not say can be bought is left out, and so is what was ordered.
    """
    others = (each for each in products if each.is_for_sale and not _is_ordered(each, line))
    return tuple(Variant(each.external_id, each.title, _price(each, line, prices)) for each in others)


def _is_ordered(product: Product, line: OrderLine) -> bool:
    """By the variation the line names; by the SKU where it names none."""
    if line.variant_id is not None:
        return product.external_id == line.variant_id
    return product.sku is not None and product.sku == line.sku


def _price(product: Product, line: OrderLine, prices: PriceList | None) -> Money | None:
    currency = line.total.presentment.currency
    if product.price is None or prices is None or prices.currency != currency:
        return None
    try:
        listed = Money.parse(product.price, currency)
    except NotAnAmount:
        return None
    return listed if prices.includes_tax else _taxed(Decimal(product.price), line)


def _taxed(net: Decimal, line: OrderLine) -> Money | None:
    """With tax at the rate this very line was taxed at; unknown for a line that cost nothing."""
    total, tax = line.total.presentment, line.tax.presentment
    if total.minor <= 0:
        return None
    gross = (net * (total.minor + tax.minor) / total.minor).scaleb(exponent(total.currency))
    return Money(int(gross.to_integral_value(ROUND_HALF_UP)), total.currency)
