"""One-time links, join codes and sessions: how long they hold, and what a token is made of.

A token reads `<merchant>.<record>.<secret>`, so that no look-up ever crosses merchants; only the secret's hash is kept.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Self

from plugin.domain.errors import NotAllowed
from plugin.domain.ids import MerchantId
from plugin.domain.shop import JoinCode, Role, Session, SignInLink, StaffMember

SIGN_IN_HOLDS = timedelta(minutes=15)
INVITATION_HOLDS = timedelta(days=7)
JOIN_CODE_HOLDS = timedelta(hours=24)
SESSION_HOLDS = timedelta(days=30)
SESSION_IDLES = timedelta(days=14)
_PARTS = 3


class LinkUnusable(NotAllowed):
    """The link is not one of ours, was used, or has run out; facts say no more to who does not hold its secret."""

    code = "link_unusable"


class JoinCodeUnusable(NotAllowed):
    """The code lets no shop join; `reason` (used, expired, withdrawn) is told only to who holds its secret."""

    code = "join_code_unusable"


class NotAnOwner(NotAllowed):
    """Only an owner of the merchant may do this."""

    code = "not_an_owner"


class RoleTooLow(NotAllowed):
    """The staff member may look at this, not do it; `role` is the least that may."""

    code = "role_too_low"

    def __init__(self, role: Role) -> None:
        super().__init__({"role": role.value})


class SignedOut(NotAllowed):
    """There is no such session any more."""

    code = "signed_out"


@dataclass(frozen=True, slots=True)
class Token:
    """What a link, a join code or a cookie carries."""

    merchant: MerchantId
    record: str
    secret: str

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The token a text names, or None when it is none."""
        parts = text.split(".")
        if len(parts) != _PARTS or not all(parts):
            return None
        return cls(MerchantId(parts[0]), parts[1], parts[2])

    def __str__(self) -> str:
        return f"{self.merchant}.{self.record}.{self.secret}"

    def __repr__(self) -> str:
        return f"Token({self.merchant}.{self.record}.***)"


def is_secret_of(kept: SignInLink | JoinCode | Session, secret_hash: bytes) -> bool:
    """Whether the hash is the kept one, compared in constant time."""
    return compare_digest(kept.secret_hash, secret_hash)


def is_live(session: Session, now: datetime) -> bool:
    """Whether a session still counts: not revoked, not past its end, and used within the last 14 days."""
    return session.revoked_at is None and now < session.expires_at and now < session.last_seen_at + SESSION_IDLES


def is_usable(kept: SignInLink | JoinCode, now: datetime) -> bool:
    """Whether a one-time link or code can still be used."""
    return kept.used_at is None and now < kept.expires_at


def is_owner(member: StaffMember) -> bool:
    """Whether somebody owns the merchant now: an owner who has not been removed."""
    return member.role is Role.OWNER and member.removed_at is None


def reaches(member: StaffMember, role: Role) -> bool:
    """Whether somebody still works here in this role or one that may more."""
    ranks = list(Role)
    return member.removed_at is None and ranks.index(member.role) <= ranks.index(role)


def require_role(member: StaffMember | None, role: Role) -> None:
    """Let somebody do what takes this role; None is the operator at the command line. Raises `RoleTooLow`."""
    if member is not None and not reaches(member, role):
        raise RoleTooLow(role)
