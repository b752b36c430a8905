"""What a right or a promise leads to, and what each way of putting things right brings with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What carrying out a remedy means, whatever the case."""

    brings_back: bool = False
    """The goods come back first, where there are any; otherwise the shopper keeps them."""
    pays: bool = False
    """Money or credit goes to the shopper."""
    is_made_by_platform: bool = False
    """The platform makes it, an order or a credit, and answers within the hour; money has a clock of its own."""
    gives_up_goods: bool = False
    """Afterwards the shopper's units of this line cannot be claimed again. What is sent instead is an order line of its
    own, or the same goods put right."""
    names_a_thing: bool = False
    """Somebody has to say what is sent."""
    costs_nothing: bool = False
    """It puts the goods right, free of charge, rather than paying for them."""
    sells_more: bool = False
    """It keeps the shopper buying, which is no answer to a hazard."""
    waits_for_others: bool = False
    """A workshop or a supplier takes part."""


class Remedy(StrEnum):
    """One way to put things right."""

    REFUND = "refund"
    EXCHANGE = "exchange"
    STORE_CREDIT = "store_credit"
    REPAIR = "repair"
    REPLACEMENT = "replacement"
    SPARE_PART = "spare_part"
    PRICE_REDUCTION = "price_reduction"
    """Part of the price back; the shopper keeps the item."""

    @property
    def traits(self) -> Traits:
        """What it means."""
        return _TRAITS[self]


_TRAITS: Final[Mapping[Remedy, Traits]] = {
    Remedy.REFUND: Traits(brings_back=True, pays=True, gives_up_goods=True),
    Remedy.EXCHANGE: Traits(
        brings_back=True, is_made_by_platform=True, gives_up_goods=True, names_a_thing=True, sells_more=True
    ),
    Remedy.STORE_CREDIT: Traits(
        brings_back=True, pays=True, is_made_by_platform=True, gives_up_goods=True, sells_more=True
    ),
    Remedy.REPAIR: Traits(brings_back=True, costs_nothing=True, waits_for_others=True),
    Remedy.REPLACEMENT: Traits(brings_back=True, is_made_by_platform=True, costs_nothing=True),
    Remedy.SPARE_PART: Traits(names_a_thing=True, costs_nothing=True, waits_for_others=True),
    Remedy.PRICE_REDUCTION: Traits(pays=True),
}
