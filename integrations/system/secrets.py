"""Tokens from the system's random source, signatures under this installation's own secret (`plugin.ports.secrets`)."""

import base64
import hmac
import secrets
from hashlib import sha256

_TOKEN_BYTES = 24


class SystemSecrets:
    """`session` is the secret of the installation (base64, 32 bytes or more); each purpose signs under its own key."""

    def __init__(self, session: str) -> None:
        self._key = base64.b64decode(session, validate=True)

    def token(self) -> str:
        """192 bits, URL-safe."""
        return secrets.token_urlsafe(_TOKEN_BYTES)

    def hash(self, token: str) -> bytes:
        """Tokens are random and long, so a plain digest cannot be guessed back."""
        return sha256(token.encode()).digest()

    def sign(self, purpose: str, message: str) -> bytes:
        """HMAC-SHA256 under a key derived for the purpose."""
        return _signature(self._key, purpose, message)

    def is_signed(self, purpose: str, message: str, signature: bytes) -> bool:
        """Compared in constant time."""
        return hmac.compare_digest(_signature(self._key, purpose, message), signature)


def _signature(secret: bytes, purpose: str, message: str) -> bytes:
    key = hmac.digest(secret, b"aftercare:" + purpose.encode(), "sha256")
    return hmac.digest(key, message.encode(), "sha256")
