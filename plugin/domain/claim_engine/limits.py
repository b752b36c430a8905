"""What a merchant lets the rules decide alone, and from when on a person looks; never what a shopper has a right to."""

from dataclasses import dataclass

from plugin.domain.money import Money


@dataclass(frozen=True, slots=True)
class Limits:
    """`auto_approve_up_to`: the dearest claim the rules may approve, price with tax; None: any.

    `review_score`: the abuse score from which on a person looks.
    """

    auto_approve_up_to: Money | None = None
    review_score: int = 5


DEFAULT_LIMITS = Limits()
