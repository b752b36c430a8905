"""Passkeys: how staff sign in with their device's screen lock or a security key (W3C Web Authentication, level 3)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Self

from plugin.domain.errors import Invalid, NotAllowed
from plugin.domain.ids import MerchantId, StaffId

CHALLENGE_HOLDS: Final = timedelta(minutes=5)
MOST: Final = 20
"""As many as one person may have."""
_LONGEST_NAME: Final = 60


class PasskeyTurn(StrEnum):
    """What became of a passkey that its owner should hear of, for it may have been somebody else."""

    ADDED = "added"
    REMOVED = "removed"


class PasskeyRefused(NotAllowed):
    """No such passkey, or its answer is not one to what this browser was asked; facts say no more."""

    code = "passkey_refused"


@dataclass(frozen=True, slots=True)
class Passkey:
    """A key pair on somebody's device, which calls it `credential`; `public_key` is its public half (COSE)."""

    id: str
    staff: StaffId
    credential: bytes
    public_key: bytes
    sign_count: int
    """How often it had signed, as its device told last; many devices never count."""
    name: str
    made_at: datetime
    used_at: datetime | None = None
    copied_at: datetime | None = None
    """Since when it looks copied, and signs nobody in."""

    def used(self, sign_count: int, now: datetime) -> Self:
        """After its device said it had signed so often.

        A count that does not grow tells of two devices with one key: it is marked as copied (level 3, section 6.1.1).
        """
        counts = bool(sign_count or self.sign_count)
        if counts and sign_count <= self.sign_count:
            return replace(self, copied_at=now)
        return replace(self, sign_count=sign_count, used_at=now)


@dataclass(frozen=True, slots=True)
class Handle:
    """What a device is told to call its owner, up to 64 bytes: so that its answer says whose passkey it is."""

    merchant: MerchantId
    staff: StaffId

    @classmethod
    def parse(cls, handle: bytes) -> Self | None:
        """Who it names, or None when it is none of ours."""
        merchant, dot, staff = handle.decode("ascii", "replace").partition(".")
        is_ours = bool(merchant and dot and staff) and staff.isalnum()
        return cls(MerchantId(merchant), StaffId(staff)) if is_ours else None

    def __bytes__(self) -> bytes:
        return f"{self.merchant}.{self.staff}".encode("ascii")


def usable_name(text: str) -> str:
    """What its owner calls a passkey, trimmed; raises `Invalid`."""
    name = " ".join(text.split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise Invalid({"field": "name"})
    return name
