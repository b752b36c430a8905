"""Unguessable tokens, the only form of them that is kept, and signatures of our own."""

from collections.abc import Callable, Sequence
from hmac import compare_digest
from typing import Protocol


class Secrets(Protocol):
    """Makes tokens nobody can guess, hashes them for keeping, and signs what we hand out."""

    def token(self) -> str:
        """A fresh token of at least 128 bits, of URL-safe characters and without a dot."""
        ...

    def hash(self, token: str) -> bytes:
        """The digest that is stored in the token's place; equal tokens give equal digests."""
        ...

    def sign(self, purpose: str, message: str) -> bytes:
        """A keyed digest (32 bytes) that only this installation can make; purposes never share a key."""
        ...

    def accepted(self) -> Sequence["Secrets"]:
        """As of each secret that counts by itself: the current one, then those that are being rotated out."""
        ...


def vouches(secrets: Secrets, given: str, make: Callable[[Secrets], str]) -> bool:
    """Whether this is to the letter what we `make`, under any secret that counts; in constant time."""
    return any(compare_digest(make(each).encode(), given.encode()) for each in secrets.accepted())
