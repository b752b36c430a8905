"""The accounts that tell of a merchant's parcels, whose turn it is to ask one, and what they pushed to us."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from plugin.domain.ids import MerchantId
from plugin.domain.tracking.account import CarrierAccount
from plugin.domain.tracking.push import Push, PushId


class CarrierAccounts(Protocol):
    """One merchant's accounts with carriers; their keys are sealed."""

    def all(self) -> Sequence[CarrierAccount]:
        """Every account, in the order they are asked."""
        ...

    def get(self, kind: str) -> CarrierAccount | None:
        """The account of this kind; None: there is none."""
        ...

    def save(self, account: CarrierAccount) -> None:
        """Insert (version 0) or compare-and-swap; `Conflict` when it has moved on. Whoever had its turn has it no more.

        Raises `Conflict` as well for a push token that is somebody's already.
        """
        ...

    def lease(self, kind: str, now: datetime, until: datetime) -> CarrierAccount | None:
        """The account, and nobody else's turn to ask it until then; None when it is another's, or there is none."""
        ...

    def settle(self, account: CarrierAccount, lease: datetime) -> bool:
        """Keep its breaker and when it was asked, and give the turn back; its version stays.

        False, and nothing kept, when the turn (by its end) is another's now, or the merchant changed it meanwhile.
        """
        ...

    def pushed(self, kind: str, at: datetime) -> None:
        """Something came from it unasked then."""
        ...

    def remove(self, kind: str) -> None:
        """Forget it with its keys and with what it pushed."""
        ...


class PushAddresses(Protocol):
    """Across merchants, read only: whose address something was pushed to."""

    def account_by_token(self, push_token: str) -> tuple[MerchantId, CarrierAccount] | None:
        """The account whose push address this is part of; None: nobody's."""
        ...


@dataclass(frozen=True, slots=True)
class ParkedPush:
    """A message that nobody could read; `fault` says why, `fault_field` what of it."""

    id: PushId
    kind: str
    received_at: datetime
    attempts: int
    fault: str
    fault_field: str


class CarrierPushes(Protocol):
    """What one merchant's accounts pushed; sealed."""

    def add(self, push: Push) -> bool:
        """Record it and nothing else; False when the same is here already; raises `NotFound` without account."""
        ...

    def get(self, push: PushId) -> Push | None:
        """None: it is done, or was let go."""
        ...

    def done(self, push: PushId) -> None:
        """Applied, or let go by the merchant: forget it."""
        ...

    def retry_at(self, push: PushId, at: datetime, fault: str) -> None:
        """Give its lease back; try again then."""
        ...

    def park(self, push: PushId, fault: str, fault_field: str) -> None:
        """Nobody can read it: it stays for the merchant to see."""
        ...

    def parked(self, limit: int) -> Sequence[ParkedPush]:
        """The latest first; they stay sealed."""
        ...

    def revive(self, at: datetime) -> int:
        """Try all that are parked again from then on; how many."""
        ...

    def forget(self, before: datetime) -> int:
        """Forget those parked that came before; how many."""
        ...


@dataclass(frozen=True, slots=True)
class DuePush:
    """A message whose turn it is; `attempts`: this one included."""

    merchant: MerchantId
    push: PushId
    attempts: int


class PushLease(Protocol):
    """Across merchants, for jobs only: hands due messages to one worker at a time."""

    def lease_pushes(self, now: datetime, until: datetime, limit: int) -> Sequence[DuePush]:
        """Due ones, oldest first, leased until then, their attempt counted; a lease that runs out is handed on."""
        ...
