"""Order lines as they were when ordered, and what the shopper typed into them.

WooCommerce blanks product, variation and SKU of past lines once the product is deleted; amounts exclude tax, always
(REST v3, WooCommerce 10.5).
"""

from collections.abc import Iterable, Sequence
from typing import Final

from integrations.platforms.woocommerce.fields import identifier, optional_identifier, raw_text
from integrations.platforms.woocommerce.pricing import Pricing
from integrations.platforms.woocommerce.records import LineRecord, Meta
from plugin.domain.ids import LineId
from plugin.domain.order import OrderLine
from plugin.ports.errors import Unreadable

Pairs = tuple[tuple[str, str], ...]

_MOST_UNITS: Final = 1_000_000
_ATTRIBUTE: Final = "pa_"


def order_lines(records: Sequence[LineRecord], pricing: Pricing, *, all_digital: bool) -> tuple[OrderLine, ...]:
    """The order's lines; ids are unique. `all_digital`: the shop says that nothing of this order is to be handled."""
    lines = tuple(_line(record, pricing, all_digital=all_digital) for record in records)
    if len({line.id for line in lines}) < len(lines):
        raise Unreadable("repeated_id", "line_items[].id")
    return lines


def line_properties(records: Iterable[LineRecord]) -> dict[str, Pairs]:
    """What was typed into each line (an engraving), by line id, raw: it may hold markup."""
    typed = ((identifier(record.id, "line_items[].id"), _properties(record.meta_data)) for record in records)
    return {line: pairs for line, pairs in typed if pairs}


def _line(record: LineRecord, pricing: Pricing, *, all_digital: bool) -> OrderLine:
    if not 0 <= record.quantity <= _MOST_UNITS:
        raise Unreadable("not_a_quantity", "line_items[].quantity")
    total = pricing.price(record.total, "line_items[].total")
    is_discounted = record.subtotal != record.total
    subtotal = pricing.price(record.subtotal, "line_items[].subtotal") if is_discounted else total
    product = optional_identifier(record.product_id, "line_items[].product_id")
    title, variant_title = _titles(record.name, record.parent_name)
    return OrderLine(
        id=LineId(identifier(record.id, "line_items[].id")),
        title=title,
        quantity=record.quantity,
        total=total,
        tax=pricing.price(record.total_tax, "line_items[].total_tax"),
        discount=pricing.difference(subtotal, total) if is_discounted else pricing.zero,
        product_id=product,
        variant_id=optional_identifier(record.variation_id, "line_items[].variation_id"),
        sku=record.sku or None,
        variant_title=variant_title,
        options=_options(record.meta_data),
        property_names=tuple(dict.fromkeys(meta.key for meta in record.meta_data if _is_typed(meta.key))),
        is_physical=False if all_digital and product else None,
    )


def _titles(name: str, parent_name: str | None) -> tuple[str, str | None]:
    """Product and variant of "T-Shirt - XL, Black"; a product renamed since no longer matches, then the name stays."""
    prefix = f"{parent_name} - "
    if parent_name and name.startswith(prefix):
        return parent_name, name[len(prefix) :] or None
    return name, None


def _options(metas: Iterable[Meta]) -> Pairs:
    """The chosen attributes, in the words the shop displays."""
    return tuple(
        (raw_text(meta.display_key), raw_text(meta.display_value))
        if meta.display_key != b"null" and meta.display_value != b"null"
        else (meta.key.removeprefix(_ATTRIBUTE), raw_text(meta.value))
        for meta in metas
        if meta.key.startswith(_ATTRIBUTE)
    )


def _properties(metas: Iterable[Meta]) -> Pairs:
    return tuple((meta.key, raw_text(meta.value)) for meta in metas if _is_typed(meta.key))


def _is_typed(key: str) -> bool:
    """Whether a meta is for the shopper's eyes: a leading underscore hides it, `pa_` is a chosen attribute."""
    return key != "" and key[0] != "_" and not key.startswith(_ATTRIBUTE)
