"""Unguessable tokens, the only form of them that is kept, and signatures of our own."""

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

    def is_signed(self, purpose: str, message: str, signature: bytes) -> bool:
        """Whether this installation signed it, in constant time; under a secret that is being rotated out, too."""
        ...
