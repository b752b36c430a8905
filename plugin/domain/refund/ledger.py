"""What has gone back of an order and what is on its way, and so what is left: of the whole, and of every line."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from plugin.domain.ids import LineId
from plugin.domain.order import Order, OrderLine, Price, Refund
from plugin.domain.refund.allocation import Parts, Side, scaled, total_of, zero
from plugin.domain.refund.captured import captured
from plugin.domain.refund.intent import RefundIntent


@dataclass(frozen=True, slots=True)
class Entry:
    """One refund that counts: `platform` as the platform reports it, `ours` as we allocated it, or both."""

    platform: Refund | None
    ours: RefundIntent | None

    @property
    def amount(self) -> Price | None:
        """What moved; the platform's word before ours."""
        return self.platform.amount if self.platform else self.ours.total if self.ours else None

    def units(self, line: LineId) -> int:
        """How many units of a line it took."""
        if self.ours:
            return self.ours.units(line)
        return sum(part.quantity for part in self.platform.lines if part.line == line) if self.platform else 0


def ledger(order: Order, intents: Iterable[RefundIntent]) -> tuple[Entry, ...]:
    """Each refund once: those the platform has, ours among them, then ours that it has not reported yet.

    A settled refund of ours that the platform's list lacks still counts, until a reversal takes it back.
    """
    known = list(intents)
    reversed_ = {intent.reverses for intent in known if intent.reverses is not None}
    own = {i.platform_refund: i for i in known if i.platform_refund and i.reverses is None and i.id not in reversed_}
    reported = [Entry(refund, own.pop(refund.id, None)) for refund in order.refunds]
    seen = {entry.ours.id for entry in reported if entry.ours}
    waiting = [i for i in known if i.id not in seen and i.id not in reversed_ and _counts(i)]
    return (*reported, *(Entry(None, intent) for intent in waiting))


def _counts(intent: RefundIntent) -> bool:
    return intent.is_pending or (intent.platform_refund is not None and intent.reverses is None)


def open_to_refund(order: Order, intents: Iterable[RefundIntent]) -> Price:
    """Captured minus settled minus pending, in each currency; never negative."""
    gone = total_of((entry.amount for entry in ledger(order, intents) if entry.amount), order.total)
    left = captured(order) - gone
    nothing = zero(order.total)
    return Price(max(left.shop, nothing.shop), max(left.presentment, nothing.presentment))


@dataclass(frozen=True, slots=True)
class Worth:
    """What an order's parts were charged, in minor units of one currency; they add up to its total.

    `goods` by line, net and tax apart; `beside.duty` is whatever the total has beyond goods and delivery.
    """

    goods: dict[LineId, Parts]
    beside: Parts


def worth(order: Order, side: Side) -> Worth:
    """The order's total taken apart: line totals are after discounts, with their tax beside or inside them.

    Where the parts exceed the total (an order-wide discount that no line shows: WooCommerce's negative fee lines), each
    is worth its share of what was charged.
    """
    total = max(side.of(order.total).minor, 0)
    lines = [_goods(line, side, is_inside=order.prices_include_tax) for line in order.lines]
    tax = max(side.of(order.shipping_tax).minor, 0) if order.shipping_tax else 0
    shipping = max(side.of(order.shipping).minor - (tax if order.prices_include_tax else 0), 0)
    parts = [*lines, Parts(shipping=shipping, shipping_tax=tax)]
    beyond = total - sum(part.total for part in parts)
    *lines, beside = parts if beyond >= 0 else scaled(parts, total)
    ids = (line.id for line in order.lines)
    return Worth(dict(zip(ids, lines, strict=True)), replace(beside, duty=max(beyond, 0)))


def _goods(line: OrderLine, side: Side, *, is_inside: bool) -> Parts:
    tax = max(side.of(line.tax).minor, 0)
    return Parts(net=max(side.of(line.total).minor - (tax if is_inside else 0), 0), tax=tax)


def goods_gone(entry: Entry, order: Order, side: Side) -> dict[LineId, Parts]:
    """What of each line's goods a refund has taken; a refund of the platform's own may name no lines."""
    gone: dict[LineId, Parts] = {}
    for line, parts in _taken(entry, order, side):
        before = gone.get(line, Parts())
        gone[line] = before.with_goods(before.net + parts.net, before.tax + parts.tax)
    return gone


def _taken(entry: Entry, order: Order, side: Side) -> Iterable[tuple[LineId, Parts]]:
    if entry.ours:
        return [(part.line, part.parts(side)) for part in entry.ours.allocations]
    found = []
    for part in entry.platform.lines if entry.platform else ():
        tax = side.of(part.tax).minor
        net = side.of(part.amount).minor - (tax if order.prices_include_tax else 0)
        found.append((part.line, Parts(net=net, tax=tax)))
    return found


def beside_gone(entry: Entry, order: Order, side: Side, left: Parts) -> Parts:
    """What of delivery and duty a refund has taken; of the platform's own, what its lines leave, delivery first."""
    if entry.ours:
        taken = [part.parts(side) for part in entry.ours.allocations]
        return Parts(
            shipping=sum(part.shipping for part in taken),
            shipping_tax=sum(part.shipping_tax for part in taken),
            duty=sum(part.duty for part in taken),
        )
    lines = goods_gone(entry, order, side)
    if entry.amount is None or not lines:
        return Parts()
    rest = max(side.of(entry.amount).minor - sum(parts.goods for parts in lines.values()), 0)
    shipping, tax = min(rest, left.shipping), min(max(rest - left.shipping, 0), left.shipping_tax)
    return Parts(shipping=shipping, shipping_tax=tax, duty=min(max(rest - shipping - tax, 0), left.duty))
