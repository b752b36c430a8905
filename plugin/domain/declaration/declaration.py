"""A declaration of withdrawal: what was said when, and what is known by now of who said it and of which order."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self
from zoneinfo import ZoneInfo

from plugin.domain.declaration.errors import DeclarationProven
from plugin.domain.ids import DeclarationId, LineId, OrderId, ShopId, StaffId

_DIGITS = 8
"""Of the random end of an id: enough to tell declarations of one shop apart on the phone."""


class Proof(StrEnum):
    """What shows that the sender is the order's shopper."""

    NONE = "none"
    SIGNED_IN = "signed_in"
    """They came from the order's own page in the store."""
    MAIL_EQUALS_ORDER = "mail_equals_order"
    """They named the order and the e-mail address it was placed with."""
    LINK_OPENED = "link_opened"
    """They used a link that was mailed to the order's own address."""
    AGENT_CONFIRMED = "agent_confirmed"
    """Somebody of the merchant's has made sure, and said how."""


@dataclass(frozen=True, slots=True)
class Picked:
    """Units of an order line that were picked from a list; `title` is what the list called it."""

    line: LineId
    quantity: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """The three things a statement has (art. 11a(2)) and the part of the contract it is about, as typed, plain.

    `reference` identifies the contract in the shopper's own words. `part` and `picked` empty: the whole contract.
    `reply_to` is the e-mail address the acknowledgement goes to. `is_told_elsewhere`: it was declared in a form of the
    shop's own, which keeps to itself what it is about.
    """

    name: str
    reference: str
    reply_to: str
    part: str = ""
    picked: tuple[Picked, ...] = ()
    is_told_elsewhere: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether it withdraws from the whole contract."""
        return not (self.part or self.picked or self.is_told_elsewhere)

    @property
    def is_to_be_read(self) -> bool:
        """Whether only a person can say which units it means."""
        return self.is_told_elsewhere or bool(self.part and not self.picked)


@dataclass(frozen=True, slots=True)
class Contract:
    """The order a declaration is about, and how the sender is known to be its shopper."""

    order: OrderId
    proof: Proof = Proof.NONE


@dataclass(frozen=True, slots=True)
class SetAside:
    """Who took it off the desk, when and why; the sender hears nothing, and what was declared stays as it is."""

    at: datetime
    by: StaffId
    reason: str


@dataclass(frozen=True, slots=True)
class Declaration:
    """One declaration on record.

    `received_at` is aware UTC; `zone` is the IANA zone of the country the page was shown for, so that nothing said to
    the sender depends on an order they have not proven to be theirs. `statement` None: its person was erased.
    """

    id: DeclarationId
    shop: ShopId
    statement: Statement | None
    received_at: datetime
    zone: str
    language: str
    country: str | None = None
    order: OrderId | None = None
    proof: Proof = Proof.NONE
    proven_at: datetime | None = None
    proven_by: StaffId | None = None
    reason: str | None = None
    """How the agent made sure; None unless one did."""
    units: tuple[Picked, ...] | None = None
    """What somebody of the merchant's read in a part that was typed; None until then."""
    aside: SetAside | None = None
    """While the desk does not look at it; nobody is refused by that, and a proof brings it back."""
    version: int = 0
    """0: not saved yet; each save compares and increments."""

    @property
    def number(self) -> str:
        """What it is called towards the shopper."""
        tail = self.id[-_DIGITS:].upper()
        return f"{tail[: _DIGITS // 2]}-{tail[_DIGITS // 2 :]}"

    @property
    def local(self) -> datetime:
        """The instant of submission by the clock of its zone."""
        return self.received_at.astimezone(ZoneInfo(self.zone))

    @property
    def is_proven(self) -> bool:
        """Whether it can be carried out: it is known whose it is and which order it is about."""
        return self.order is not None and self.proof is not Proof.NONE

    @property
    def is_to_be_read(self) -> bool:
        """Whether its part was typed, or told elsewhere, and nobody has said which units of the order that is."""
        return bool(self.statement and self.statement.is_to_be_read) and self.units is None

    @property
    def is_ready(self) -> bool:
        """Whether it can be carried out with nobody asked."""
        return self.is_proven and self.statement is not None and not self.is_to_be_read

    def about(self, order: OrderId) -> Self:
        """The same about this order; what was found out of the order before, proof included, goes with it."""
        if order == self.order:
            return self
        unproven = {"proof": Proof.NONE, "proven_at": None, "proven_by": None, "reason": None, "units": None}
        return replace(self, order=order, aside=None, **unproven)  # type: ignore[arg-type]  # fields of it

    def proven(self, proof: Proof, at: datetime, *, by: StaffId | None = None, reason: str | None = None) -> Self:
        """The same with its proof; the first one stays, and none is none."""
        if self.proof is not Proof.NONE or proof is Proof.NONE:
            return self
        return replace(self, proof=proof, proven_at=at, proven_by=by, reason=reason, aside=None)

    def put_aside(self, at: datetime, by: StaffId, reason: str) -> Self:
        """The same off the desk, on record as before. Raises `DeclarationProven`: what can be carried out is."""
        if self.is_proven:
            raise DeclarationProven
        return replace(self, aside=SetAside(at, by, reason))

    def taken_up(self) -> Self:
        """The same on the desk again."""
        return replace(self, aside=None)
