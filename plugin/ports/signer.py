"""Signatures that others can check: Ed25519 (RFC 8032), with a key that only this installation has."""

from typing import Protocol


class Signer(Protocol):
    """Signs with the installation's key, and tells of any key whether a signature is of it."""

    @property
    def public_key(self) -> bytes:
        """The public half, 32 bytes; it may be published."""
        ...

    def sign(self, message: bytes) -> bytes:
        """The signature, 64 bytes; the same message always has the same one."""
        ...

    def held(self) -> "Signer":
        """The same, by the key that it has now, whatever is rotated meanwhile: for a signature with its public key."""
        ...
