"""The passkeys of a merchant's staff, and the devices that hold them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from plugin.domain.ids import StaffId
from plugin.domain.passkey import Handle, Passkey


class Passkeys(Protocol):
    """What is kept of passkeys: no secret is, that stays on the device."""

    def of(self, staff: StaffId) -> Sequence[Passkey]:
        """One member's, the oldest first."""
        ...

    def by_credential(self, credential: bytes) -> Passkey | None:
        """The one a device calls this."""
        ...

    def add(self, passkey: Passkey) -> bool:
        """Keep a new one; False when its credential is on record."""
        ...

    def save(self, passkey: Passkey, was: Passkey) -> bool:
        """Keep its count and instants, compare-and-swap on the count: False when it is no longer as it `was`."""
        ...

    def rename(self, passkey: str, name: str) -> None:
        """Call it so, by id; nothing else of it changes."""
        ...

    def remove(self, passkeys: Sequence[str]) -> None:
        """Forget these, by id."""
        ...

    def spend(self, challenge: bytes, until: datetime) -> bool:
        """Note that a challenge, by its digest, was answered: False when it had been. It holds until then."""
        ...

    def forget_spent(self, now: datetime) -> int:
        """Forget answered challenges that hold no longer; how many."""
        ...


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose passkey a device is to make: how it is listed there, and what they have already."""

    handle: Handle
    name: str
    known: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Claimed:
    """What an answer says of itself, unproven; no `handle` in that of a passkey being made."""

    challenge: bytes
    credential: bytes
    handle: bytes | None


@dataclass(frozen=True, slots=True)
class Made:
    """A new passkey, as its device told of it."""

    credential: bytes
    public_key: bytes
    sign_count: int


class Devices(Protocol):
    """Asks devices by way of their browsers, and proves what they answer; JSON of Web Authentication, level 3.

    Whoever holds the device must have shown it (screen lock, PIN), at this installation's own address. Answers are
    hostile: each method raises `Rejected("passkey")` on what is no answer, or not one to what was asked.
    """

    @property
    def origin(self) -> str:
        """Where passkeys work: scheme, host and port."""
        ...

    def ask_to_make(self, owner: Owner, challenge: bytes) -> str:
        """What the browser is told to have a passkey made."""
        ...

    def ask_to_sign(self, challenge: bytes) -> str:
        """What the browser is told to have a challenge signed, whoever's passkey is chosen there."""
        ...

    def read(self, answer: str) -> Claimed:
        """What an answer says of itself."""
        ...

    def made(self, answer: str, challenge: bytes) -> Made:
        """The passkey that was made when this was asked."""
        ...

    def signed(self, answer: str, challenge: bytes, public_key: bytes) -> int:
        """How often the device has signed, once it is proven that it signed this challenge with this key."""
        ...
