"""What of an order's parts has not gone back yet, in one currency."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from plugin.domain.ids import LineId
from plugin.domain.order import Order, OrderLine
from plugin.domain.refund.allocation import Parts, Side, scaled, shares
from plugin.domain.refund.intent import RefundIntent
from plugin.domain.refund.ledger import Entry, Worth, beside_gone, goods_gone, ledger, open_to_refund, worth
from plugin.domain.refund.request import ShippingRule


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of each line's goods, and of what was charged beside them, in minor units of one currency.

    `was` is what everything was worth, `paid_beside` what of delivery and duty is gone.
    """

    was: Worth
    goods: dict[LineId, Parts]
    paid_beside: Parts


def left_of(order: Order, entries: Sequence[Entry], side: Side) -> Left:
    """What all these refunds leave. Units that an edit of the order took off have taken their share with them."""
    was = worth(order, side)
    goods = {line.id: _without_edited(line, was.goods[line.id], entries) for line in order.lines}
    paid = Parts()
    for entry in entries:
        for line, parts in goods_gone(entry, order, side).items():
            if line in goods:
                goods[line] = less(goods[line], parts)
        paid = plus(paid, beside_gone(entry, order, side, less(was.beside, paid)))
    return Left(was, goods, paid)


@dataclass(frozen=True, slots=True)
class Units:
    """Units of every line: still to be paid back, and those whose part of the delivery has not been paid back."""

    left: Mapping[LineId, int]
    undelivered: Mapping[LineId, int]


def units_of(order: Order, entries: Sequence[Entry]) -> Units:
    """Both, after all these refunds; units that an edit of the order took off are gone from either."""
    reported, waiting, delivered = Counter[LineId](), Counter[LineId](), Counter[LineId]()
    for entry in entries:
        for line in order.lines:
            units = entry.units(line.id)
            (reported if entry.platform else waiting)[line.id] += units
            if _includes_delivery(entry, order):
                delivered[line.id] += units
    lines = {line.id: line for line in order.lines}
    edited = {key: _edited(line, reported[key]) for key, line in lines.items()}
    return Units(
        {key: max(line.quantity - edited[key] - reported[key] - waiting[key], 0) for key, line in lines.items()},
        {key: max(line.quantity - edited[key] - delivered[key], 0) for key, line in lines.items()},
    )


def _includes_delivery(entry: Entry, order: Order) -> bool:
    """Ours says so; of the platform's own, what its lines leave tells."""
    if entry.ours:
        return entry.ours.shipping_rule is not ShippingRule.NONE
    paid = beside_gone(entry, order, Side.PRESENTMENT, worth(order, Side.PRESENTMENT).beside)
    return bool(paid.shipping or paid.shipping_tax)


def still_fits(intent: RefundIntent, order: Order, intents: Iterable[RefundIntent]) -> bool:
    """Whether a refused refund can be tried again beside all others: its money and its units are still open."""
    others = [other for other in intents if other.id != intent.id]
    if intent.total.presentment > open_to_refund(order, others).presentment:
        return False
    left = units_of(order, ledger(order, others)).left
    return all(part.quantity <= left.get(part.line, 0) for part in intent.allocations)


def of_units(parts: Parts, units: int, of: int) -> Parts:
    """The goods of so many of the units left; the last ones take every minor unit that is left.

    The price with its tax is shared out first, and then taken apart: two of a price go back at the same price.
    """
    return parts if units >= of else scaled([parts], shares(parts.goods, [units, of - units])[0])[0]


def _without_edited(line: OrderLine, parts: Parts, entries: Sequence[Entry]) -> Parts:
    edited = _edited(line, sum(entry.units(line.id) for entry in entries if entry.platform))
    return of_units(parts, line.quantity - edited, line.quantity) if edited else parts


def _edited(line: OrderLine, refunded: int) -> int:
    """Units taken off the order that no refund names: nothing of theirs can be asked for again."""
    return min(max(line.removed - refunded, 0), line.quantity)


def plus(left: Parts, right: Parts) -> Parts:
    """The sum, part by part."""
    return Parts(*(a + b for a, b in zip(left.values(), right.values(), strict=True)))


def less(left: Parts, right: Parts) -> Parts:
    """The difference, part by part, never below nothing."""
    return Parts(*(max(a - b, 0) for a, b in zip(left.values(), right.values(), strict=True)))
