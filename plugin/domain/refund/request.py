"""What somebody asks to pay back, before it is worth an amount; and why such a request cannot be met."""

from dataclasses import dataclass
from enum import StrEnum

from plugin.domain.errors import Conflict, Invalid
from plugin.domain.ids import LineId
from plugin.domain.money import Money


class Ground(StrEnum):
    """Why money goes back; decides which deductions the law leaves room for."""

    WITHDRAWAL = "withdrawal"
    """The consumer's statutory withdrawal (Directive 2011/83/EU arts. 9-16 and its counterparts)."""
    DEFECT = "defect"
    """Goods not in conformity (Directive (EU) 2019/771 arts. 13-16): termination or price reduction."""
    SHOP_RETURN = "shop_return"
    """The merchant's own promise, beyond the law."""
    NOT_DELIVERED = "not_delivered"
    """Lost, refused or cancelled before it was sent (Directive 2011/83/EU art. 18)."""
    GOODWILL = "goodwill"


class ShippingRule(StrEnum):
    """By which rule outbound delivery is paid back with this refund."""

    NONE = "none"
    FULL = "full"
    """The last goods go back: all delivery costs, but for the supplement of a dearer choice (2011/83/EU art. 13(1),
    (2); CJEU C-511/08, Heine)."""
    PROPORTIONATE = "proportionate"
    """A part of the goods goes back: their share by price. The directive is silent on withdrawal from a part; this
    treats every part alike, and all parts together come to the whole."""


class DeductionKind(StrEnum):
    """What is kept back from the price of the goods."""

    FEE = "fee"
    """Restocking or handling, as the policy announced it."""
    DIMINISHED_VALUE = "diminished_value"
    """Handling beyond what it takes to establish nature, characteristics and functioning (2011/83/EU art. 14(2))."""


@dataclass(frozen=True, slots=True)
class LineRequest:
    """Units of one line; or with `amount` a part of its price alone, tax included, the shopper keeping the item.

    `quantity` is at least 1, and 0 beside an `amount`, which is in the presentment currency.
    """

    line: LineId
    quantity: int
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class Deduction:
    """An amount kept back, tax included, presentment currency; from one line's goods, or from all when `line` is None.

    It never touches shipping or duty: both legal grounds for keeping something back concern the goods.
    """

    kind: DeductionKind
    amount: Money
    line: LineId | None = None


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """Everything that decides what a refund is worth. Amounts are in the presentment currency, tax included.

    `shipping`: whether the outbound delivery is paid back; the whole of it with the last goods, before that in
    proportion to the goods' price. `standard_shipping`: what the least expensive standard delivery offered would have
    cost; the dearer one that the shopper chose is paid back only so far (2011/83/EU art. 13(2)). None: the shopper
    chose no dearer one. `duty`: import duty and whatever else was charged beside goods and delivery; None: all of it
    with a withdrawal from the whole order, because all payments go back (art. 13(1)), and otherwise nothing.
    """

    ground: Ground
    lines: tuple[LineRequest, ...]
    shipping: bool = False
    standard_shipping: Money | None = None
    duty: Money | None = None
    deductions: tuple[Deduction, ...] = ()
    restock: bool = False
    """Whether the platform puts the units back on sale with the refund; worth nothing by itself."""


class NotRefundable(Invalid):
    """The request asks for something that the order does not have left; `facts["reason"]` says what."""

    code = "not_refundable"


class DeductionNotAllowed(Invalid):
    """The law leaves no room for this deduction on this ground."""

    code = "deduction_not_allowed"


class NothingToRefund(Conflict):
    """Nothing is left to pay back: not captured, paid back already, or on its way."""

    code = "nothing_to_refund"


_ALLOWED = {
    Ground.WITHDRAWAL: frozenset({DeductionKind.DIMINISHED_VALUE}),
    Ground.DEFECT: frozenset[DeductionKind](),
    Ground.NOT_DELIVERED: frozenset[DeductionKind](),
    Ground.SHOP_RETURN: frozenset(DeductionKind),
    Ground.GOODWILL: frozenset(DeductionKind),
}
"""Withdrawal: no costs but those of arts. 13(2) and 14 (2011/83/EU art. 12-14, 27); conformity is restored free of
charge and a refund is of the price paid (2019/771 arts. 14(1), 16(3)(b))."""


def check_deductions(request: RefundRequest) -> None:
    """Raises `DeductionNotAllowed` for one that the ground forbids, `NotRefundable` for a negative one."""
    for deduction in request.deductions:
        if deduction.kind not in _ALLOWED[request.ground]:
            raise DeductionNotAllowed({"field": "deductions", "kind": deduction.kind, "ground": request.ground})
        if deduction.amount.minor < 0:
            raise NotRefundable({"field": "deductions", "reason": "negative"})
