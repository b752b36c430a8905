"""What a hazard changes: a person within two hours, nothing sold on top, and who else has the same goods.

Source: Regulation (EU) 2023/988 (general product safety) arts 35-37: known buyers are told of a recall directly.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plugin.domain.order import OrderLine
from plugin.domain.policy.terms import Offer
from plugin.domain.remedy import Remedy

ROOT = "safety"
"""The branch of the reason tree whose leaves, a merchant's own among them, are hazards."""


def is_safety(reasons: Sequence[str]) -> bool:
    """Whether a reason, told as its path, is a hazard."""
    return ROOT in reasons


def without_upsell(offers: Sequence[Offer], legal: frozenset[Remedy]) -> tuple[Offer, ...]:
    """What is offered when somebody could be hurt: nothing that sells more, nothing that leaves the goods with them.

    What the law gives stays, and so does everything where nothing else would be left.
    """
    kept = tuple(offer for offer in offers if offer.remedy in legal or not _is_blocked(offer))
    return kept or tuple(offers)


def _is_blocked(offer: Offer) -> bool:
    return offer.remedy.traits.sells_more or offer.remedy is Remedy.PRICE_REDUCTION or offer.share is not None


@dataclass(frozen=True, slots=True)
class Batch:
    """The goods that may have the same fault: by SKU, where there is none by variant, else by product.

    None of the three means that nothing tells these goods from others.
    """

    sku: str | None = None
    variant: str | None = None
    product: str | None = None

    @property
    def name(self) -> str | None:
        """What they are told by: the SKU, else an id of the platform."""
        return self.sku or self.variant or self.product

    @property
    def is_named(self) -> bool:
        """Whether anything tells these goods from others."""
        return self != Batch()

    def has(self, line: OrderLine) -> bool:
        """Whether a line of any order is of the batch."""
        if self.sku is not None:
            return line.sku == self.sku
        if self.variant is not None:
            return line.variant_id == self.variant
        return self.product is not None and line.product_id == self.product


def batch_of(line: OrderLine) -> Batch:
    """The batch of the goods of a line."""
    if line.sku:
        return Batch(sku=line.sku)
    return Batch(variant=line.variant_id) if line.variant_id else Batch(product=line.product_id)


def units_in(batch: Batch, lines: Iterable[OrderLine]) -> int:
    """How many units of the batch an order has left."""
    return sum(_left(line) for line in lines if batch.has(line))


def _left(line: OrderLine) -> int:
    return max(line.quantity - line.removed, 0)
