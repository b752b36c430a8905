"""A line item as it was sold: our own copy of title, price, tax, discount and traits."""

from collections.abc import Iterable

import msgspec

from integrations.platforms.shopify import graphql_shapes as graphql
from integrations.platforms.shopify import webhook_shapes as webhook
from integrations.platforms.shopify.fields import key, tail, text
from integrations.platforms.shopify.prices import charge, discount, minus, price, times
from plugin.domain.ids import LineId
from plugin.domain.order import OrderLine, Price


def webhook_line(line: webhook.Line, *, tax_inside: bool) -> OrderLine:
    """A line of a webhook-shaped order; it says nothing of the product's tags, collections or options."""
    listed, off = _listed(line)
    cost = charge(listed, line.tax_lines, tax_inside=tax_inside)
    return OrderLine(
        id=LineId(key(line)),
        title=line.title,
        quantity=line.quantity,
        removed=removed(line.quantity, line.current_quantity),
        total=cost.total,
        tax=cost.tax,
        discount=off,
        product_id=_number(line.product_id),
        variant_id=_number(line.variant_id),
        sku=text(line.sku),
        variant_title=text(line.variant_title),
        property_names=tuple(name for name, _ in properties(line.properties)),
        is_physical=line.requires_shipping,
        is_gift_card=line.gift_card,
    )


def graphql_line(line: graphql.Line, *, tax_inside: bool) -> OrderLine:
    """A line of our query; product traits are today's, and empty once the product is deleted."""
    listed, off = _listed(line)
    cost = charge(listed, line.tax_lines, tax_inside=tax_inside)
    product, variant = line.product, line.variant
    return OrderLine(
        id=LineId(tail(line.id)),
        title=line.title,
        quantity=line.quantity,
        removed=removed(line.quantity, line.current_quantity),
        total=cost.total,
        tax=cost.tax,
        discount=off,
        product_id=tail(product.id) if product else None,
        variant_id=tail(variant.id) if variant else None,
        sku=text(line.sku),
        variant_title=text(line.variant_title),
        categories=types(product.product_type) if product else (),
        collections=tuple(entry.handle for entry in product.collections.nodes) if product else (),
        tags=tuple(product.tags) if product else (),
        options=tuple((option.name, option.value) for option in variant.selected_options) if variant else (),
        property_names=tuple(name for name, _ in properties(line.properties)),
        is_physical=line.requires_shipping,
        is_gift_card=line.is_gift_card,
    )


def properties(given: Iterable[webhook.Property]) -> tuple[tuple[str, str], ...]:
    """What the shopper typed in or chose, as (name, value).

    Names with a leading underscore are the theme's own (Shopify hides them at checkout); a field left blank asks for
    nothing, so it does not make the goods personal.
    """
    pairs = ((entry.name or "", _typed(entry.value)) for entry in given)
    return tuple((name, value) for name, value in pairs if name and not name.startswith("_") and value)


def removed(ordered: int, current: int | None) -> int:
    """Units taken off the order since, by an edit or a refund; Shopify leaves `quantity` as it was ordered."""
    return 0 if current is None else max(ordered - current, 0)


def types(product_type: str | None) -> tuple[str, ...]:
    """A product's type: the one category a Shopify product has of its own."""
    kind = text(product_type)
    return (kind,) if kind else ()


def _listed(line: webhook.Line | graphql.Line) -> tuple[Price, Price]:
    """The line's amount after discounts as the price list states it, and the discounts."""
    before = times(price(line.price_set), line.quantity)
    off = discount(before, line.discount_allocations)
    return minus(before, off), off


def _typed(value: object) -> str:
    if value is None:
        return ""
    return value.strip() if isinstance(value, str) else msgspec.json.encode(value).decode()


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)
