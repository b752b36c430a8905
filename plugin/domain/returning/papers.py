"""What stands on the papers a shopper puts into, or onto, a parcel that goes back."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from plugin.domain.order import Address
from plugin.domain.policy.identity import ReturnAddress
from plugin.domain.returning.label import LabelSource


class PackingRule(StrEnum):
    """What a shopper does so that goods come back whole and are known again."""

    SLIP_INSIDE = "slip_inside"
    ORIGINAL_BOX = "original_box"
    """If there is one: no return is refused for want of its box (Directive 2011/83/EU art. 14(2))."""
    OLD_LABELS = "old_labels"
    CUSTOMS_OUTSIDE = "customs_outside"
    KEEP_RECEIPT = "keep_receipt"
    """Whoever withdraws shows by it that the goods were sent in time (Directive 2011/83/EU art. 13(3))."""


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One line of the slip."""

    title: str
    quantity: int


@dataclass(frozen=True, slots=True)
class ReturnSlip:
    """The paper in the parcel. `send_by`: the last day it may be sent, where the shopper has one."""

    claim_number: str
    order_number: str
    shop: str
    language: str
    to: ReturnAddress
    lines: tuple[SlipLine, ...]
    source: LabelSource
    send_by: date | None = None
    rules: tuple[PackingRule, ...] = ()


@dataclass(frozen=True, slots=True)
class AddressLabel:
    """A label of 102 x 152 mm (4 x 6 inches) that any carrier takes once it is paid for."""

    claim_number: str
    language: str
    to: ReturnAddress
    sender: Address | None = field(repr=False)


def packing_rules(source: LabelSource, *, crosses_a_border: bool) -> tuple[PackingRule, ...]:
    """The rules for a parcel, in the order they are followed."""
    rules = [PackingRule.SLIP_INSIDE, PackingRule.ORIGINAL_BOX, PackingRule.OLD_LABELS]
    if crosses_a_border:
        rules.append(PackingRule.CUSTOMS_OUTSIDE)
    if source is LabelSource.ADDRESS:
        rules.append(PackingRule.KEEP_RECEIPT)
    return tuple(rules)
