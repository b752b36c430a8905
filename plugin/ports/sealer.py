"""Encryption at rest for what lives outside the database (files), bound to its name."""

from typing import Protocol


class Sealer(Protocol):
    """Seals bytes under the app's key; `name` is bound in, so a sealed file cannot stand in for another."""

    def seal(self, plain: bytes, name: str) -> bytes:
        """Encrypt and authenticate."""
        ...

    def open(self, sealed: bytes, name: str) -> bytes:
        """Decrypt; raises `Unreadable` when the bytes, the name or the key do not match."""
        ...
