"""What the merchant asks of the carrier for goods lost or damaged on the way: a record beside the shopper's claim.

Nothing here changes what the shopper gets: the shop answers for the goods until they are in their hands, whatever the
carrier does (Directive 2011/83/EU art. 20).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from plugin.domain.claim.claim import ClaimLine
from plugin.domain.claim.errors import WordsNeeded
from plugin.domain.claim.machines.machine import Machine, moves
from plugin.domain.claim.money import LOST
from plugin.domain.errors import Invalid
from plugin.domain.ids import ClaimId, OrderId, StaffId
from plugin.domain.money import Money, NotAnAmount
from plugin.domain.order import Order, Parcel

DAMAGED = "logistics.damaged_in_transit"
"""The reason of what was damaged on the way, as the tree of reasons has it."""
AT_CARRIER = frozenset({DAMAGED, LOST})
"""Reasons for which the carrier is asked."""
NOTICE_DAYS = 7
"""Within how many days of the delivery the carrier is told, where the merchant says nothing.

A reminder of ours and no rule of law: conventions and carriers' terms differ, and the merchant's contract says.
"""


class CarrierClaimState(StrEnum):
    """How far it is."""

    TO_FILE = "to_file"
    FILED = "filed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    DROPPED = "dropped"


_S = CarrierClaimState
MACHINE = Machine(
    "carrier_claim",
    _S.TO_FILE,
    moves({
        _S.TO_FILE: (_S.FILED, _S.DROPPED),
        _S.FILED: (_S.ACCEPTED, _S.REFUSED, _S.DROPPED),
        _S.REFUSED: (_S.FILED, _S.DROPPED),
        _S.DROPPED: (_S.TO_FILE,),
    }),
)  # fmt: skip
"""What was refused may be filed again, and what was dropped taken up."""
OPEN = frozenset({_S.TO_FILE, _S.FILED})


@dataclass(frozen=True, slots=True)
class CarrierStep:
    """One move and whose it was."""

    at: datetime
    to: CarrierClaimState
    by: StaffId


@dataclass(frozen=True, slots=True)
class CarrierClaim:
    """One for each claim about loss or damage on the way. Instants UTC; money in the presentment currency.

    `parcels`: those that the goods came in, as far as the platform names them. `value`: what was paid for the goods,
    tax included. `notice_by`: by when the carrier is to be told, `notice_days` after the delivery, or after the report
    where nobody knows of one. `reference`: the carrier's. `accepted`: what the carrier pays.
    """

    claim: ClaimId
    claim_number: str
    order: OrderId
    parcels: tuple[Parcel, ...]
    value: Money
    notice_days: int
    notice_by: datetime
    opened_at: datetime
    changed_at: datetime
    state: CarrierClaimState = CarrierClaimState.TO_FILE
    reference: str = field(default="", repr=False)
    accepted: Money | None = None
    reason: str = DAMAGED
    """Why, as the claim's first such line says."""
    steps: tuple[CarrierStep, ...] = ()
    version: int = 0
    """0: not saved yet; each save compares and increments."""

    def is_late(self, now: datetime) -> bool:
        """Whether the carrier should have been told by now, and was not."""
        return self.state is CarrierClaimState.TO_FILE and self.notice_by <= now

    def filed(self, reference: str, by: StaffId, now: datetime) -> Self:
        """The carrier was told, and gave a reference. Raises `WordsNeeded`, `NoSuchMove`."""
        if not reference.strip():
            raise WordsNeeded({"field": "detail"})
        return replace(self._to(CarrierClaimState.FILED, by, now), reference=reference.strip())

    def paid(self, amount: Money, by: StaffId, now: datetime) -> Self:
        """The carrier accepts, and pays so much. Raises `NotAnAmount`, `NoSuchMove`."""
        if amount.currency != self.value.currency or amount.minor <= 0:
            raise NotAnAmount({"field": "amount"})
        return replace(self._to(CarrierClaimState.ACCEPTED, by, now), accepted=amount)

    def moved(self, to: CarrierClaimState, by: StaffId, now: datetime) -> Self:
        """Refused by the carrier, dropped, or taken up again. Raises `NoSuchMove`."""
        if to in {CarrierClaimState.FILED, CarrierClaimState.ACCEPTED}:
            raise Invalid({"field": "to"})
        return self._to(to, by, now)

    def _to(self, to: CarrierClaimState, by: StaffId, now: datetime) -> Self:
        step = CarrierStep(now, MACHINE.step(self.state, to), by)
        return replace(self, state=to, changed_at=now, steps=(*self.steps, step))


@dataclass(frozen=True, slots=True)
class DamagedLine:
    """A line of a claim that was lost or damaged on the way, and when it was delivered; None: nobody knows."""

    line: ClaimLine
    delivered_at: datetime | None


def parcels_of(order: Order, lines: Sequence[ClaimLine]) -> tuple[Parcel, ...]:
    """The parcels that these lines came in, each once; a fulfilment that names no lines holds all of them."""
    wanted = {line.order_line for line in lines}
    held = (
        parcel
        for sent in order.fulfilments
        if not sent.lines or wanted & {each.line for each in sent.lines}
        for parcel in sent.parcels
    )
    return tuple(dict.fromkeys(held))


def notice_by(damaged: Sequence[DamagedLine], reported_at: datetime, days: int) -> datetime:
    """By when the carrier is to be told: so many days from the earliest delivery, else from the report."""
    known = [each.delivered_at for each in damaged if each.delivered_at is not None]
    return min(known, default=reported_at) + timedelta(days=days)
