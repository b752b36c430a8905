"""What the goods of a requested refund are worth, deductions kept back; both currencies side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plugin.domain.refund.allocation import Parts, Side, proportion, scaled
from plugin.domain.refund.left import Left, Units, of_units
from plugin.domain.refund.request import Deduction, LineRequest, NotRefundable, RefundRequest

Lefts = Mapping[Side, Left]


@dataclass(frozen=True, slots=True)
class Goods:
    """The goods of each requested line in both currencies, in the request's order."""

    rows: Mapping[Side, Sequence[Parts]]

    def total(self, side: Side) -> int:
        """What all of them are worth."""
        return sum(parts.goods for parts in self.rows[side])


def goods_of(request: RefundRequest, left: Lefts, units: Units) -> Goods:
    """What the requested goods are worth before anything is kept back. Raises `NotRefundable`."""
    return Goods({side: [_line(asked, left, units, side) for asked in request.lines] for side in Side})


def _line(asked: LineRequest, left: Lefts, units: Units, side: Side) -> Parts:
    parts = left[side].goods[asked.line]
    if asked.amount is None:
        return of_units(parts, asked.quantity, units.left[asked.line])
    shown = left[Side.PRESENTMENT].goods[asked.line].goods
    if asked.amount.minor > shown:
        raise NotRefundable({"field": "amount", "reason": "more_than_left", "line": asked.line, "left": shown})
    return scaled([parts], proportion(asked.amount.minor, shown, parts.goods))[0]


def after_deductions(goods: Goods, request: RefundRequest) -> Goods:
    """The goods less what is kept back. Raises `NotRefundable` when that is more than they are worth."""
    for deduction in request.deductions:
        goods = _less(goods, deduction, [asked.line for asked in request.lines])
    return goods


def _less(goods: Goods, deduction: Deduction, lines: Sequence[str]) -> Goods:
    chosen = [at for at, line in enumerate(lines) if deduction.line in (None, line)]
    worth = {side: sum(goods.rows[side][at].goods for at in chosen) for side in Side}
    shown = worth[Side.PRESENTMENT]
    if deduction.amount.minor > shown:
        raise NotRefundable({"field": "deductions", "reason": "more_than_goods", "kind": deduction.kind})
    rows = {}
    for side in Side:
        kept_back = proportion(deduction.amount.minor, shown, worth[side])
        reduced = scaled([goods.rows[side][at] for at in chosen], worth[side] - kept_back)
        new = dict(zip(chosen, reduced, strict=True))
        rows[side] = [new.get(at, parts) for at, parts in enumerate(goods.rows[side])]
    return Goods(rows)
