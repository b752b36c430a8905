"""Tokens from the system's random source, signatures under this installation's own secret (`plugin.ports.secrets`)."""

import base64
import hmac
import secrets
from collections.abc import Callable, Sequence
from hashlib import sha256

_TOKEN_BYTES = 24


class SystemSecrets:
    """`session` is the secret of the installation (base64, 32 bytes or more); each purpose signs under its own key.

    Or it gives the secrets as they are now, the current one first: they may be rotated while the process works.
    """

    def __init__(self, session: str | Callable[[], Sequence[str]]) -> None:
        self._given = (lambda: (session,)) if isinstance(session, str) else session

    def token(self) -> str:
        """192 bits, URL-safe."""
        return secrets.token_urlsafe(_TOKEN_BYTES)

    def hash(self, token: str) -> bytes:
        """Tokens are random and long, so a plain digest cannot be guessed back."""
        return sha256(token.encode()).digest()

    def sign(self, purpose: str, message: str) -> bytes:
        """HMAC-SHA256 under a key derived for the purpose."""
        secret = base64.b64decode(self._given()[0], validate=True)
        key = hmac.digest(secret, b"aftercare:" + purpose.encode(), "sha256")
        return hmac.digest(key, message.encode(), "sha256")

    def accepted(self) -> Sequence["SystemSecrets"]:
        """One for each."""
        return [SystemSecrets(each) for each in self._given()]
