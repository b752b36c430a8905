"""What a label provider does for us: sell one label, once, however often it is asked."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from plugin.domain.order import Address
from plugin.domain.policy.identity import ReturnAddress
from plugin.domain.returning.account import Carrying, LabelAccount
from plugin.domain.returning.customs import CustomsArticle
from plugin.domain.returning.label import Carriage
from plugin.domain.returning.postal import PostalParts


@dataclass(frozen=True, slots=True)
class WantedLabel:
    """One label as it is asked for.

    `key` is ours and the same at every attempt. `is_repeat`: an attempt was made before, at `asked_at` or later, and
    nobody knows what became of it. `articles` are told to customs where the parcel crosses a border.
    """

    key: str
    asked_at: datetime
    is_repeat: bool
    claim_number: str
    order_number: str
    sender: Address = field(repr=False)
    sender_email: str | None = field(repr=False)
    to: ReturnAddress
    to_parts: PostalParts
    grams: int
    carrying: Carrying
    articles: tuple[CustomsArticle, ...]
    crosses_a_border: bool


@dataclass(frozen=True, slots=True)
class BoughtLabel:
    """A label that was sold: what is known of it, and its file as it is to be printed."""

    carriage: Carriage
    content: bytes = field(repr=False)
    media_type: str


class LabelProvider(Protocol):
    """One merchant's account."""

    def buy(self, wanted: WantedLabel) -> BoughtLabel:
        """The label of this key: sold now, or at an earlier attempt whose answer was lost.

        Raises `Unavailable` when nobody knows whether it was sold, and `Rejected` when it was not and will not be.
        """
        ...


ProviderOf = Callable[[LabelAccount], LabelProvider]
"""Opens a merchant's account; talks to nobody yet."""
