"""An order that we had a shop make for a claim: which order it is for, and in what way."""

from dataclasses import dataclass
from enum import StrEnum

from plugin.domain.ids import ClaimId


class MadeAs(StrEnum):
    """What such an order is."""

    REPLACEMENT = "replacement"
    """The same goods again, free of charge."""
    EXCHANGE = "exchange"
    """Other goods, bought with what came back."""


@dataclass(frozen=True, slots=True)
class Origin:
    """`order` is the external id of the order it is for, in the same shop; `claim` None: the shop does not say."""

    order: str
    made: MadeAs
    claim: ClaimId | None = None
