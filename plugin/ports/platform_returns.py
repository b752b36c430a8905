"""Returns as a shop's platform keeps them, from the first word to the last; only where `capabilities` says `returns`.

Every command says how the return should be afterwards, never what to change, and so may be given any number of times:
the adapter looks first and does what is missing. Refusals and faults are those of `plugin.ports.platform_actions`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from plugin.domain.ids import LineId
from plugin.domain.money import Money
from plugin.domain.order import Order, PlatformReturn
from plugin.domain.return_parts import LineFee
from plugin.domain.returning.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Units:
    """So many units of an order's line."""

    line: LineId
    quantity: int


class DeclineReason(StrEnum):
    """Why a return is declined, in the platform's terms (Shopify Admin API 2026-10, ReturnDeclineReason)."""

    RETURN_PERIOD_ENDED = "return_period_ended"
    FINAL_SALE = "final_sale"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Disposed:
    """So many units of a line, and what became of them."""

    line: LineId
    quantity: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Travel:
    """How goods travel back: the label's address and the tracking number, as far as there are any.

    `beside`: numbers and labels of the claim's other parcels, which may hold as many units of the same lines.
    """

    number: str | None = None
    url: str | None = None
    label: str | None = None
    beside: tuple[str, ...] = ()

    def may_be(self, number: str | None, label: str | None) -> bool:
        """Whether a parcel of these units that is said to travel so may be this one; if not, it is another."""
        return number not in self.beside and label not in self.beside

    def is_known_by(self, number: str | None, label: str | None) -> bool:
        """Whether it certainly is."""
        is_numbered = number is not None and number == self.number
        return is_numbered or (label is not None and label == self.label)


@dataclass(frozen=True, slots=True)
class ReturnFees:
    """What the shop keeps back, presentment currency: for taking each line in again, and for the way back."""

    restocking: tuple[LineFee, ...] = ()
    shipping: Money | None = None


@dataclass(frozen=True, slots=True)
class ReturnCommand:
    """A return to open: `is_approved` makes it open at once, else it waits for approval on the platform too."""

    order: Order
    units: tuple[Units, ...]
    reason: str
    """The shopper's reason in the shop's words; nothing personal."""
    is_approved: bool = False
    fees: ReturnFees = ReturnFees()


class Maker(StrEnum):
    """Who had a return made."""

    ASKER = "asker"
    """We, under the key that was asked with."""
    US = "us"
    """We, under another key."""
    ELSEWHERE = "elsewhere"
    """The shop's staff on the platform, a shopper in the platform's own pages, another app."""


@dataclass(frozen=True, slots=True)
class SeenReturn:
    """A return of an order as it is now; `kept` tells lines and state, neither parcels nor fees."""

    kept: PlatformReturn
    maker: Maker


class PlatformReturns(Protocol):
    """The commands."""

    def returns_of(self, order: Order, *, idempotency_key: str) -> tuple[SeenReturn, ...]:
        """Every return of the order, looked up now; `idempotency_key` is that of `open_return`."""
        ...

    def open_return(self, command: ReturnCommand, *, idempotency_key: str) -> PlatformReturn:
        """The return as it is then."""
        ...

    def approve_return(self, order: Order, return_id: str, *, idempotency_key: str) -> PlatformReturn:
        """From requested to open."""
        ...

    def decline_return(
        self, order: Order, return_id: str, reason: DeclineReason, *, idempotency_key: str
    ) -> PlatformReturn:
        """From requested to declined."""
        ...

    def cancel_return(self, order: Order, return_id: str, *, idempotency_key: str) -> PlatformReturn:
        """From open to cancelled, as long as nothing was received: the goods stay with the shopper."""
        ...

    def close_return(self, order: Order, return_id: str, *, idempotency_key: str) -> PlatformReturn:
        """From open to closed: the goods are dealt with and the money has gone back."""
        ...

    def reopen_return(self, order: Order, return_id: str, *, idempotency_key: str) -> PlatformReturn:
        """From closed to open."""
        ...

    def leave_in_return(
        self, order: Order, return_id: str, units: tuple[Units, ...], *, idempotency_key: str
    ) -> PlatformReturn:
        """Take out of an open return what is more than `units` and was not received."""
        ...

    def send_back(
        self, order: Order, return_id: str, units: tuple[Units, ...], travel: Travel, *, idempotency_key: str
    ) -> PlatformReturn:
        """Have an open return say how these units travel: one parcel of exactly them, corrected where it differs.

        Of several of the same units it is the one known by number or label, else one that `travel` has not beside it.
        """
        ...

    def dispose(
        self, order: Order, return_id: str, disposed: tuple[Disposed, ...], *, idempotency_key: str
    ) -> PlatformReturn:
        """Have an open return say what became of at least so many units. What cannot be restocked there is not."""
        ...

    def handle_return(
        self, order: Order, return_id: str, units: tuple[Units, ...], *, idempotency_key: str
    ) -> PlatformReturn:
        """Have an open return say that at least so many units were received; it stays open, and no money moves."""
        ...
