"""The flat columns of an order: what lists and searches need without opening the facts."""

from typing import Any

from plugin.domain.clocks.arrivals import told_arrivals
from plugin.domain.deliveries import deliveries
from plugin.domain.line_scope import awaits_products
from plugin.domain.order import Standing
from plugin.domain.stored import StoredOrder
from plugin.storage.search import normalised


def order_row(stored: StoredOrder, facts: bytes) -> dict[str, Any]:
    """One row of `orders` at its next version, but for the personal part."""
    order = stored.order
    return {
        "id": stored.id,
        "shop_id": stored.shop,
        "external_id": order.ref.external_id,
        "number": order.number,
        "number_normalised": normalised(order.number),
        "standing": order.standing.value,
        "country": order.place.country,
        "placed_at": order.placed.at,
        "updated_at": order.updated_at,
        "total_minor": order.total.shop.minor,
        "currency": order.total.shop.currency,
        "line_count": len(order.lines),
        "policy_version": stored.policy_version,
        "is_gone": stored.is_gone,
        "awaits_delivery": _awaits_delivery(stored),
        "awaits_products": awaits_products(stored),
        "version": stored.version + 1,
        "facts": facts,
    }


def _awaits_delivery(stored: StoredOrder) -> bool:
    """A free replacement is not waited for: of rights that are its own only those for defects start with it."""
    is_kept = stored.order.standing is Standing.PLACED and not (stored.is_gone or stored.order.is_free_replacement)
    has_arrived = deliveries(stored.order) or told_arrivals(stored)
    return is_kept and not stored.marks and not has_arrived
