"""Envelope encryption: content under a data key, data keys wrapped by the app key, every ciphertext bound to its place.

AES-256-GCM with a random 96-bit nonce per message (NIST SP 800-38D: up to 2**32 messages per key). The associated data
names merchant, table, row and column, so a ciphertext copied to another place does not open.
"""

import os
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from plugin.storage.errors import CannotOpen
from plugin.storage.keys import KEY_BYTES, KeyRing

_FORMAT = b"\x01"
_NONCE_BYTES = 12
_OVERHEAD = len(_FORMAT) + _NONCE_BYTES
OVERHEAD = _OVERHEAD + 16
"""How much longer sealed content is than plain: format, nonce and tag."""
_CACHED_KEYS = 10_000


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A data key as it is stored: sealed under the app key `key_id`."""

    key_id: str
    sealed: bytes


def place(merchant: str, table: str, row: str, column: str) -> bytes:
    """The associated data of one cell; unambiguous whatever the ids contain."""
    return _named(merchant) + _named(table) + _part(row) + _named(column)


def _part(name: str) -> bytes:
    text = name.encode()
    return len(text).to_bytes(4, "big") + text


_named = lru_cache(1000)(_part)
"""Merchants, tables and columns are few."""


def seal(key: bytes, plain: bytes, at: bytes) -> bytes:
    """Format byte, nonce, ciphertext with tag."""
    nonce = os.urandom(_NONCE_BYTES)
    return _FORMAT + nonce + AESGCM(key).encrypt(nonce, plain, at)


def unseal(key: bytes, sealed: bytes, at: bytes) -> bytes:
    """The plain bytes; raises `CannotOpen` when key, content or place do not match."""
    if sealed[:1] != _FORMAT or len(sealed) < _OVERHEAD:
        raise CannotOpen("sealed content has an unknown format")
    try:
        return AESGCM(key).decrypt(sealed[1:_OVERHEAD], sealed[_OVERHEAD:], at)
    except InvalidTag as error:
        raise CannotOpen("sealed content does not open: wrong key, altered content or wrong place") from error


class DataKeys:
    """Makes, wraps and unwraps data keys; keeps the unwrapped ones that were used last.

    The cache is keyed by the wrapped form, which a caller must read from the database first: a key whose row has been
    erased, by whichever process, is out of reach at once.
    """

    def __init__(self, ring: KeyRing, size: int = _CACHED_KEYS, reread: Callable[[], KeyRing] | None = None) -> None:
        """`reread` gives the ring as it is saved now: another process may have rotated it since."""
        self._ring = ring
        self._reread = reread
        self._size = size
        self._known: OrderedDict[bytes, bytes] = OrderedDict()
        self._lock = Lock()

    @property
    def ring(self) -> KeyRing:
        """The app's keys as they are saved now."""
        return self._reread() if self._reread else self._ring

    def new(self, at: bytes) -> tuple[bytes, WrappedKey]:
        """A fresh data key and its wrapped form."""
        key = os.urandom(KEY_BYTES)
        return key, self.wrap(key, at)

    def wrap(self, key: bytes, at: bytes) -> WrappedKey:
        """Seal a data key under the current app key."""
        ring = self.ring
        return WrappedKey(ring.current, seal(ring.key(ring.current), key, at))

    def unwrap(self, wrapped: WrappedKey, at: bytes) -> bytes:
        """The data key; raises `CannotOpen`."""
        with self._lock:
            if (key := self._known.get(wrapped.sealed)) is not None:
                self._known.move_to_end(wrapped.sealed)
                return key
        key = unseal(self._app_key(wrapped.key_id), wrapped.sealed, at)
        with self._lock:
            self._known[wrapped.sealed] = key
            if len(self._known) > self._size:
                self._known.popitem(last=False)
        return key

    def _app_key(self, key_id: str) -> bytes:
        return self.ring.key(key_id)

    def forget(self, wrapped: WrappedKey) -> None:
        """Drop an erased key from memory."""
        with self._lock:
            self._known.pop(wrapped.sealed, None)
