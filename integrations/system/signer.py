"""Ed25519 by the `cryptography` package (`plugin.ports.signer`)."""

from collections.abc import Callable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


class SystemSigner:
    """`seed` is the private key: 32 secret bytes, or what gives them as they are now; they may be rotated meanwhile."""

    def __init__(self, seed: bytes | Callable[[], bytes]) -> None:
        self._given = seed

    @property
    def public_key(self) -> bytes:
        """The public half, 32 bytes."""
        return self._key().public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """The signature, 64 bytes."""
        return self._key().sign(message)

    def held(self) -> "SystemSigner":
        """The same, by the key that it has now, whatever is rotated meanwhile."""
        return SystemSigner(self._seed())

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self._seed())

    def _seed(self) -> bytes:
        return self._given if isinstance(self._given, bytes) else self._given()


def is_signed(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the signature of this message was made with the key whose public half this is."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
